package dev.entrepot.flow.watch;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.model.Books;
import dev.entrepot.spi.remote.Exchange;
import java.time.Clock;
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

  private final Clock clock;
  // By the labels as they are written; guarded by this.
  private final Map<String, SyncFigures> syncs = new TreeMap<>();
  private final Map<String, Latency> latencies = new TreeMap<>();

  public RunMetrics(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void ended(Run run) {
    if (!run.state().ended()) {
      return;
    }
    RunMode mode = run.mode() == RunMode.PLAN ? RunMode.INITIAL : run.mode();
    String labels =
        "client_id=\"%s\",sync_type=\"%s\""
            .formatted(escaped(run.tenant()), mode.name().toLowerCase(Locale.ROOT));
    double seconds = run.duration(clock.instant()).toMillis() / 1e3;
    Books books = run.books();
    long judged = books.written() + books.unchanged() + books.rejected();
    synchronized (this) {
      SyncFigures figures = syncs.computeIfAbsent(labels, key -> new SyncFigures());
      figures.runs++;
      figures.seconds += seconds;
      figures.lastSeconds = seconds;
      figures.processed += books.received();
      figures.failed += books.rejected();
      figures.successRate = judged == 0 ? 1 : 1 - (double) books.rejected() / judged;
    }
  }

  @Override
  public void exchange(UUID run, String tenant, Side side, Exchange exchange) {
    String labels =
        "client_id=\"%s\",side=\"%s\""
            .formatted(escaped(tenant), side.name().toLowerCase(Locale.ROOT));
    synchronized (this) {
      latencies.computeIfAbsent(labels, key -> new Latency()).add(exchange.took().toNanos() / 1e9);
    }
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /// All figures.
  public synchronized String text() {
    StringBuilder text = new StringBuilder();
    head(text, "SyncDuration_seconds", "summary", "How long runs took.");
    syncs.forEach((labels, figures) -> {
      line(text, "SyncDuration_seconds_sum", labels, figures.seconds);
      line(text, "SyncDuration_seconds_count", labels, figures.runs);
    });
    head(text, "SyncDuration_last_seconds", "gauge", "How long the last run took.");
    syncs.forEach(
        (labels, figures) -> line(text, "SyncDuration_last_seconds", labels, figures.lastSeconds));
    head(text, "RecordsProcessed_total", "counter", "Records that runs have read.");
    syncs.forEach(
        (labels, figures) -> line(text, "RecordsProcessed_total", labels, figures.processed));
    head(text, "RecordsFailed_total", "counter", "Records that were rejected.");
    syncs.forEach((labels, figures) -> line(text, "RecordsFailed_total", labels, figures.failed));
    head(text, "SyncSuccessRate", "gauge", "The share of the last run's records that succeeded.");
    syncs.forEach((labels, figures) -> line(text, "SyncSuccessRate", labels, figures.successRate));
    head(text, "APILatency_seconds", "histogram", "How long calls took, waits left out.");
    latencies.forEach((labels, latency) -> latency(text, labels, latency));
    return text.toString();
  }

  private static void latency(StringBuilder text, String labels, Latency latency) {
    for (int i = 0; i < Latency.BOUNDS.length; i++) {
      String bound = number(Latency.BOUNDS[i]);
      line(text, "APILatency_seconds_bucket", labels + ",le=\"" + bound + "\"", latency.atMost[i]);
    }
    line(text, "APILatency_seconds_bucket", labels + ",le=\"+Inf\"", latency.count);
    line(text, "APILatency_seconds_sum", labels, latency.seconds);
    line(text, "APILatency_seconds_count", labels, latency.count);
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, double value) {
    line(text, name, labels, number(value));
  }

  private static void line(StringBuilder text, String name, String labels, long value) {
    line(text, name, labels, String.valueOf(value));
  }

  private static void line(StringBuilder text, String name, String labels, String value) {
    text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
