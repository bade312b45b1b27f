package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.Precedence;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Applies changes to the table `hot_entity`, set by set.
///
/// Nothing is locked ahead: what is there is read, the changes are folded over it, and the result
/// is written where the rows are still as they were read. Those that somebody else changed
/// meanwhile are read and folded again.
final class EntityRows {
  private static final String HEADS =
      """
      select k.number, e.at, e.triggered_at, e.progress, e.digest, e.position, e.received_at,
        e.state, e.lookups, %s as document
      from unnest(?::text[], ?::text[], ?::text[], ?::text[])
        with ordinality k (tenant, type, account, id, number)
      join hot_entity e on e.tenant = k.tenant and e.type = k.type
        and e.account = k.account and e.id = k.id
      """;
  private static final Sql LOAD = Sql.of(HEADS.formatted("null"));
  private static final Sql LOAD_WITH_DOCUMENTS = Sql.of(HEADS.formatted("e.document"));

  // A plan that was made while the table was small, and kept, was measured to read the whole table
  // for each row of a batch once it had grown. Planning anew takes a small part of a batch's time.
  private static final Sql PLAN_ANEW =
      Sql.of("select set_config('plan_cache_mode', 'force_custom_plan', true) as mode");

  private EntityRows() {}

  /// Is told of each change's step.
  interface Listener {
    void step(int index, Fold.Step step);
  }

  /// @param effects takes the effect of each change of a state, at the change's index
  static void apply(
      Connection transaction, List<IncomingChange> changes, @Nullable Effect[] effects) {
    SortedMap<EntityKey, List<Integer>> open = byEntity(changes);
    Map<Integer, Head> states = states(changes);
    String _ = PLAN_ANEW.one(transaction, row -> row.text("mode"));
    while (!open.isEmpty()) {
      Map<EntityKey, Head> heads = load(transaction, LOAD, open.keySet());
      SortedMap<EntityKey, Fold> folds = new TreeMap<>();
      open.forEach((key, indexes) -> folds.put(key, fold(heads.get(key), indexes, states)));
      Set<EntityKey> settled = settle(transaction, folds);
      open.entrySet()
          .removeIf(entry -> {
            Fold fold = folds.get(entry.getKey());
            if (fold == null || !settled.contains(entry.getKey())) {
              return false;
            }
            for (int i = 0; i < entry.getValue().size(); i++) {
              effects[entry.getValue().get(i)] = fold.steps().get(i).effect();
            }
            return true;
          });
    }
  }

  static void preview(Connection connection, List<IncomingChange> changes, Listener listener) {
    SortedMap<EntityKey, List<Integer>> entities = byEntity(changes);
    Map<Integer, Head> states = states(changes);
    Map<EntityKey, Head> heads = load(connection, LOAD_WITH_DOCUMENTS, entities.keySet());
    entities.forEach((key, indexes) -> {
      List<Fold.Step> steps = fold(heads.get(key), indexes, states).steps();
      for (int i = 0; i < steps.size(); i++) {
        listener.step(indexes.get(i), steps.get(i));
      }
    });
  }

  private static Fold fold(@Nullable Head first, List<Integer> indexes, Map<Integer, Head> states) {
    List<Head> own = new ArrayList<>(indexes.size());
    for (Integer index : indexes) {
      Head state = states.get(index);
      if (state != null) {
        own.add(state);
      }
    }
    return Fold.of(first, own);
  }

  private static SortedMap<EntityKey, List<Integer>> byEntity(List<IncomingChange> changes) {
    SortedMap<EntityKey, List<Integer>> entities = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      if (!(changes.get(i).change() instanceof EntityChange.CheckoutCompleted)) {
        entities.computeIfAbsent(changes.get(i).key(), key -> new ArrayList<>()).add(i);
      }
    }
    return entities;
  }

  private static Map<Integer, Head> states(List<IncomingChange> changes) {
    Map<Integer, Head> states = new HashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      IncomingChange incoming = changes.get(i);
      switch (incoming.change()) {
        case EntityChange.Present present ->
            states.put(i, Head.of(present, incoming.position(), incoming.receivedAt()));
        case EntityChange.Deleted deleted ->
            states.put(i, Head.of(deleted, incoming.position(), incoming.receivedAt()));
        case EntityChange.CheckoutCompleted _ -> {}
      }
    }
    return states;
  }

  private static Map<EntityKey, Head> load(
      Connection connection, Sql sql, Collection<EntityKey> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    List<EntityKey> list = List.copyOf(keys);
    Map<EntityKey, Head> heads = new HashMap<>();
    sql.with(KeyArrays.of(list))
        .list(connection, row -> heads.put(list.get((int) row.int8("number") - 1), head(row)));
    return heads;
  }

  private static Head head(Row row) {
    return new Head(
        new Version(
            row.instant("at"),
            new Precedence(row.instantOrNull("triggered_at"), row.int8("progress")),
            row.uuidOrNull("digest"),
            row.int8("position")),
        row.instant("received_at"),
        row.textOrNull("state"),
        row.text("lookups"),
        row.textOrNull("document"));
  }

  /// @return the entities whose end is stored now
  private static Set<EntityKey> settle(Connection transaction, SortedMap<EntityKey, Fold> folds) {
    Set<EntityKey> settled = new HashSet<>();
    FoldBatch batch = new FoldBatch();
    for (Map.Entry<EntityKey, Fold> entry : folds.entrySet()) {
      if (!entry.getValue().moved()) {
        settled.add(entry.getKey());
        continue;
      }
      batch.add(entry.getKey(), entry.getValue());
      if (batch.isFull()) {
        settled.addAll(batch.write(transaction));
        batch = new FoldBatch();
      }
    }
    settled.addAll(batch.write(transaction));
    return settled;
  }
}
