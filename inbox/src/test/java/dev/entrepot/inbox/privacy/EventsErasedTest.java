package dev.entrepot.inbox.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.hotstore.PostgresHotStore;
import dev.entrepot.inbox.hotstore.TimesToLive;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.lanes.LaneAudit;
import dev.entrepot.inbox.lanes.ReplayRequest;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EventsErasedTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final long PATIENCE = Duration.ofMinutes(5).toNanos();

  private final Database database = TestDatabase.fresh();
  private final InboxModule module =
      new InboxModule(
          database,
          new SecretSeal(new byte[32]),
          Clock.systemUTC(),
          InboxSettings.of("node", List.of(new PeopleSender()), List.of())
              .logging(TestLog.PATIENT));
  private final Inbox inbox = module.face();
  private final AtomicInteger ids = new AtomicInteger();

  @BeforeEach
  void start() {
    module.start(NodeWork.ALL);
    connect("shop", "acme", "shop.example");
    connect("branch", "acme", "branch.example");
    connect("stranger", "other", "shop.example");
  }

  @AfterEach
  void close() {
    module.close();
    database.close();
  }

  @Test
  void aCustomerIsErasedFromTheLogAndDeadLettersOfItsTenantAlone() {
    long order = accept("shop", "order 1 of 77");
    long poison = accept("shop", "poison 5 JO@example.com");
    long edited = accept("shop", "poison 6 somebody");
    List<Long> others =
        List.of(
            accept("shop", "order 2 of 78"),
            accept("branch", "order 1 of 77"),
            accept("branch", "poison 5 jo@example.com"),
            accept("stranger", "order 1 of 77"),
            accept("stranger", "poison 5 jo@example.com"));
    settled();
    inbox.desk().editAndRetry(ANNA, letter(edited).id(), null, Body.of("poison 6 jo@example.com"));
    settled();
    long request = accept("shop", "redact 77");
    PrivacyCase done = carriedOut();

    assertThat(done.counts()).containsEntry("events", 3L).containsEntry("dead-letters", 1L);
    for (long position : List.of(order, poison, edited, request)) {
      LoggedEvent event = inbox.events().find(position).orElseThrow();
      assertThat(event.body().size()).isZero();
      assertThat(event.headers().values()).isEmpty();
      assertThat(event.erasedAt()).isNotNull();
      assertThat(state(position)).isEqualTo(EventState.State.ERASED);
    }
    for (long position : others) {
      assertThat(inbox.events().find(position).orElseThrow().erasedAt()).isNull();
      assertThat(state(position)).isNotEqualTo(EventState.State.ERASED);
    }
    assertThat(letter(poison).state()).isEqualTo(DeadEvent.State.SKIPPED);
    assertThat(letter(edited).toString()).doesNotContain("jo@");
    assertThat(inbox.desk().edits(letter(edited).id())).isEmpty();
    assertThat(findings()).isEmpty();
  }

  @Test
  void anErasedEventIsNotHandedOnAgain() {
    long order = accept("shop", "order 1 of 77");
    accept("shop", "redact 77");
    carriedOut();
    assertThatThrownBy(() -> inbox.replays().start(ANNA, ReplayRequest.of(List.of(order))))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("was erased");
    assertThatThrownBy(() ->
            inbox
                .replays()
                .start(
                    ANNA,
                    ReplayRequest.of(new EventFilter("shop", "order", null, null, null, null))))
        .hasMessageContaining("no event that was handed on fits");
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatWaitsWhenItIsErasedComesToItsEnd() {
    var connection = inbox.connections().open("shop").orElseThrow().connection();
    inbox
        .connections()
        .update(
            ANNA,
            ConnectionDraft.of("shop", "acme", "people", Map.of("account", "shop.example"))
                .withState(dev.entrepot.inbox.connections.InboxConnection.State.PAUSED),
            connection.revision());
    long waiting = accept("shop", "order 1 of 77");
    await(() -> state(waiting) == EventState.State.WAITING);
    // The same account by another way.
    connect("backup", "acme", "shop.example");
    accept("backup", "redact 77");
    carriedOut();
    assertThat(inbox.events().find(waiting).orElseThrow().erasedAt()).isNotNull();
    var paused = inbox.connections().open("shop").orElseThrow().connection();
    inbox
        .connections()
        .update(
            ANNA,
            ConnectionDraft.of("shop", "acme", "people", Map.of("account", "shop.example")),
            paused.revision());
    assertThat(findings()).isEmpty();
  }

  @Test
  void anAccountIsErasedWholeAndGoesOnAfterItWasStopped() {
    for (int i = 0; i < 2_300; i++) {
      accept(i % 2 == 0 ? "shop" : "branch", "order " + i + " of " + i);
    }
    settled();
    accept("shop", "close");
    await(() -> !inbox.privacy().list("acme", null, 1).items().isEmpty());
    AtomicInteger steps = new AtomicInteger();
    int _ = office().carryOut(() -> steps.incrementAndGet() < 3);
    PrivacyCase done = carriedOut();
    assertThat(done.counts()).containsEntry("events", 1_151L);
    assertThat(
            inbox
                .events()
                .find(new EventFilter("branch", null, null, null, null, null), null, 1_000)
                .items())
        .hasSize(1_000)
        .allMatch(head -> head.erasedAt() == null && head.bytes() > 0);
  }

  @Test
  void aCustomerIsToldOfTheEventsThatAreKept() throws IOException {
    accept("shop", "order 1 of 77");
    accept("shop", "order 2 of 78");
    accept("branch", "order 1 of 77");
    settled();
    accept("shop", "tell 77");
    PrivacyCase done = carriedOut();
    assertThat(done.counts()).containsEntry("hot-store", 1L).containsEntry("events", 2L);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    inbox.privacy().document(ANNA, "acme", done.id()).writeTo(bytes);
    JsonNode document = JsonMapper.shared().readTree(bytes.toString(StandardCharsets.UTF_8));
    assertThat(document.get("events").valueStream().map(event -> event.get("body").asString()))
        .containsExactly("order 1 of 77", "tell 77");
    assertThatThrownBy(() -> inbox.privacy().document(ANNA, "other", done.id()))
        .isInstanceOf(InboxException.class);
  }

  private PrivacyOffice office() {
    return PrivacyOffice.of(
        database,
        new ActivityLog(database),
        inbox.events(),
        inbox.connections(),
        transaction -> PostgresHotStore.within(transaction, Clock.systemUTC(), TimesToLive.DEFAULT),
        List.of(),
        Clock.systemUTC());
  }

  private void connect(String name, String tenant, String account) {
    inbox
        .connections()
        .create(ANNA, ConnectionDraft.of(name, tenant, "people", Map.of("account", account)), null);
  }

  private long accept(String connection, String words) {
    Receipt receipt =
        inbox
            .intake()
            .accept(
                connection, PeopleSender.delivery(String.valueOf(ids.incrementAndGet()), words));
    return ((Receipt.Accepted) receipt).position();
  }

  private void settled() {
    await(() ->
        inbox.states().figures(null).backlog() == 0 && inbox.states().figures(null).waiting() == 0);
  }

  /// The newest case, once it is done.
  private PrivacyCase carriedOut() {
    await(() -> !inbox.privacy().list("acme", null, 1).items().isEmpty());
    UUID id = inbox.privacy().list("acme", null, 1).items().getFirst().id();
    await(() -> {
      int _ = inbox.privacy().carryOut();
      return inbox.privacy().find("acme", id).orElseThrow().doneAt() != null;
    });
    return inbox.privacy().find("acme", id).orElseThrow();
  }

  private EventState.State state(long position) {
    return inbox.states().find(position).orElseThrow().state();
  }

  private DeadEvent letter(long position) {
    return inbox
        .desk()
        .list(new DeadEventFilter(null, null, null, null, null), null, 100)
        .items()
        .stream()
        .filter(letter -> letter.position() == position)
        .findFirst()
        .orElseThrow();
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (AuditCheck check : LaneAudit.checks()) {
      long _ =
          database.read(
              connection -> check.run(connection, finding -> findings.add(finding.toString())));
    }
    return findings;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
