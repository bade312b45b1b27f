package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Completed checkouts in the table `hot_completion`. Of several orders for one checkout the one
/// with the latest source time is kept, of equal times the greater id, and one that is known rather
/// than one that is not said.
final class CompletionRows {
  private static final Sql LOAD =
      Sql.of(
          """
          select k.number, c.order_id, c.at, c.position
          from unnest(?::text[], ?::text[], ?::text[], ?::text[])
            with ordinality k (tenant, type, account, id, number)
          join hot_completion c on c.tenant = k.tenant and c.account = k.account
            and c.checkout = k.id
          """);

  private static final Sql SAVE =
      Sql.of(
          """
          insert into hot_completion as c
            (tenant, account, checkout, order_id, at, position, received_on)
          select u.tenant, u.account, u.id, u.order_id, u.at, u.position, u.received_on
          from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
            ?::bigint[], ?::date[])
            u (tenant, type, account, id, order_id, at, position, received_on)
          on conflict (tenant, account, checkout) do update
            set order_id = excluded.order_id, at = excluded.at, position = excluded.position,
              received_on = greatest(c.received_on, excluded.received_on)
            where (excluded.order_id <> '', excluded.at, excluded.order_id collate "C",
                excluded.position)
              > (c.order_id <> '', c.at, c.order_id collate "C", c.position)
          """);

  /// @param order empty: not said
  private record Completion(Instant at, String order, long position) {
    private static final Comparator<Completion> ORDER =
        Comparator.comparing((Completion completion) -> !completion.order.isEmpty())
            .thenComparing(Completion::at)
            .thenComparing(Completion::order)
            .thenComparingLong(Completion::position);

    boolean isAfter(Completion other) {
      return ORDER.compare(this, other) > 0;
    }
  }

  private CompletionRows() {}

  static void apply(
      Connection transaction, List<IncomingChange> changes, @Nullable Effect[] effects) {
    List<IncomingChange> winners = preview(transaction, changes, effects);
    if (winners.isEmpty()) {
      return;
    }
    Object[] keys = KeyArrays.of(winners.stream().map(IncomingChange::key).toList());
    int _ =
        SAVE.with(
                keys[0],
                keys[1],
                keys[2],
                keys[3],
                winners.stream().map(CompletionRows::order).toList(),
                winners.stream().map(winner -> completion(winner).at().toString()).toList(),
                winners.stream().map(IncomingChange::position).toArray(Long[]::new),
                winners.stream()
                    .map(winner -> winner.receivedAt().atOffset(ZoneOffset.UTC).toLocalDate())
                    .map(Object::toString)
                    .toList())
            .update(transaction);
  }

  /// @param effects takes the effect of each completion, at the change's index
  /// @return what is to be saved, at most one for each checkout
  static List<IncomingChange> preview(
      Connection connection, List<IncomingChange> changes, @Nullable Effect[] effects) {
    Map<EntityKey, Completion> known = load(connection, changes);
    Map<EntityKey, IncomingChange> winners = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      IncomingChange incoming = changes.get(i);
      if (!(incoming.change() instanceof EntityChange.CheckoutCompleted)) {
        continue;
      }
      Completion before = known.get(incoming.key());
      Completion next = completion(incoming);
      boolean newer = before == null || next.isAfter(before);
      if (before != null && (next.order().isEmpty() || before.order().equals(next.order()))) {
        effects[i] = Effect.UNCHANGED;
      } else {
        effects[i] = newer ? Effect.COMPLETED : Effect.STALE;
      }
      if (newer) {
        known.put(incoming.key(), next);
        winners.put(incoming.key(), incoming);
      }
    }
    return List.copyOf(winners.values());
  }

  private static Map<EntityKey, Completion> load(
      Connection connection, List<IncomingChange> changes) {
    TreeSet<EntityKey> keys = new TreeSet<>();
    for (IncomingChange incoming : changes) {
      if (incoming.change() instanceof EntityChange.CheckoutCompleted) {
        keys.add(incoming.key());
      }
    }
    Map<EntityKey, Completion> known = new HashMap<>();
    if (keys.isEmpty()) {
      return known;
    }
    List<EntityKey> list = new ArrayList<>(keys);
    LOAD.with(KeyArrays.of(list))
        .list(
            connection,
            row ->
                known.put(
                    list.get((int) row.int8("number") - 1),
                    new Completion(row.instant("at"), row.text("order_id"), row.int8("position"))));
    return known;
  }

  private static Completion completion(IncomingChange incoming) {
    return new Completion(
        Version.storable(incoming.change().at()), order(incoming), incoming.position());
  }

  private static String order(IncomingChange incoming) {
    return incoming.change() instanceof EntityChange.CheckoutCompleted completed
            && completed.order() != null
        ? StoredName.of(completed.order())
        : "";
  }
}
