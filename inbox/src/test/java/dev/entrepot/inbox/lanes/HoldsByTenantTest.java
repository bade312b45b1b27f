package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.storage.Sql;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two tenants with equal keys.
final class HoldsByTenantTest {
  private static final String KEY = "shop.example/orders/1";

  private final LaneWorld world = new LaneWorld();
  private final EventStates states = new EventStates(world.database, world.log);
  private final Replays replays =
      new Replays(
          world.database,
          world.log,
          new ActivityLog(world.database),
          LaneStoreContract::sender,
          world.handlers,
          () -> {});

  @BeforeEach
  void connect() {
    connect("strict-acme", "acme");
    connect("strict-other", "other");
  }

  private void connect(String name, String tenant) {
    world.execute(
        """
        insert into inbox_connection
          (name, tenant, kind, title, most_body_bytes, created_at, updated_at)
        values ('%s', '%s', 'test', '', 1000, now(), now())
        """
            .formatted(name, tenant));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aDeadLetterHoldsItsOwnTenantsKeyAlone() {
    long dead = world.append("strict-acme", KEY, "first refuse 1");
    long other = world.append("strict-other", KEY, "fine");
    world.drain();
    long behind = world.append("strict-acme", KEY, "fine");
    long later = world.append("strict-other", KEY, "fine");
    world.drain();
    assertThat(state(dead)).isEqualTo(EventState.State.REJECTED);
    assertThat(state(behind)).isEqualTo(EventState.State.PARKED);
    assertThat(List.of(state(other), state(later))).containsOnly(EventState.State.WRITTEN);
    assertThat(states.keys(null, 10).items())
        .singleElement()
        .satisfies(key -> {
          assertThat(key.tenant()).isEqualTo("acme");
          assertThat(key.key()).isEqualTo(KEY);
        });
    world.desk.keys().release(LaneWorld.ANNA, null, KEY);
    world.drain();
    assertThat(state(behind)).isEqualTo(EventState.State.WRITTEN);
  }

  @Test
  void whatWaitsHoldsUpNoOtherTenant() {
    long first = world.append("strict-acme", KEY, "first later 1");
    long second = world.append("strict-other", KEY, "first later 1");
    world.drain();
    assertThat(List.of(state(first), state(second))).containsOnly(EventState.State.WAITING);
    assertThat(states.keys(null, 1).items()).extracting(WaitingKey::tenant).containsExactly("acme");
    assertThat(states.keys(states.keys(null, 1).next(), 10).items())
        .extracting(WaitingKey::tenant)
        .containsExactly("other");
  }

  @Test
  void whatIsDoneByHandSaysWhose() {
    world.append("strict-acme", KEY, "fine");
    world.append("strict-other", KEY, "fine");
    world.drain();
    assertThatThrownBy(() ->
            world.desk.keys().park(LaneWorld.ANNA, null, KEY, "asked", HeldKeys.Unseen.REFUSE))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("acme, other");
    world.desk.keys().park(LaneWorld.ANNA, "other", KEY, "asked", HeldKeys.Unseen.REFUSE);
    long ours = world.append("strict-acme", KEY, "fine");
    long theirs = world.append("strict-other", KEY, "fine");
    world.drain();
    assertThat(state(ours)).isEqualTo(EventState.State.WRITTEN);
    assertThat(state(theirs)).isEqualTo(EventState.State.PARKED);
    ReplayRequest anybodys = new ReplayRequest(List.of(), EventFilter.ofKey(KEY), Set.of());
    assertThatThrownBy(() -> replays.preview(anybodys))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("acme, other");
    EventFilter acmes = EventFilter.ofKey(KEY).ofTenant("acme");
    assertThat(replays.preview(new ReplayRequest(List.of(), acmes, Set.of())).events())
        .isEqualTo(2);
    assertThat(world.log.find(acmes, null, 10).items())
        .extracting(event -> event.connection())
        .containsOnly("strict-acme")
        .hasSize(2);
  }

  /// Of a key with very many events only some are looked at: whose they are must be said.
  @Test
  void ofVeryManyEventsWhoseKeyIsMeantMustBeSaid() {
    for (int i = 0; i < 3; i++) {
      world.append("strict-acme", KEY, "fine");
    }
    HeldKeys keys =
        new HeldKeys(
            world.log,
            world.activities,
            act -> {
              boolean _ =
                  world.database.write(transaction -> {
                    act.accept(transaction);
                    return true;
                  });
            },
            2);
    assertThatThrownBy(() -> keys.park(LaneWorld.ANNA, null, KEY, "asked", HeldKeys.Unseen.REFUSE))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("may be of several tenants: acme, other");
    keys.park(LaneWorld.ANNA, "other", KEY, "asked", HeldKeys.Unseen.REFUSE);
    world.desk.keys().park(LaneWorld.ANNA, null, KEY, "asked", HeldKeys.Unseen.REFUSE);
    assertThat(states.keys(null, 10).items())
        .extracting(WaitingKey::tenant)
        .containsExactly("acme", "other");
  }

  /// All lanes stand still meanwhile.
  @Test
  void whatWaitsOfOtherConnectionsIsNotReadWhenOneIsGivenAway() {
    world.execute(
        """
        insert into inbox_waiting (lane, tenant, key, position, connection, topic, bytes)
        select 0, 'other', 'k/' || n, n, 'strict-other', 'test/topic', 1
        from generate_series(1, 20000) as s (n)
        """);
    world.append("strict-acme", KEY, "first later 1");
    world.drain();
    world.execute("analyze inbox_waiting");
    long read =
        world.database.write(transaction -> {
          MovedEvents.move(transaction, "strict-acme", "third");
          return Sql.of(
                  """
                  select seq_tup_read as n from pg_stat_xact_user_tables
                  where relname = 'inbox_waiting'
                  """)
              .one(transaction, row -> row.int8("n"));
        });
    assertThat(read).isZero();
  }

  @Test
  void whatWaitsGoesWithItsConnectionToAnotherTenant() {
    long waits = world.append("strict-acme", KEY, "first later 1");
    long behind = world.append("strict-acme", KEY, "fine");
    world.drain();
    give("strict-acme", "third");
    assertThat(states.keys(null, 10).items())
        .singleElement()
        .satisfies(key -> {
          assertThat(key.tenant()).isEqualTo("third");
          assertThat(key.events()).isEqualTo(2);
          assertThat(key.dueAt()).isNotNull();
        });
    assertThat(state(waits)).isEqualTo(EventState.State.WAITING);
    assertThat(state(behind)).isEqualTo(EventState.State.BEHIND);
  }

  @Test
  void aLetterThatWentToAnotherTenantLetsTheFormerOnesKeyGoOnToo() {
    connect("strict-acme-2", "acme");
    long dead = world.append("strict-acme", KEY, "first refuse 1");
    world.drain();
    long behind = world.append("strict-acme", KEY, "fine");
    long others = world.append("strict-acme-2", KEY, "fine");
    world.drain();
    assertThat(List.of(state(behind), state(others))).containsOnly(EventState.State.PARKED);
    give("strict-acme", "third");
    assertThat(List.of(state(behind), state(others))).containsOnly(EventState.State.PARKED);
    long letter = world.desk.list(DeadEventFilter.OPEN, null, 1).items().getFirst().id();
    world.desk.skip(LaneWorld.ANNA, letter, "not wanted");
    world.drain();
    assertThat(List.of(state(behind), state(others))).containsOnly(EventState.State.WRITTEN);
    assertThat(
            world.text(
                "select count(*)::text as t from inbox_history where what = 'released' and position = "
                    + dead))
        .isEqualTo("1");
  }

  @Test
  void aTenantThatThereIsNotIsNotParkedFor() {
    assertThatThrownBy(() ->
            world.desk.keys().park(LaneWorld.ANNA, "acne", KEY, "asked", HeldKeys.Unseen.PARK))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("\"acne\"")
        .hasMessageContaining("acme, other");
    assertThat(world.text("select count(*)::text as t from inbox_parked")).isEqualTo("0");
    for (int i = 10; i < 30; i++) {
      connect("of-" + i, "tenant-" + i);
    }
    assertThatThrownBy(
            () -> world.desk.keys().park(LaneWorld.ANNA, null, KEY, "asked", HeldKeys.Unseen.PARK))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("may be of several tenants: acme, other, tenant-10")
        .hasMessageContaining("and 12 more");
  }

  @Test
  void aKeyThatIsParkedForSeveralSaysSo() {
    for (String tenant : List.of("acme", "other")) {
      world.desk.keys().park(LaneWorld.ANNA, tenant, KEY, "asked", HeldKeys.Unseen.PARK);
    }
    assertThatThrownBy(() -> world.desk.keys().release(LaneWorld.ANNA, null, KEY))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("is parked for several tenants: acme, other");
  }

  @Test
  void lookingForEventsOfAKeyStopsNoLane() throws Exception {
    world.append("strict-acme", KEY, "fine");
    Thread parks =
        new Thread(() ->
            world.desk.keys().park(LaneWorld.ANNA, null, KEY, "asked", HeldKeys.Unseen.REFUSE));
    // As long as the log cannot be read.
    String free =
        world.database.write(transaction -> {
          int _ = Sql.of("lock table inbox_event in access exclusive mode").update(transaction);
          parks.start();
          while (parks.isAlive() && !world.somebodyWaits()) {
            Thread.onSpinWait();
          }
          return world.text(
              """
              select count(*)::text as t
              from (select from inbox_lane for update skip locked) free
              """);
        });
    parks.join();
    assertThat(free).isEqualTo(world.text("select count(*)::text as t from inbox_lane"));
    assertThat(world.text("select tenant as t from inbox_parked")).isEqualTo("acme");
  }

  private void give(String connection, String tenant) {
    world.database.write(transaction -> {
      int _ =
          Sql.of("update inbox_connection set tenant = ? where name = ?")
              .with(tenant, connection)
              .update(transaction);
      MovedEvents.move(transaction, connection, tenant);
      return true;
    });
  }

  private EventState.State state(long position) {
    return states.find(position).orElseThrow().state();
  }
}
