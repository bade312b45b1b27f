package dev.entrepot.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.connectors.shopify.ShopifyEventBridgeFactory;
import dev.entrepot.contract.SharedData;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// From a queue to the hot store: the inbox as it is, over real queues and a real database. Nothing
/// here depends on how long something takes.
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueToInboxTest {
  private static final Actor ACTOR = Actor.system("test");
  private static final String SHOP = "shop.example";
  private static final LogSettings PATIENT = LogSettings.DEFAULT.waiting(Duration.ofMinutes(5));

  private final LocalQueues queues = new LocalQueues();
  private final WatchedFeeds feeds = new WatchedFeeds();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
    open.clear();
  }

  @AfterAll
  void close() {
    queues.close();
  }

  @Test
  void realEventsEndWhereTheyBelong() throws IOException {
    Path folder = SharedData.required("eventbridge");
    String queue = queues.fifo("real");
    int sent = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        // Most have a placeholder for the id of the event.
        String event = Files.readString(file).replace("\"event_id\"", "\"event-" + sent + "\"");
        queues.send(queue, "shopify", event);
        sent++;
      }
    }
    Database database = database();
    Inbox inbox = node(database, "one", PATIENT);
    connect(inbox, queue);
    awaitEmpty(queue);
    awaitHandedOn(database, sent);

    assertThat(number(database, "select count(*) as n from inbox_event")).isEqualTo(sent);
    assertThat(strings(database, "select type as t from hot_entity order by 1"))
        .contains("fulfillment", "order", "product");
    // One is sent under a topic that is not that of its payload.
    assertThat(strings(database, "select topic || ' ' || code as t from inbox_dead_letter"))
        .containsExactly("products/update MISSING_FIELD");
    await(() ->
        inbox.feeds().states("bridge").stream()
            .anyMatch(state -> state.receivedAt() != null && state.problem() == null));
  }

  @Test
  void whatDiedBeforeItWasDeletedIsCountedOnce() {
    String queue = queues.fifo("twice");
    feeds.deaths.set(2);
    for (int i = 0; i < 5; i++) {
      queues.send(queue, "g", product(i, i));
    }
    Database database = database();
    connect(node(database, "one", PATIENT), queue);
    awaitEmpty(queue);
    awaitHandedOn(database, 5);
    assertThat(number(database, "select count(*) as n from inbox_event")).isEqualTo(5);
    assertThat(number(database, "select count(*) as n from inbox_duplicate")).isPositive();
    assertThat(number(database, "select count(*) as n from hot_entity")).isEqualTo(5);
  }

  @Test
  void nothingIsDeletedWhileTheDatabaseIsAway() {
    String queue = queues.fifo("away");
    DatabaseConfig.Given config = TestDatabase.freshConfig();
    Database database = opened(Database.open(config));
    Database other = opened(TestDatabase.fresh());
    Inbox inbox = node(database, "one", LogSettings.DEFAULT.waiting(Duration.ofMillis(500)));
    connect(inbox, queue);
    await(() -> !inbox.feeds().states("bridge").isEmpty());
    String name = strings(database, "select current_database() as t").getFirst();
    int deletedBefore = feeds.deleted.get();
    int before = feeds.givenBack.get();

    execute(other, "alter database " + name + " with allow_connections false");
    execute(
        other,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    for (int i = 0; i < 3; i++) {
      queues.send(queue, "g", product(i, i));
    }
    await(() -> feeds.givenBack.get() > before);
    assertThat(feeds.deleted.get()).isEqualTo(deletedBefore);
    assertThat(queues.messages(queue)).isEqualTo(3);

    execute(other, "alter database " + name + " with allow_connections true");
    awaitEmpty(queue);
    awaitHandedOn(database, 3);
    assertThat(
            strings(
                database,
                "select substring(key from '[0-9]+$') as t from inbox_event"
                    + " order by position"))
        .containsExactly("0", "1", "2");
  }

  @Test
  void whatCannotBeUnderstoodIsADeadLetterAndStopsNothing() {
    String queue = queues.fifo("poison");
    queues.send(queue, "g", "{\"detail\": {\"metadata\"");
    queues.send(queue, "g", "no json at all");
    queues.send(queue, "g", "{\"detail\":{\"payload\":{\"id\":1}}}");
    queues.send(queue, "g", product(7, 7));
    // Too large for EventBridge: of the payload, only the id is left.
    queues.send(queue, "g", envelope("e-9", "products/update", "{\"id\":9}"));
    queues.send(queue, "g", "{\"detail\":{\"metadata\":{},\"payload\":" + filler(300_000) + "}}");
    Database database = database();
    connect(node(database, "one", PATIENT), queue);
    awaitEmpty(queue);
    awaitHandedOn(database, 6);
    assertThat(strings(database, "select code as t from inbox_dead_letter order by position"))
        .containsExactly("MALFORMED", "MALFORMED", "MISSING_FIELD", "OVERSIZE", "MISSING_FIELD");
    assertThat(
            strings(database, "select reason as t from inbox_dead_letter where code = 'OVERSIZE'"))
        .singleElement()
        .asString()
        .contains("9")
        .contains("fetch it from the Admin API");
    assertThat(number(database, "select count(*) as n from hot_entity")).isEqualTo(1);
  }

  @Test
  void twoNodesFetchEachEventOnceAndInTheOrderOfItsGroup() {
    String queue = queues.fifo("shared");
    DatabaseConfig.Given config = TestDatabase.freshConfig();
    Database database = opened(Database.open(config));
    Inbox one = node(database, "one", PATIENT);
    Inbox two = node(opened(Database.open(config)), "two", PATIENT);
    connect(one, queue);
    int events = 150;
    int products = 6;
    for (int i = 0; i < events; i++) {
      queues.send(queue, "group-" + i % products, product(i % products, i));
    }
    awaitEmpty(queue);
    awaitHandedOn(database, events);
    assertThat(number(database, "select count(*) as n from inbox_event")).isEqualTo(events);
    assertThat(
            number(
                database,
                """
                select count(*) as n from (
                  select number < lag(number) over (partition by key order by position) as wrong
                  from (
                    select key, position,
                      substring(external_id from '^e-([0-9]+)')::int as number
                    from inbox_event) numbered) e
                where wrong
                """))
        .isZero();
    assertThat(one.hotStore().get(key(0)).orElseThrow().document()).contains("\"number\":144");
    await(() -> two.feeds().states("bridge").size() == 2);
  }

  @Test
  void aQueueThatIsNotThereIsSaidToBeMissing() {
    String queue = queues.fifo("here").replace("here", "nowhere");
    Database database = database();
    Inbox inbox = node(database, "one", PATIENT);
    connect(inbox, queue);
    await(() ->
        inbox.feeds().states("bridge").stream()
            .anyMatch(state -> String.valueOf(state.problem()).contains("does not exist")));
  }

  private Database database() {
    return opened(TestDatabase.fresh());
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.add(part);
    return part;
  }

  private Inbox node(Database database, String name, LogSettings log) {
    InboxModule module =
        opened(
            new InboxModule(
                database,
                new SecretSeal(new byte[32]),
                Clock.systemUTC(),
                InboxSettings.of(name, List.of(new ShopifyEventBridgeFactory()), List.of())
                    .withFeeds(List.of(feeds))
                    .logging(log)));
    module.start(NodeWork.ALL);
    return module.face();
  }

  private static void connect(Inbox inbox, String queue) {
    var _ =
        inbox
            .connections()
            .create(
                ACTOR,
                ConnectionDraft.of(
                    "bridge", "acme", "shopify-eventbridge", LocalQueues.settings(queue)),
                null);
  }

  private static EntityKey key(int product) {
    return new EntityKey("acme", EntityType.PRODUCT, SHOP, String.valueOf(product));
  }

  private static String product(int id, int number) {
    return envelope(
        "e-" + number,
        "products/update",
        "{\"id\":%d,\"number\":%d,\"updated_at\":\"2026-11-20T11:00:00.%03dZ\"}"
            .formatted(id, number, number));
  }

  private static String envelope(String event, String topic, String payload) {
    return """
    {"version":"0","detail-type":"shopifyWebhook","detail":{"metadata":{"X-Shopify-Topic":"%s",\
    "X-Shopify-Event-Id":"%s","X-Shopify-Shop-Domain":"%s"},"payload":%s}}\
    """
        .formatted(topic, event, SHOP, payload);
  }

  private static String filler(int bytes) {
    return "{\"filler\":\"" + "x".repeat(bytes) + "\"}";
  }

  private void awaitEmpty(String queue) {
    await(() -> queues.messages(queue) == 0);
  }

  /// Until so many events have an outcome; duplicates have none.
  private static void awaitHandedOn(Database database, long events) {
    String outcomes = "select coalesce(sum(records), 0)::bigint as n from inbox_chunk";
    await(() -> number(database, outcomes) >= events);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static long number(Database database, String statement) {
    return database.read(connection -> Sql.of(statement).one(connection, row -> row.int8("n")));
  }

  private static List<String> strings(Database database, String statement) {
    return database.read(connection -> Sql.of(statement).list(connection, row -> row.text("t")));
  }

  private static void execute(Database database, String statement) {
    try {
      var _ =
          database.read(connection -> {
            try (var asked = connection.createStatement()) {
              return asked.execute(statement);
            }
          });
    } catch (StorageException e) {
      throw new AssertionError(statement, e);
    }
  }
}
