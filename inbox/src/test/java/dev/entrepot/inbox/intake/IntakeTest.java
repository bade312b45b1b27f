package dev.entrepot.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.FieldFault;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.connections.ConnectionException;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.StoredSecrets;
import dev.entrepot.inbox.intake.Receipt.Reason;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
  private static final Actor ACTOR = Actor.system("test");
  private static final Instant START = Instant.parse("2026-05-01T10:00:30Z");

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private final Map<String, String> environment = new HashMap<>();
  private final Database database = TestDatabase.fresh();
  private final Connections connections = connections();
  private final EventLog log = new EventLog(database, TestLog.PATIENT);
  private final IntakeFigures figures =
      new IntakeFigures(database, clock, "node-1", Duration.ofDays(1));
  private final Intake intake = new Intake(connections, log, figures, clock);

  @BeforeEach
  void start() {
    log.start();
    connections.create(
        ACTOR,
        ConnectionDraft.of("shop-a", "acme", "plain", Map.of("account", "a.example")),
        "first secret");
  }

  @AfterEach
  void close() {
    log.close();
    connections.close();
    figures.close();
    database.close();
  }

  @Test
  void aGenuineDeliveryIsKeptOnce() {
    Receipt first = intake.accept("shop-a", PlainSender.delivery("first secret", "1", "k", "{}"));
    assertThat(first).isInstanceOf(Receipt.Accepted.class);
    long position = ((Receipt.Accepted) first).position();
    assertThat(intake.accept("shop-a", PlainSender.delivery("first secret", "1", "k", "{}")))
        .isEqualTo(new Receipt.Duplicate(position));
    LoggedEvent event = log.find(position).orElseThrow();
    assertThat(event.identity().key()).isEqualTo("a.example/k");
    assertThat(event.secret()).isEqualTo(1);
  }

  @Test
  void connectionsWhoseSecretsAnotherKeySealedAreNamed() {
    connections.create(
        ACTOR,
        ConnectionDraft.of("shop-b", "acme", "plain", Map.of("account", "b.example")),
        "env:SOMEWHERE");
    byte[] other = new byte[32];
    other[0] = 1;
    List<String> unopened =
        database.read(reading -> StoredSecrets.unopened(reading, new SecretSeal(other)));
    assertThat(unopened).containsExactly("connection shop-a");
  }

  @Test
  void whatIsRefusedIsNotKeptAndCounted() {
    Delivery genuine = PlainSender.delivery("first secret", "1", "k", "{}");
    assertThat(reason("nowhere", genuine)).isEqualTo(Reason.UNKNOWN_CONNECTION);
    assertThat(reason("shop-a", PlainSender.delivery("guess", "1", "k", "{}")))
        .isEqualTo(Reason.FORGED);
    assertThat(
            reason("shop-a", new Delivery(Headers.of(Map.of("signature", "old")), Body.of("{}"))))
        .isEqualTo(Reason.STALE);
    Headers bare = Headers.of(Map.of("signature", genuine.headers().first("signature").get()));
    assertThat(reason("shop-a", new Delivery(bare, Body.of("{}")))).isEqualTo(Reason.INCOMPLETE);
    InboxConnection connection = connections.open("shop-a").orElseThrow().connection();
    ConnectionDraft small =
        new ConnectionDraft(
            "shop-a",
            "acme",
            "plain",
            "A",
            connection.settings(),
            InboxConnection.State.ENABLED,
            1,
            connection.deadLetters());
    connection = connections.update(ACTOR, small, connection.revision());
    assertThat(reason("shop-a", genuine)).isEqualTo(Reason.TOO_LARGE);
    assertThat(intake.mostBodyBytes("shop-a")).hasValue(1);
    connections.update(
        ACTOR, small.withState(InboxConnection.State.DISABLED), connection.revision());
    assertThat(reason("shop-a", genuine)).isEqualTo(Reason.DISABLED);
    int kept =
        database.read(reading ->
            Sql.of("select count(*)::int as n from inbox_event")
                .one(reading, row -> row.int4("n")));
    assertThat(kept).isZero();
    figures.flush();
    MinuteFigures minute = figures.between(START.minusSeconds(60), START, null).getFirst();
    assertThat(minute.accepted()).isZero();
    assertThat(minute.refused())
        .containsOnly(
            Map.entry(Reason.FORGED, 1L),
            Map.entry(Reason.STALE, 1L),
            Map.entry(Reason.INCOMPLETE, 1L),
            Map.entry(Reason.TOO_LARGE, 1L),
            Map.entry(Reason.DISABLED, 1L));
  }

  @Test
  void figuresOfAllFlushesAndNodesAddUp() {
    IntakeFigures other = new IntakeFigures(database, clock, "node-2", Duration.ofDays(1));
    for (IntakeFigures node : List.of(figures, other, figures)) {
      node.count("shop-a", new Receipt.Accepted(1), Duration.ofMillis(4));
      node.count("shop-a", new Receipt.Duplicate(1), Duration.ofMillis(40));
      node.count("shop-a", new Receipt.Refused(Reason.BUSY, "", null), Duration.ofHours(1));
      node.flush();
    }
    clock.now = START.plusSeconds(60);
    figures.count("shop-b", new Receipt.Accepted(1), Duration.ZERO);
    figures.flush();
    List<MinuteFigures> all = figures.between(START.minusSeconds(60), START.plusSeconds(60), null);
    assertThat(all).extracting(MinuteFigures::connection).containsExactly("shop-a", "shop-b");
    MinuteFigures sum = all.getFirst();
    assertThat(sum.accepted()).isEqualTo(3);
    assertThat(sum.duplicates()).isEqualTo(3);
    assertThat(sum.refused()).containsOnly(Map.entry(Reason.BUSY, 3L));
    assertThat(sum.latency().quantile(0.3)).isEqualTo(Duration.ofMillis(5));
    assertThat(sum.latency().quantile(0.5)).isEqualTo(Duration.ofMillis(50));
    assertThat(sum.latency().quantile(1)).isEqualTo(Duration.ofSeconds(10));
    figures.forget(START);
    assertThat(figures.between(START.minusSeconds(60), START.plusSeconds(60), "shop-a")).isEmpty();
  }

  @Test
  void twoSecretsAreGenuineWhileTheyRotate() {
    connections.rotate(ACTOR, "shop-a", "second secret", Duration.ofHours(1));
    assertThat(secretOf(PlainSender.delivery("second secret", "1", "k", "{}"))).isEqualTo(2);
    assertThat(secretOf(PlainSender.delivery("first secret", "2", "k", "{}"))).isEqualTo(1);
    clock.now = START.plus(Duration.ofHours(1));
    assertThat(reason("shop-a", PlainSender.delivery("first secret", "3", "k", "{}")))
        .isEqualTo(Reason.FORGED);
    assertThat(secretOf(PlainSender.delivery("second secret", "4", "k", "{}"))).isEqualTo(2);
  }

  @Test
  void secretsAreNotInTheDatabaseAsTheyAre() {
    connections.rotate(ACTOR, "shop-a", "second secret", Duration.ZERO);
    String dump =
        database.read(reading ->
            Sql.of(
                    """
                    select (select string_agg(s::text, '') from inbox_secret s)
                      || (select string_agg(a::text, '') from activity a) as dump
                    """)
                .one(reading, row -> row.text("dump")));
    assertThat(dump).doesNotContain("first secret", "second secret").contains("v1:");
  }

  @Test
  void secretsMayBeKeptOutside() throws IOException {
    Path file = folder.resolve("secret");
    environment.put("SHOP_SECRET", "from the environment");
    connections.rotate(ACTOR, "shop-a", "env:SHOP_SECRET", Duration.ZERO);
    assertThat(secretOf(PlainSender.delivery("from the environment", "1", "k", "{}"))).isEqualTo(2);
    connections.rotate(ACTOR, "shop-a", "file:" + file, Duration.ZERO);
    assertThat(reason("shop-a", PlainSender.delivery("in the file", "2", "k", "{}")))
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(connections.open("shop-a").orElseThrow().problem().orElseThrow())
        .contains(file.toString());
    Files.writeString(file, "in the file\n");
    connections.refresh();
    assertThat(secretOf(PlainSender.delivery("in the file", "2", "k", "{}"))).isEqualTo(3);
    assertThat(
            connections.open("shop-a").orElseThrow().connection().secrets().getFirst().reference())
        .isEqualTo("file:" + file);
    assertInvalid("secret", () -> connections.rotate(ACTOR, "shop-a", "env:", Duration.ZERO));
    assertInvalid(
        "secret", () -> connections.rotate(ACTOR, "shop-a", "file:relative", Duration.ZERO));
  }

  @Test
  void aSecretThatIsNoLongerValidIsNoProblem() {
    connections.rotate(ACTOR, "shop-a", "env:MISSING", Duration.ZERO);
    assertThat(connections.open("shop-a").orElseThrow().problem()).isPresent();
    connections.rotate(ACTOR, "shop-a", "a secret of some length", Duration.ZERO);
    assertThat(connections.open("shop-a").orElseThrow().problem()).isEmpty();
    assertThat(connections.open("shop-a").orElseThrow().endings())
        .containsOnly(Map.entry(3, "ngth"));
  }

  @Test
  void anOlderSecretIsDroppedAtOnce() {
    connections.rotate(ACTOR, "shop-a", "second secret", Duration.ofHours(1));
    connections.dropSecret(ACTOR, "shop-a", 1);
    assertThat(reason("shop-a", PlainSender.delivery("first secret", "1", "k", "{}")))
        .isEqualTo(Reason.FORGED);
    assertThat(secretOf(PlainSender.delivery("second secret", "2", "k", "{}"))).isEqualTo(2);
    assertInvalid("number", () -> connections.dropSecret(ACTOR, "shop-a", 2));
    assertInvalid("number", () -> connections.dropSecret(ACTOR, "shop-a", 1));
    assertInvalid("name", () -> connections.dropSecret(ACTOR, "nowhere", 1));
  }

  @Test
  void changesOfAnotherNodeAreSeen() {
    try (Connections other = connections()) {
      other.rotate(ACTOR, "shop-a", "second secret", Duration.ZERO);
      assertThat(reason("shop-a", PlainSender.delivery("second secret", "1", "k", "{}")))
          .isEqualTo(Reason.FORGED);
      connections.refresh();
      assertThat(secretOf(PlainSender.delivery("second secret", "1", "k", "{}"))).isEqualTo(2);
    }
  }

  @Test
  void connectionsThatCannotBeAreRefused() {
    Map<String, String> settings = Map.of("account", "a");
    assertInvalid("name", () -> create("Shop A", "plain", settings));
    assertInvalid("kind", () -> create("b", "unknown", settings));
    assertInvalid("settings.account", () -> create("b", "plain", Map.of()));
    assertInvalid(
        "settings.mode", () -> create("b", "plain", Map.of("account", "a", "mode", "other")));
    assertInvalid("settings.else", () -> create("b", "plain", Map.of("account", "a", "else", "x")));
    assertThatThrownBy(() -> create("shop-a", "plain", settings))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("exists already");
    InboxConnection made = create("b", "plain", settings);
    assertThatThrownBy(
            () -> connections.update(ACTOR, ConnectionDraft.of(made), made.revision() + 1))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("revision " + made.revision());
    assertThat(reason("b", PlainSender.delivery("none", "1", "k", "{}")))
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void allThatIsWrongWithAConnectionIsToldAtOnce() {
    assertThatThrownBy(() -> create("Shop A", "plain", Map.of("accuont", "a", "mode", "other")))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e ->
                assertThat(e.faults())
                    .extracting(FieldFault::field)
                    .containsExactlyInAnyOrder(
                        "name", "settings.account", "settings.mode", "settings.accuont"))
        .hasMessageContaining("no setting \"accuont\"; they have account, mode");
  }

  @Test
  void aNewConnectionIsAtItsFirstRevision() {
    assertThat(connections.required("shop-a").connection().revision()).isEqualTo(1);
  }

  @Test
  void aSecretThatIsThereOrIsNoneIsNotRotatedIn() {
    environment.put("SAME", "first secret");
    assertInvalid(
        "secret", () -> connections.rotate(ACTOR, "shop-a", "first secret", Duration.ZERO));
    assertInvalid("secret", () -> connections.rotate(ACTOR, "shop-a", "env:SAME", Duration.ZERO));
    assertThatThrownBy(() -> connections.rotate(ACTOR, "shop-a", "x", Duration.ZERO))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("at least 2");
    connections.rotate(ACTOR, "shop-a", "second secret", Duration.ZERO);
    connections.rotate(ACTOR, "shop-a", "first secret", Duration.ZERO);
    assertThat(secretOf(PlainSender.delivery("first secret", "1", "k", "{}"))).isEqualTo(3);
  }

  @Test
  void aConnectionThatReceivedEventsLatelyIsRemovedOnlyWhenItIsMeant() {
    clock.now = Instant.now();
    Receipt kept = intake.accept("shop-a", PlainSender.delivery("first secret", "1", "k", "{}"));
    assertThat(kept).isInstanceOf(Receipt.Accepted.class);
    assertThatThrownBy(() -> intake.remove(ACTOR, "shop-a", Intake.Recent.REFUSE))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("shop-a")
        .hasMessageContaining("confirm");
    intake.remove(ACTOR, "shop-a", Intake.Recent.REMOVE);

    assertThat(reason("shop-a", PlainSender.delivery("first secret", "2", "k", "{}")))
        .isEqualTo(Reason.REMOVED);
    assertThat(connections.open("shop-a")).isEmpty();
    assertThat(connections.all()).isEmpty();
    assertThat(connections.known("shop-a").orElseThrow().readable())
        .as("its events can still be read")
        .isTrue();
    assertThat(connections.known("shop-a").orElseThrow().connection().secrets()).isEmpty();
    assertThatThrownBy(() -> intake.remove(ACTOR, "shop-a", Intake.Recent.REMOVE))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.code()).isEqualTo(ConnectionException.Code.REMOVED));
    assertThatThrownBy(
            () -> connections.rotate(ACTOR, "shop-a", "third secret", Duration.ofHours(1)))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.code()).isEqualTo(ConnectionException.Code.REMOVED));
  }

  @Test
  void aRemovedConnectionsNameIsFreeOnceItsEventsAreGone() {
    connections.remove(ACTOR, "shop-a");
    assertThatThrownBy(() -> create("shop-a", "plain", Map.of("account", "other.example")))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("take another name");
    assertThat(connections.forgetRemoved(10)).isZero();
    // As when all that was kept then is past the retention.
    int _ =
        database.write(transaction ->
            Sql.of("update inbox_connection set removed_slice = 1").update(transaction));
    assertThat(connections.forgetRemoved(10)).isEqualTo(1);
    assertThat(create("shop-a", "plain", Map.of("account", "other.example")).revision()).isOne();
  }

  private InboxConnection create(String name, String kind, Map<String, String> settings) {
    return connections.create(ACTOR, ConnectionDraft.of(name, "acme", kind, settings), null);
  }

  private static void assertInvalid(
      String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private Reason reason(String connection, Delivery delivery) {
    return ((Receipt.Refused) intake.accept(connection, delivery)).reason();
  }

  private int secretOf(Delivery delivery) {
    Receipt.Accepted accepted = (Receipt.Accepted) intake.accept("shop-a", delivery);
    Integer secret = log.find(accepted.position()).orElseThrow().secret();
    assertThat(secret).isNotNull();
    return secret;
  }

  private Connections connections() {
    return new Connections(
        database,
        new ActivityLog(database),
        clock,
        new SecretSeal(new byte[32]),
        Map.of("plain", new PlainSender()),
        environment::get);
  }

  private static final class SettableClock extends Clock {
    private Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return InstantSource.system().withZone(zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
