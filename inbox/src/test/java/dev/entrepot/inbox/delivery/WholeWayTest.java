package dev.entrepot.inbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.BodySender;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.lanes.ReplayRequest;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Purpose;
import dev.entrepot.inbox.log.SliceKeeper;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.kit.outbound.Receiver;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Books;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// From a sender's delivery to the receiver's, with everything that runs in between.
class WholeWayTest {
  private final Database database = TestDatabase.fresh();
  private final Receiver receiver = new Receiver(Receiver.status(204));
  private final InboxModule module =
      new InboxModule(
          database,
          new SecretSeal(new byte[32]),
          Clock.systemUTC(),
          InboxSettings.of("node", List.of(new PlainSender(), new BodySender()), List.of())
              .logging(TestLog.PATIENT)
              .reaching(WebhookReach.PRIVATE_TOO));
  private final Inbox inbox = module.face();

  @AfterEach
  void close() {
    module.close();
    receiver.close();
    database.close();
  }

  private void prepare() {
    inbox
        .connections()
        .create(
            DeliveryWorld.ANNA,
            ConnectionDraft.of("shop", "acme", "plain", Map.of("account", "acme.example")),
            "secret");
    inbox
        .destinations()
        .create(
            DeliveryWorld.ANNA,
            DestinationDraft.of("crm", "acme", URI.create(receiver.url("/"))),
            null);
    module.start(NodeWork.ALL);
  }

  private long accept(String id, String key, String body) {
    Receipt receipt = inbox.intake().accept("shop", PlainSender.delivery("secret", id, key, body));
    return ((Receipt.Accepted) receipt).position();
  }

  private void awaitDelivered(long events) {
    DeliveryWorld.await(() -> inbox.deliveries().figuresOf("crm").delivered() >= events);
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (AuditCheck check : module.auditChecks()) {
      long _ =
          database.read(
              connection -> check.run(connection, finding -> findings.add(finding.toString())));
    }
    return findings;
  }

  private List<TraceSource.Step> traced(String key) {
    List<TraceSource.Step> steps = new ArrayList<>();
    for (TraceSource source : module.traceSources()) {
      steps.addAll(database.read(connection -> source.trace(connection, key)));
    }
    return steps;
  }

  @Test
  void whatIsAcceptedIsDeliveredAndTheBooksSaySo() {
    prepare();
    for (int i = 0; i < 50; i++) {
      accept("id-" + i, "key-" + i % 7, "{\"n\": " + i + "}");
    }
    awaitDelivered(50);
    assertThat(findings()).isEmpty();
    assertThat(receiver.requests())
        .extracting(request -> request.header("webhook-id"))
        .doesNotHaveDuplicates()
        .hasSize(50);
    for (int key = 0; key < 7; key++) {
      String mark = "\"key\":\"acme.example/key-" + key + "\"";
      assertThat(
              receiver.requests().stream()
                  .filter(request -> request.body().contains(mark))
                  .map(request -> Positions.parse(request.header("webhook-id").substring(4)))
                  .toList())
          .isSorted();
    }
    assertThat(traced("acme.example/key-3"))
        .extracting(TraceSource.Step::what)
        .contains("received", "delivered");
    int _ =
        database.write(transaction ->
            Sql.of("update delivery_books set delivered = delivered + 1, made = made + 1")
                .update(transaction));
    assertThat(findings()).isNotEmpty();
  }

  /// Where topic and key stand in the body, they are mended with it.
  @Test
  void aMendedEventIsWhatItsBodySays() {
    prepare();
    inbox
        .connections()
        .create(DeliveryWorld.ANNA, ConnectionDraft.of("odd", "acme", "body", Map.of()), "secret");
    EntityKey customer = new EntityKey("acme", EntityType.CUSTOMER, "body", "7");
    var _ = inbox.intake().accept("odd", BodySender.delivery("customer.changed", "7"));
    DeliveryWorld.await(() -> inbox.hotStore().get(customer).isPresent());
    var _ = inbox.intake().accept("odd", BodySender.delivery("{\"topic\":\"customer.deleted"));
    DeliveryWorld.await(() -> !letters().isEmpty());
    DeadEvent letter = letters().getFirst();
    inbox
        .desk()
        .editAndRetry(
            DeliveryWorld.ANNA,
            letter.id(),
            null,
            BodySender.delivery("customer.deleted", "7").body());
    awaitDelivered(2);
    assertThat(inbox.hotStore().get(customer)).isEmpty();
    assertThat(receiver.requests().getLast().body())
        .contains("\"type\":\"customer.deleted\"")
        .contains("\"key\":\"body/7\"");
    assertThat(letters()).isEmpty();
    for (EventFilter filter :
        List.of(
            EventFilter.ofKey("body/7"),
            EventFilter.ofKey("body/~odd"),
            new EventFilter(null, "customer.deleted", null, null, null, null),
            new EventFilter("odd", "unreadable", null, null, null, null))) {
      assertThat(inbox.events().find(filter, null, 10).items())
          .extracting(EventHead::position)
          .as("found by %s", filter)
          .contains(letter.position());
    }
    for (String key : List.of("body/7", "body/~odd")) {
      assertThat(
              inbox.desk().list(new DeadEventFilter(null, null, key, null, null), null, 9).items())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.id()).isEqualTo(letter.id());
            assertThat(found.tenant()).isEqualTo("acme");
            assertThat(found.handedAs()).isEqualTo(new HandedAs("customer.deleted", "body/7"));
          });
      assertThat(traced(key))
          .anyMatch(step ->
              step.what().equals("mended")
                  && step.detail().contains("handed on as customer.deleted, key body/7"))
          .extracting(TraceSource.Step::what)
          .contains("delivered");
    }
    assertThat(inbox.replays().preview(ReplayRequest.of(EventFilter.ofKey("body/7"))).events())
        .isEqualTo(2);

    var _ = inbox.replays().start(DeliveryWorld.ANNA, ReplayRequest.of(List.of(letter.position())));
    awaitDelivered(3);
    assertThat(receiver.requests().getLast().body())
        .as("a replay hands on what was mended")
        .contains("\"type\":\"customer.deleted\"")
        .contains("\"key\":\"body/7\"");
    assertThat(letters()).isEmpty();
    assertThat(findings()).isEmpty();
  }

  @Test
  void aTestEventIsKeptAndReadAndReachesNobody() {
    prepare();
    inbox
        .connections()
        .create(DeliveryWorld.ANNA, ConnectionDraft.of("odd", "acme", "body", Map.of()), "secret");
    long test =
        ((Receipt.Accepted)
                inbox.intake().acceptTest("odd", BodySender.delivery("customer.changed", "7")))
            .position();
    DeliveryWorld.awaitEqual(() -> state(test), EventState.State.SKIPPED);
    Replay replay = inbox.replays().start(DeliveryWorld.ANNA, ReplayRequest.of(List.of(test)));
    DeliveryWorld.awaitEqual(
        () -> inbox.replays().find(replay.id()).books(), new Books(1, 0, 0, 0, 1, 0));
    assertThat(inbox.events().head(test).orElseThrow().purpose()).isEqualTo(Purpose.TEST);
    assertThat(inbox.hotStore().get(new EntityKey("acme", EntityType.CUSTOMER, "body", "7")))
        .isEmpty();
    assertThat(inbox.deliveries().list(DeliveryFilter.ALL, null, 10).items()).isEmpty();
    var _ = inbox.intake().acceptTest("odd", BodySender.delivery("nothing that can be read"));
    DeliveryWorld.await(() -> !letters().isEmpty());
    assertThat(findings()).isEmpty();
  }

  private EventState.State state(long position) {
    return inbox.states().find(position).orElseThrow().state();
  }

  private List<DeadEvent> letters() {
    return inbox.desk().list(DeadEventFilter.OPEN, null, 10).items();
  }

  @Test
  void deliveriesGoWithTheirSliceUnlessTheyAreStillToBeMade() {
    prepare();
    accept("1", "key", "{}");
    awaitDelivered(1);
    Duration atOnce = Duration.ofNanos(1000);
    SliceKeeper keeper =
        new SliceKeeper(
            database,
            new Leases(database, Clock.systemUTC()),
            "keeper",
            new LogSettings(atOnce, atOnce, 1_000, 10, 10, Duration.ofSeconds(1)),
            List.of(UndeliveredSlices::needed));
    keepIfFree(keeper);
    receiver.answer(Receiver.status(500));
    long second = accept("2", "key", "{}");
    DeliveryWorld.await(() -> inbox.deliveries().figuresOf("crm").held() > 0);
    DeliveryWorld.await(() -> {
      keepIfFree(keeper);
      return inbox.deliveries().list(DeliveryFilter.ALL, null, 10).items().size() == 1;
    });
    keepIfFree(keeper);
    assertThat(inbox.deliveries().list(DeliveryFilter.ALL, null, 10).items())
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.id().position()).isEqualTo(second));
    assertThat(findings()).isEmpty();
  }

  /// The inbox has a keeper of its own, which may be at work.
  private static void keepIfFree(SliceKeeper keeper) {
    try {
      keeper.keep();
    } catch (StorageException e) {
      assertThat(e.code().retryable()).as(e.toString()).isTrue();
    }
  }
}
