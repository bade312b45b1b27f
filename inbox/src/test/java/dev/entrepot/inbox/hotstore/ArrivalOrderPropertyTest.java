package dev.entrepot.inbox.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Precedence;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// Compares the hot store with a model that keeps every change and looks for the winner afterwards.
/// A change has the position of its arrival: in another order, others.
final class ArrivalOrderPropertyTest {
  private static final int ENTITIES = 5;

  @SuppressWarnings("NullAway.Init") // set before the first property
  private static Database database;

  private static int tenants;

  @BeforeContainer
  static void open() {
    database = TestDatabase.fresh();
  }

  @AfterContainer
  static void close() {
    database.close();
  }

  @Property(tries = 60)
  void theEndIsTheSameInWhateverOrderAndBatchesChangesCome(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
    Random random = new Random(seed);
    List<EntityChange> changes = changes(random, count);
    List<Integer> arrivals = new ArrayList<>();
    for (int change = 0; change < count; change++) {
      arrivals.add(change);
      if (random.nextInt(4) == 0) {
        arrivals.add(change);
      }
    }
    Map<EntityKey, List<Object>> ends = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      String tenant = "tenant-" + tenants++;
      List<IncomingChange> seen = arrive(tenant, changes, arrivals, random);
      Model model = new Model(seen);
      HotStore store = store();
      for (EntityKey key : keys(tenant)) {
        Entity entity = store.get(key).orElse(null);
        model.check(key, entity);
        EntityKey plain = new EntityKey("", key.type(), key.account(), key.id());
        List<Object> end = end(entity);
        assertThat(end).as("%s of %s", key, seen).isEqualTo(ends.getOrDefault(plain, end));
        ends.put(plain, end);
      }
      model.checkAbandoned(store, tenant);
      Collections.shuffle(arrivals, random);
    }
  }

  /// All that anybody can see of it but when it came.
  private static List<Object> end(@Nullable Entity entity) {
    return entity == null
        ? List.of()
        : List.of(
            entity.at(),
            entity.document(),
            String.valueOf(entity.state()),
            entity.lookups(),
            entity.completed(),
            String.valueOf(entity.order()));
  }

  @Example
  void previewAndApplyAgree() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      String tenant = "preview-" + seed;
      List<EntityChange> changes = changes(random, 30);
      List<Integer> arrivals = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        arrivals.add(i);
      }
      Collections.shuffle(arrivals, random);
      List<IncomingChange> incoming = incoming(tenant, changes, arrivals);
      HotStore store = store();
      store.apply(incoming.subList(0, 15));
      List<Effect> foreseen =
          store.preview(incoming.subList(15, 30)).stream().map(Foreseen::effect).toList();
      assertThat(store.apply(incoming.subList(15, 30))).as("seed %d", seed).isEqualTo(foreseen);
    }
  }

  /// Applies them in batches of any size and checks every effect.
  private static List<IncomingChange> arrive(
      String tenant, List<EntityChange> changes, List<Integer> arrivals, Random random) {
    List<IncomingChange> incoming = incoming(tenant, changes, arrivals);
    List<Effect> effects = new ArrayList<>();
    int from = 0;
    while (from < incoming.size()) {
      int to = Math.min(incoming.size(), from + 1 + random.nextInt(20));
      effects.addAll(store().apply(incoming.subList(from, to)));
      from = to;
    }
    for (int i = 0; i < incoming.size(); i++) {
      Effect expected = Model.effect(incoming.subList(0, i), incoming.get(i));
      assertThat(effects.get(i)).as("change %d of %s", i, incoming).isEqualTo(expected);
    }
    return incoming;
  }

  private static List<IncomingChange> incoming(
      String tenant, List<EntityChange> changes, List<Integer> arrivals) {
    Map<Integer, Integer> positions = new HashMap<>();
    return arrivals.stream()
        .map(change -> {
          // What comes again is the same event.
          int position = positions.computeIfAbsent(change, _ -> positions.size());
          return new IncomingChange(
              tenant, position, Changes.START.plusSeconds(position), changes.get(change));
        })
        .toList();
  }

  private static HotStore store() {
    return PostgresHotStore.over(
        database, Clock.fixed(Changes.START, ZoneOffset.UTC), TimesToLive.DEFAULT);
  }

  private static List<EntityChange> changes(Random random, int count) {
    List<EntityChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "e" + random.nextInt(ENTITIES);
      var at = Changes.second(random.nextInt(6));
      EntityType type = random.nextBoolean() ? EntityType.CHECKOUT : EntityType.ORDER;
      int value = random.nextInt(6);
      changes.add(
          switch (random.nextInt(8)) {
            case 0 -> new EntityChange.Deleted(Changes.SHOP, type, id, at);
            case 1 -> new EntityChange.CheckoutCompleted(Changes.SHOP, id, "o" + value, at);
            case 2 ->
                new EntityChange.CheckoutCompleted(Changes.SHOP, "token-" + id, "o" + value, at);
            default ->
                new EntityChange.Present(
                    Changes.SHOP,
                    type,
                    id,
                    at,
                    "{\"v\":" + value + "}",
                    Map.of(
                        Lookup.CHECKOUT_TOKEN,
                        List.of("token-" + id),
                        Lookup.CUSTOMER_EMAIL,
                        List.of(value % 2 + "@example.com")),
                    value % 3 == 0 ? "open" : null,
                    new Precedence(
                        random.nextBoolean() ? null : Changes.second(random.nextInt(2)),
                        random.nextInt(2)));
          });
    }
    return changes;
  }

  private static List<EntityKey> keys(String tenant) {
    List<EntityKey> keys = new ArrayList<>();
    for (int i = 0; i < ENTITIES; i++) {
      keys.add(new EntityKey(tenant, EntityType.ORDER, Changes.SHOP, "e" + i));
      keys.add(new EntityKey(tenant, EntityType.CHECKOUT, Changes.SHOP, "e" + i));
    }
    return keys;
  }

  /// Everything that ever came.
  private record Model(List<IncomingChange> seen) {
    private static final Comparator<EntityChange.CheckoutCompleted> COMPLETIONS =
        Comparator.comparing(EntityChange.CheckoutCompleted::at)
            .thenComparing(completed -> String.valueOf(completed.order()));

    private static final Comparator<Precedence> PRECEDENCES =
        Comparator.comparing(
                Precedence::triggeredAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparingLong(Precedence::progress);

    void check(EntityKey key, @Nullable Entity entity) {
      IncomingChange winner = winner(seen, key);
      if (winner != null && winner.change() instanceof EntityChange.Present present) {
        assertThat(entity).as("%s of %s", key, seen).isNotNull();
        assertThat(Objects.requireNonNull(entity).document()).isEqualTo(present.document());
        assertThat(entity.state()).isEqualTo(present.state());
        assertThat(entity.lookups()).isEqualTo(present.lookups());
        assertThat(entity.position()).isEqualTo(winner.position());
      } else {
        assertThat(entity).as("%s of %s", key, seen).isNull();
      }
    }

    void checkAbandoned(HotStore store, String tenant) {
      Set<String> expected = new TreeSet<>();
      Set<String> completed = new HashSet<>();
      seen.stream()
          .map(IncomingChange::change)
          .filter(EntityChange.CheckoutCompleted.class::isInstance)
          .forEach(change -> completed.add(change.id()));
      for (EntityKey key : keys(tenant)) {
        IncomingChange winner = winner(seen, key);
        if (key.type() == EntityType.CHECKOUT
            && winner != null
            && winner.change() instanceof EntityChange.Present
            && !completed.contains(key.id())
            && !completed.contains("token-" + key.id())) {
          expected.add(key.id());
        }
      }
      assertThat(
              store.abandonedCarts(tenant, Changes.second(100), null, 100).items().stream()
                  .map(entity -> entity.key().id()))
          .containsExactlyElementsOf(expected);
    }

    static Effect effect(List<IncomingChange> before, IncomingChange change) {
      if (change.change() instanceof EntityChange.CheckoutCompleted completed) {
        return completion(before, change.key(), completed);
      }
      IncomingChange winner = winner(before, change.key());
      boolean deletes = change.change() instanceof EntityChange.Deleted;
      if (winner == null) {
        return deletes ? Effect.DELETED : Effect.CREATED;
      }
      boolean deleted = winner.change() instanceof EntityChange.Deleted;
      if (deletes && deleted) {
        return Effect.UNCHANGED;
      }
      if (!wins(change, winner) && !sameVersion(change, winner)) {
        return Effect.STALE;
      }
      if (deletes) {
        return Effect.DELETED;
      }
      if (deleted) {
        return Effect.CREATED;
      }
      return said(change).equals(said(winner)) ? Effect.UNCHANGED : Effect.UPDATED;
    }

    private static @Nullable IncomingChange winner(List<IncomingChange> seen, EntityKey key) {
      IncomingChange winner = null;
      for (IncomingChange change : seen) {
        if (change.key().equals(key)
            && !(change.change() instanceof EntityChange.CheckoutCompleted)
            && (winner == null || wins(change, winner))) {
          winner = change;
        }
      }
      return winner;
    }

    private static Effect completion(
        List<IncomingChange> before, EntityKey key, EntityChange.CheckoutCompleted next) {
      EntityChange.CheckoutCompleted best =
          before.stream()
              .filter(other -> other.key().equals(key))
              .map(IncomingChange::change)
              .filter(EntityChange.CheckoutCompleted.class::isInstance)
              .map(EntityChange.CheckoutCompleted.class::cast)
              .max(COMPLETIONS)
              .orElse(null);
      if (best == null) {
        return Effect.COMPLETED;
      }
      if (Objects.equals(best.order(), next.order())) {
        return Effect.UNCHANGED;
      }
      return COMPLETIONS.compare(next, best) > 0 ? Effect.COMPLETED : Effect.STALE;
    }

    private static boolean wins(IncomingChange change, IncomingChange other) {
      int times = change.change().at().compareTo(other.change().at());
      if (times != 0) {
        return times > 0;
      }
      if (!(change.change() instanceof EntityChange.Present present)) {
        return other.change() instanceof EntityChange.Present
            || change.position() > other.position();
      }
      if (!(other.change() instanceof EntityChange.Present otherPresent)) {
        return false;
      }
      int said = PRECEDENCES.compare(present.precedence(), otherPresent.precedence());
      if (said != 0 || sameVersion(change, other)) {
        return said > 0;
      }
      int content = digest(change, present).compareTo(digest(other, otherPresent));
      return content == 0 ? change.position() > other.position() : content > 0;
    }

    private static UUID digest(IncomingChange change, EntityChange.Present present) {
      return Objects.requireNonNull(
          Head.of(present, change.position(), change.receivedAt()).digest());
    }

    private static boolean sameVersion(IncomingChange change, IncomingChange other) {
      return change.position() == other.position();
    }

    private static List<Object> said(IncomingChange change) {
      EntityChange.Present present = (EntityChange.Present) change.change();
      return List.of(present.document(), present.lookups(), String.valueOf(present.state()));
    }
  }
}
