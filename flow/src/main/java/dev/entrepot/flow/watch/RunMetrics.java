package dev.entrepot.flow.watch;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.watch.PrometheusText.Kind;
import dev.entrepot.model.Books;
import dev.entrepot.spi.remote.Exchange;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Figures of runs per client and sync type, in the text format of Prometheus 0.0.4. They count
/// from the start of the program. Safe for use by many threads.
public final class RunMetrics implements RunObserver {

  /// Records and time of all runs of a client and sync type, and how the last one went.
  private static final class SyncFigures {
    private long runs;
    private double seconds;
    private double lastSeconds;
    private long processed;
    private long failed;
    private double successRate = 1;
  }

  /// How long calls to one side took.
  private static final class Latency {
    private static final double[] BOUNDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
    private final long[] atMost = new long[BOUNDS.length];
    private long count;
    private double seconds;

    void add(double took) {
      count++;
      seconds += took;
      for (int i = 0; i < BOUNDS.length; i++) {
        atMost[i] += took <= BOUNDS[i] ? 1 : 0;
      }
    }
  }

  /// Whose figures they are.
  ///
  /// @param side of calls; empty: of both
  /// @param type of the sync
  private record Of(String client, String side, String type) implements Comparable<Of> {
    private static final Comparator<Of> ORDER =
        Comparator.comparing(Of::client).thenComparing(Of::side).thenComparing(Of::type);

    static Of sync(String client, String type) {
      return new Of(client, "", type);
    }

    @Override
    public int compareTo(Of other) {
      return ORDER.compare(this, other);
    }

    Map<String, String> labels() {
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("client_id", client);
      if (!side.isEmpty()) {
        labels.put("side", side);
      }
      labels.put("sync_type", type);
      return labels;
    }
  }

  // Beyond it the oldest are forgotten, such as those of runs that went on at another node.
  private static final int MOST_RUNS = 10_000;

  private final Clock clock;
  // All guarded by this.
  private final Map<Of, SyncFigures> syncs = new TreeMap<>();
  private final Map<Of, Latency> latencies = new TreeMap<>();
  private final Map<UUID, String> types =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, String> eldest) {
          return size() > MOST_RUNS;
        }
      };

  public RunMetrics(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void ended(Run run) {
    if (!run.state().ended()) {
      return;
    }
    Of sync = Of.sync(run.tenant(), type(run));
    double seconds = run.duration(clock.instant()).toMillis() / 1e3;
    Books books = run.books();
    synchronized (this) {
      types.remove(run.id());
      SyncFigures figures = syncs.computeIfAbsent(sync, key -> new SyncFigures());
      figures.runs++;
      figures.seconds += seconds;
      figures.lastSeconds = seconds;
      figures.processed += books.received();
      figures.failed += books.rejected();
      figures.successRate = successRate(run);
    }
  }

  private static String type(Run run) {
    return run.mode().name().toLowerCase(Locale.ROOT);
  }

  /// Of a run that broke off, what it did not come to did not succeed either.
  private static double successRate(Run run) {
    Books books = run.books();
    boolean whole = run.state() == RunState.SUCCESS || run.state() == RunState.PARTIAL;
    long succeeded = books.written() + books.unchanged();
    long due = whole ? succeeded + books.rejected() : books.received();
    if (due == 0) {
      return whole ? 1 : 0;
    }
    return (double) succeeded / due;
  }

  @Override
  public void started(Run run) {
    synchronized (this) {
      types.put(run.id(), type(run));
    }
  }

  @Override
  public void exchange(UUID run, String tenant, Side side, Exchange exchange) {
    synchronized (this) {
      String type = types.getOrDefault(run, "");
      Of calls = new Of(tenant, side.name().toLowerCase(Locale.ROOT), type);
      latencies.computeIfAbsent(calls, key -> new Latency()).add(exchange.took().toNanos() / 1e9);
    }
  }

  /// All figures.
  public synchronized String text() {
    PrometheusText text = new PrometheusText();
    text.figure("SyncDuration_seconds", Kind.SUMMARY, "How long runs took.");
    syncs.forEach((sync, figures) ->
        text.sample("SyncDuration_seconds_sum", sync.labels(), figures.seconds)
            .sample("SyncDuration_seconds_count", sync.labels(), figures.runs));
    text.figure("SyncDuration_last_seconds", Kind.GAUGE, "How long the last run took.");
    syncs.forEach((sync, figures) ->
        text.sample("SyncDuration_last_seconds", sync.labels(), figures.lastSeconds));
    text.figure("RecordsProcessed_total", Kind.COUNTER, "Records that runs have read.");
    syncs.forEach(
        (sync, figures) -> text.sample("RecordsProcessed_total", sync.labels(), figures.processed));
    text.figure("RecordsFailed_total", Kind.COUNTER, "Records that were rejected.");
    syncs.forEach(
        (sync, figures) -> text.sample("RecordsFailed_total", sync.labels(), figures.failed));
    text.figure(
        "SyncSuccessRate", Kind.GAUGE, "The share of the last run's records that succeeded.");
    syncs.forEach(
        (sync, figures) -> text.sample("SyncSuccessRate", sync.labels(), figures.successRate));
    text.figure("APILatency_seconds", Kind.HISTOGRAM, "How long calls took, waits left out.");
    latencies.forEach((calls, latency) -> latency(text, calls.labels(), latency));
    return text.toString();
  }

  private static void latency(PrometheusText text, Map<String, String> labels, Latency latency) {
    Map<String, String> bounded = new LinkedHashMap<>(labels);
    for (int i = 0; i < Latency.BOUNDS.length; i++) {
      bounded.put("le", PrometheusText.number(Latency.BOUNDS[i]));
      text.sample("APILatency_seconds_bucket", bounded, latency.atMost[i]);
    }
    bounded.put("le", PrometheusText.number(Double.POSITIVE_INFINITY));
    text.sample("APILatency_seconds_bucket", bounded, latency.count)
        .sample("APILatency_seconds_sum", labels, latency.seconds)
        .sample("APILatency_seconds_count", labels, latency.count);
  }
}
