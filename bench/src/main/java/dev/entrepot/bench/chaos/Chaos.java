package dev.entrepot.bench.chaos;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.SenderConnection;
import dev.entrepot.inbox.lanes.LaneAudit;
import dev.entrepot.ledger.Audit;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The chaos test: two nodes on one database, a sender that does not give up, and something that
/// kills. Afterwards the [Oracle] and the audit say whether all is well.
final class Chaos {
  private static final String SECRET = "chaos-secret-of-no-worth";
  private static final int NODES = 2;
  private static final Duration CALM = Duration.ofMinutes(5);

  private final Path work;
  private final Consumer<String> tell;

  /// @param work an empty folder
  Chaos(Path work, Consumer<String> tell) {
    this.work = work;
    this.tell = tell;
  }

  /// How it ended.
  ///
  /// @param deliveries answered with 200, repeats included
  record Result(Verdict verdict, long deliveries, Map<Havoc.Blow, Integer> blows) {}

  /// @param between two blows, on average
  /// @param pace how long each of the senders pauses between deliveries
  Result run(ChaosPlan plan, Duration between, Duration pace)
      throws IOException, InterruptedException, ExecutionException {
    try (Postgres postgres = new Postgres(work.resolve("postgres"))) {
      List<Node> nodes = cluster(postgres);
      ChaosSender sender =
          new ChaosSender(
              plan,
              SECRET,
              () -> nodes.get(ThreadLocalRandom.current().nextInt(nodes.size())).port());
      Havoc havoc = new Havoc(postgres, nodes, plan.seed(), tell);
      try {
        for (Node node : nodes) {
          node.start();
        }
        for (Node node : nodes) {
          node.await();
        }
        together(
            () -> {
              sender.run(pace);
              return sender.acknowledged();
            },
            () -> {
              havoc.run(plan.kills(), between);
              return 0L;
            });
        tell.accept("all sent and acknowledged; waiting until all is handed on");
        calm(postgres);
      } finally {
        for (Node node : nodes) {
          node.stop();
        }
      }
      return new Result(judged(plan, sender, postgres), sender.acknowledged(), havoc.blows());
    }
  }

  private List<Node> cluster(Postgres postgres) throws IOException {
    Path first = Files.createDirectories(work.resolve("node-0"));
    SenderConnection.make(postgres.database(), first, "chaos", "shopify", SECRET);
    Recorder.makeTables(postgres.database());
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      Path data = Files.createDirectories(work.resolve("node-" + i));
      if (i > 0) {
        Files.copy(first.resolve("secrets.key"), data.resolve("secrets.key"));
      }
      nodes.add(new Node(data, postgres.url(), work.resolve("node-" + i + ".log")));
    }
    return nodes;
  }

  private static void together(Callable<Long> one, Callable<Long> other)
      throws InterruptedException, ExecutionException {
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      for (Future<Long> each : both.invokeAll(List.of(one, other))) {
        long _ = each.get();
      }
    }
  }

  /// Until every event has its outcome.
  static void calm(Postgres postgres) throws InterruptedException, IOException {
    long end = System.nanoTime() + CALM.toNanos();
    while (System.nanoTime() < end) {
      long left =
          postgres
              .database()
              .read(connection ->
                  Sql.of(
                          """
                          select (select count(*) from inbox_event e
                                  left join inbox_lane l on l.lane = e.lane
                                  where e.position > coalesce(l.position, 0))
                            + (select count(*) from inbox_waiting) as n
                          """)
                      .one(connection, row -> row.int8("n")));
      if (left == 0) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new IOException("after " + CALM + " there are still events that are not handed on");
  }

  private static Verdict judged(ChaosPlan plan, ChaosSender sender, Postgres postgres) {
    Verdict verdict = new Oracle(plan, sender.sent()).judge(postgres.database());
    List<String> faults = new ArrayList<>(verdict.faults());
    new Audit(postgres.database(), LaneAudit.checks())
        .run()
        .findings()
        .forEach(finding -> faults.add("audit: " + finding));
    return new Verdict(
        verdict.kept(), verdict.unacknowledged(), verdict.duplicates(), verdict.putOff(), faults);
  }
}
