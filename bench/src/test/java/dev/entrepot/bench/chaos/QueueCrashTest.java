package dev.entrepot.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.SenderConnection;
import dev.entrepot.bench.Workplace;
import dev.entrepot.bench.chaos.FatalQueue.Blow;
import dev.entrepot.connectors.sqs.LocalQueues;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.lanes.LaneAudit;
import dev.entrepot.ledger.Audit;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `kill -9` of a program that fetches from a queue, when events are on disk and their messages are
/// not deleted yet, or were deleted without its knowing: none may be lost, applied twice or out of
/// order.
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueueCrashTest {
  private static final int EVENTS = 80;
  private static final int PRODUCTS = 6;
  private static final int MORE_BLOWS = 1;

  /// Seeds that failed once, and must not again.
  private static final List<Long> KEPT = List.of();

  private record Applied(String id, String key) {}

  static Stream<Long> seeds() {
    List<Long> seeds = new ArrayList<>(KEPT);
    seeds.add(System.nanoTime() & 0xFFFF);
    return seeds.stream();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostDoubledOrOutOfOrder(long seed) throws Exception {
    Random random = new Random(seed);
    Path work = Workplace.work("queue-crash");
    try (Postgres postgres = new Postgres(work.resolve("postgres"));
        LocalQueues queues = new LocalQueues()) {
      String queue = queues.fifo("fatal");
      Map<String, List<String>> sent = send(queues, queue, random);
      Path data = Files.createDirectories(work.resolve("data"));
      Node node = new Node(data, postgres.url(), work.resolve("node.log"));
      try (FatalQueue fatal = new FatalQueue(queues, queue, node, blows(random))) {
        connect(postgres, data, fatal.address());
        node.start();
        fatal.awaitEmpty();
        Chaos.calm(postgres);
      } finally {
        node.stop();
      }
      assertThat(applied(postgres)).as("with seed " + seed).isEqualTo(sent);
      assertThat(count(postgres, "inbox_event")).as("kept, with seed " + seed).isEqualTo(EVENTS);
      assertThat(count(postgres, "inbox_duplicate")).as("with seed " + seed).isPositive();
      assertThat(new Audit(postgres.database(), LaneAudit.checks()).run().findings()).isEmpty();
    }
    Workplace.delete(work);
  }

  /// One of each sort, and some more.
  private static List<Blow> blows(Random random) {
    List<Blow> sorts = List.of(Blow.values());
    List<Blow> blows = new ArrayList<>(sorts);
    for (int i = 0; i < MORE_BLOWS; i++) {
      blows.add(sorts.get(random.nextInt(sorts.size())));
    }
    return blows;
  }

  /// @return by key the ids of its events, in their order
  private static Map<String, List<String>> send(LocalQueues queues, String queue, Random random) {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    for (int number = 0; number < EVENTS; number++) {
      int product = random.nextInt(PRODUCTS);
      queues.send(queue, "product-" + product, event(product, number));
      sent.computeIfAbsent("shop.example/products/" + product, _ -> new ArrayList<>())
          .add("e-" + number);
    }
    return sent;
  }

  private static String event(int product, int number) {
    return """
    {"version":"0","detail-type":"shopifyWebhook","detail":{"metadata":\
    {"X-Shopify-Topic":"products/update","X-Shopify-Event-Id":"e-%d",\
    "X-Shopify-Shop-Domain":"shop.example"},\
    "payload":{"id":%d,"updated_at":"2026-11-20T11:00:00.%03dZ"}}}\
    """
        .formatted(number, product, number);
  }

  private static void connect(Postgres postgres, Path data, String queueUrl) throws IOException {
    Path key = Files.writeString(data.resolve("key"), "any");
    SenderConnection.make(
        postgres.database(),
        data,
        ConnectionDraft.of(
            "bridge",
            "main",
            "shopify-eventbridge",
            Map.of(
                "queue-url",
                queueUrl,
                "region",
                "eu-central-1",
                "access-key-id",
                "file:" + key,
                "secret-access-key",
                "file:" + key)),
        null);
    Recorder.makeTables(postgres.database());
  }

  private static Map<String, List<String>> applied(Postgres postgres) {
    Map<String, List<String>> applied = new LinkedHashMap<>();
    postgres
        .database()
        .read(connection ->
            Sql.of(
                    """
                    select substring(external_id from '^e-[0-9]+') as id, key
                    from chaos_applied order by number
                    """)
                .list(connection, row -> new Applied(row.text("id"), row.text("key"))))
        .forEach(one -> applied.computeIfAbsent(one.key(), _ -> new ArrayList<>()).add(one.id()));
    return applied;
  }

  private static long count(Postgres postgres, String table) {
    return postgres
        .database()
        .read(connection ->
            Sql.of("select count(*) as n from " + table).one(connection, row -> row.int8("n")));
  }
}
