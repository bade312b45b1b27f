package dev.entrepot.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.contract.SharedData;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.alerts.Condition;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.DestinationDraft;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Message;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Shopify's deliveries from intake to the hot store and the other handlers, through the inbox as
/// it is. A destination that is paused takes down what would be passed on.
@Timeout(600)
class WholeInboxTest {
  private static final Actor ACTOR = Actor.system("test");
  private static final String SECRET = "samples-secret";
  private static final String SHOP = "shop.example";

  private final Database database = TestDatabase.fresh();
  private final InboxModule module =
      new InboxModule(
          database,
          new SecretSeal(new byte[32]),
          Clock.systemUTC(),
          InboxSettings.of("node", List.of(new ShopifyFactory()), List.of())
              .logging(LogSettings.DEFAULT.waiting(Duration.ofMinutes(5))));
  private final Inbox inbox = module.face();
  private int sent;

  @BeforeEach
  void start() {
    var _ =
        inbox
            .connections()
            .create(ACTOR, ConnectionDraft.of("shop", "acme", "shopify", Map.of()), SECRET);
    var _ =
        inbox
            .destinations()
            .create(
                ACTOR,
                DestinationDraft.of("all", "acme", URI.create("https://example.com/"))
                    .withState(Destination.State.PAUSED),
                null);
    var _ = inbox.alertRules().add(ACTOR, "acme", "Disputes", new Condition.DisputeOpened(), true);
    module.start(NodeWork.ALL);
  }

  @AfterEach
  void close() {
    module.close();
    database.close();
  }

  @Test
  void everySampleEndsInTheHotStoreOrWithItsHandler() throws IOException {
    Map<EntityKey, Set<String>> states = new HashMap<>();
    for (ShopifySamples.Sample sample : ShopifySamples.all()) {
      Delivery delivery = delivery(sample.topic(), sample.body(), Deliveries.TRIGGERED.toString());
      var _ = accept(delivery);
      ShopifySource source = new ShopifySource();
      source
          .read(
              new Message(
                  source.identify(delivery),
                  delivery.headers(),
                  delivery.body(),
                  Deliveries.RECEIVED))
          .changes()
          .forEach(change -> {
            if (change instanceof EntityChange.Present present) {
              states
                  .computeIfAbsent(
                      new EntityKey("acme", present.type(), present.account(), present.id()),
                      _ -> new HashSet<>())
                  .add(present.document());
            }
          });
    }
    awaitHandedOn();
    assertThat(letters()).isEmpty();
    assertThat(states.keySet().stream().map(EntityKey::type).distinct())
        .containsExactlyInAnyOrder(
            EntityType.CHECKOUT,
            EntityType.CUSTOMER,
            EntityType.DISPUTE,
            EntityType.FULFILLMENT,
            EntityType.ORDER,
            EntityType.PAYMENT,
            EntityType.PRODUCT,
            EntityType.REFUND,
            EntityType.SUBSCRIPTION);
    states.forEach((key, documents) ->
        assertThat(inbox.hotStore().get(key))
            .as("%s", key)
            .hasValueSatisfying(entity -> assertThat(documents).contains(entity.document())));
    assertThat(number("select count(*) as n from delivery"))
        .as("every one of them is passed on, of whatever kind it is")
        .isEqualTo(sent);
    assertThat(inbox.alerts().list("acme", true, null, 10).items()).isNotEmpty();
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatComesInAnotherOrderEndsAsItIs() {
    String same = "2026-11-20T11:00:00Z";
    // Of one second of updated_at; the later one was triggered later, and comes first.
    order(1, "paid", same, "2026-11-20T11:00:00.900Z");
    order(1, "pending", same, "2026-11-20T11:00:00.100Z");
    order(2, "refunded", "2026-11-20T11:00:05Z", "2026-11-20T11:00:05.100Z");
    order(2, "paid", "2026-11-20T11:00:04Z", "2026-11-20T11:00:09.100Z");
    send("orders/delete", "{\"id\":3}", "2026-11-20T11:00:07Z");
    order(3, "paid", "2026-11-20T11:00:06Z", "2026-11-20T11:00:06.100Z");
    awaitHandedOn();
    assertThat(inbox.hotStore().get(order(1)).orElseThrow().state()).isEqualTo("paid");
    assertThat(inbox.hotStore().get(order(2)).orElseThrow().state()).isEqualTo("refunded");
    assertThat(inbox.hotStore().get(order(3))).isEmpty();
    assertThat(letters()).isEmpty();
  }

  /// The published test suite for parsers of JSON: what is right is kept and handled, what is not
  /// is a dead letter that says where, and no lane stops.
  @Test
  void theJsonTestSuiteGoesThrough() throws IOException {
    Path folder = SharedData.required("naughty/JSONTestSuite/test_parsing");
    Map<Long, String> names = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        long position =
            accept(
                delivery(
                    "carts/update", Files.readAllBytes(file), Deliveries.TRIGGERED.toString()));
        names.put(position, String.valueOf(file.getFileName()));
      }
    }
    order(9, "paid", "2026-11-20T11:00:00Z", "2026-11-20T11:00:00Z");
    awaitHandedOn();
    Map<Long, DeadEvent> letters = new HashMap<>();
    letters().forEach(letter -> letters.put(letter.position(), letter));
    names.forEach((position, name) -> {
      EventState.State state = inbox.states().find(position).orElseThrow().state();
      DeadEvent letter = letters.get(position);
      switch (name.charAt(0)) {
        case 'y' -> assertThat(state).as(name).isEqualTo(EventState.State.WRITTEN);
        case 'n' -> {
          assertThat(letter).as(name).isNotNull();
          assertThat(letter.code()).as(name).isEqualTo("MALFORMED");
          assertThat(letter.reason()).as(name).containsPattern("line \\d+, column \\d+");
        }
        default ->
            assertThat(state).as(name).isIn(EventState.State.WRITTEN, EventState.State.REJECTED);
      }
    });
    assertThat(names.values().stream().filter(name -> name.startsWith("y_")))
        .hasSizeGreaterThan(90);
    assertThat(names.values().stream().filter(name -> name.startsWith("n_")))
        .hasSizeGreaterThan(180);
    assertThat(inbox.hotStore().get(order(9))).isPresent();
    assertThat(findings()).isEmpty();
  }

  private static EntityKey order(int id) {
    return new EntityKey("acme", EntityType.ORDER, SHOP, String.valueOf(id));
  }

  private void order(int id, String status, String updated, String triggered) {
    send(
        "orders/updated",
        "{\"id\":%d,\"financial_status\":\"%s\",\"updated_at\":\"%s\"}"
            .formatted(id, status, updated),
        triggered);
  }

  private void send(String topic, String body, String triggered) {
    var _ = accept(delivery(topic, body.getBytes(StandardCharsets.UTF_8), triggered));
  }

  private Delivery delivery(String topic, byte[] body, String triggered) {
    Delivery signed = Deliveries.signed(topic, body, ++sent, SECRET);
    Map<String, List<String>> headers = new HashMap<>(signed.headers().values());
    headers.put("x-shopify-triggered-at", List.of(triggered));
    return new Delivery(new Headers(headers), signed.body());
  }

  private long accept(Delivery delivery) {
    Receipt receipt = inbox.intake().accept("shop", delivery);
    assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
    return ((Receipt.Accepted) receipt).position();
  }

  private List<DeadEvent> letters() {
    return inbox.desk().list(DeadEventFilter.OPEN, null, 1_000).items();
  }

  private void awaitHandedOn() {
    while (number("select coalesce(sum(records), 0)::bigint as n from inbox_chunk") < sent
        || number("select count(*) as n from inbox_waiting") > 0) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private long number(String statement) {
    return database.read(connection -> Sql.of(statement).one(connection, row -> row.int8("n")));
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
}
