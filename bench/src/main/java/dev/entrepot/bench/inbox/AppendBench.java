package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Workplace;
import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Appends events to the log from many virtual threads, each waiting for the disk, on an embedded
/// PostgreSQL with fsync on: what the log alone can do, without HTTP and signatures.
@Command(
    name = "append",
    mixinStandardHelpOptions = true,
    description = "Appends events to the inbox's log, each answered when it is on disk.")
public final class AppendBench implements Callable<Integer> {
  @Option(names = "--threads", split = ",", description = "How many senders at once.")
  private List<Integer> threads = List.of(64, 256);

  @Option(names = "--seconds", description = "How long each is measured.")
  private int seconds = 10;

  @Option(names = "--warm-up", description = "Seconds that are not counted, at the beginning.")
  private int warmUp = 5;

  @Option(names = "--rounds", description = "How often each is measured.")
  private int rounds = 3;

  @Option(names = "--bytes", description = "Size of the bodies.")
  private int bytes = 4096;

  @Option(names = "--batch", description = "At most so many events in one transaction.")
  private int batch = LogSettings.DEFAULT.mostInBatch();

  @Option(names = "--sql", description = "Statement to run first, to try another table layout.")
  private @Nullable String sql;

  private final AtomicLong number = new AtomicLong();

  /// What was used up so far; on a machine that others use, processor time per event is a better
  /// figure than events per second.
  private record Usage(long walBytes, Duration ours, Duration server) {
    static Usage now(Database database) {
      ProcessHandle self = ProcessHandle.current();
      return new Usage(
          database.read(AppendBench::wal),
          cpu(self),
          self.descendants().map(Usage::cpu).reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration cpu(ProcessHandle process) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    Usage since(Usage before) {
      return new Usage(
          walBytes - before.walBytes, ours.minus(before.ours), server.minus(before.server));
    }
  }

  /// One measurement; latencies in microseconds.
  private record Figures(long events, double seconds, long p50, long p99, Usage usage) {
    String line(int threads) {
      return String.format(
          Locale.ROOT,
          "%4d threads: %,8.0f appended/s, p50 %5.1f ms, p99 %5.1f ms; per event %,d bytes of WAL,"
              + " %.1f us here, %.1f us in the server",
          threads,
          events / seconds,
          p50 / 1000.0,
          p99 / 1000.0,
          usage.walBytes() / events,
          usage.ours().toNanos() / 1e3 / events,
          usage.server().toNanos() / 1e3 / events);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (Database database =
        Database.open(new DatabaseConfig.Embedded(Workplace.work("append").resolve("pg"), 10))) {
      database.migrate();
      if (sql != null) {
        String statement = sql;
        int _ = database.read(connection -> Sql.of(statement).update(connection));
      }
      LogSettings settings =
          new LogSettings(
              Duration.ofDays(1),
              Duration.ofDays(30),
              LogSettings.DEFAULT.mostBytesInFlight(),
              LogSettings.DEFAULT.mostWaiting(),
              batch,
              LogSettings.DEFAULT.patience());
      try (EventLog log = new EventLog(database, settings)) {
        log.start();
        measure(database, log, 64, warmUp);
        for (int round = 0; round < rounds; round++) {
          for (int senders : threads) {
            System.out.println(measure(database, log, senders, seconds).line(senders));
          }
        }
        System.out.println(database.read(AppendBench::size));
      }
    }
    return 0;
  }

  private Figures measure(Database database, EventLog log, int senders, int duration)
      throws InterruptedException, ExecutionException {
    Usage before = Usage.now(database);
    long start = System.nanoTime();
    long end = start + Duration.ofSeconds(duration).toNanos();
    List<long[]> all = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<long[]>> sending = new ArrayList<>();
      for (int sender = 0; sender < senders; sender++) {
        sending.add(pool.submit(() -> send(log, end)));
      }
      for (Future<long[]> future : sending) {
        all.add(future.get());
      }
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] latencies = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Figures(
        latencies.length,
        took,
        latencies[latencies.length / 2],
        latencies[(int) (latencies.length * 0.99)],
        Usage.now(database).since(before));
  }

  private long[] send(EventLog log, long end) {
    long[] latencies = new long[1024];
    int count = 0;
    for (long now = System.nanoTime(); now < end; ) {
      Appended outcome = log.append(event(number.incrementAndGet()));
      if (!(outcome instanceof Appended.Accepted)) {
        throw new IllegalStateException("not kept: " + outcome);
      }
      long after = System.nanoTime();
      if (count == latencies.length) {
        latencies = Arrays.copyOf(latencies, count * 2);
      }
      latencies[count++] = (after - now) / 1000;
      now = after;
    }
    return Arrays.copyOf(latencies, count);
  }

  private NewEvent event(long id) {
    String key = "shop.example/orders/" + id % 5000;
    return new NewEvent(
        "bench",
        new Identity("event-" + id, "orders/updated", key, Instant.now()),
        Headers.of(
            Map.of(
                "content-type", "application/json",
                "user-agent", "Shopify-Captain-Hook",
                "x-shopify-topic", "orders/updated",
                "x-shopify-shop-domain", "shop.example",
                "x-shopify-hmac-sha256", "k2l4vH7bPpT3Q0x9m1cZrWc0e2S5yq8uJd6fGhA1i" + id,
                "x-shopify-event-id", "event-" + id)),
        OrderBody.of(id, bytes),
        0);
  }

  private static long wal(Connection connection) {
    return Sql.of("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as lsn")
        .one(connection, row -> row.int8("lsn"));
  }

  private static String size(Connection connection) {
    return Sql.of(
            """
            select sum(pg_total_relation_size(relid)) / max(n.events) as bytes, max(n.events) as events
            from pg_partition_tree('inbox_event'), (select count(*) as events from inbox_event) n
            where isleaf
            """)
        .one(
            connection,
            row ->
                "table and indexes: "
                    + row.int8("bytes")
                    + " bytes per event, of "
                    + row.int8("events")
                    + " events");
  }
}
