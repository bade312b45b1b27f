package dev.entrepot.flow.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.watch.FlowAlert.Condition;
import dev.entrepot.model.Books;
import dev.entrepot.model.SortableId;
import dev.entrepot.spi.remote.Exchange;
import dev.entrepot.storage.StorageException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START.plus(Duration.ofHours(2)), ZoneOffset.UTC);

  private final List<FlowAlert> alerts = new ArrayList<>();
  private final RunWatch watch = new RunWatch(alerts::add, AlertThresholds.USUAL, CLOCK);

  private static Run run(RunState state, @Nullable String code, Duration took, Books books) {
    return new Run(
        SortableId.next(),
        "ac\"me",
        "siesa-kong",
        "siesa",
        "kong",
        RunMode.INCREMENTAL,
        "schedule",
        "system:schedules",
        START,
        state,
        null,
        false,
        null,
        true,
        null,
        1,
        START,
        START.plus(took),
        Duration.ZERO,
        "node",
        1,
        1,
        0,
        null,
        0,
        code,
        code == null ? null : "it answered 401",
        books,
        List.of());
  }

  private List<Condition> conditions(Run run) {
    alerts.clear();
    watch.ended(run);
    return alerts.stream().map(FlowAlert::condition).toList();
  }

  private static final Duration SHORT = Duration.ofMinutes(30);

  @Test
  void alertsKeepToTheThresholds() {
    Books good = new Books(100, 50, 45, 5, 0, 0);
    assertThat(conditions(run(RunState.PARTIAL, null, SHORT, good))).isEmpty();
    assertThat(conditions(run(RunState.PARTIAL, null, SHORT, new Books(100, 94, 0, 6, 0, 0))))
        .containsExactly(Condition.FAILED_RECORDS);
    assertThat(conditions(run(RunState.PARTIAL, null, SHORT, new Books(100, 90, 0, 10, 0, 0))))
        .containsExactly(Condition.FAILED_RECORDS);
    assertThat(conditions(run(RunState.PARTIAL, null, SHORT, new Books(100, 89, 0, 11, 0, 0))))
        .containsExactly(Condition.FAILED_RECORDS, Condition.SUCCESS_RATE);
    assertThat(conditions(run(RunState.SUCCESS, null, SHORT.plusSeconds(1), good)))
        .containsExactly(Condition.DURATION);
    assertThat(conditions(run(RunState.FAILED, "FAULT", SHORT, Books.EMPTY)))
        .containsExactly(Condition.RUN_FAILED);
    assertThat(conditions(run(RunState.FAILED, "DENIED", SHORT, Books.EMPTY)))
        .containsExactly(Condition.AUTHENTICATION, Condition.RUN_FAILED);
    assertThat(conditions(run(RunState.CANCELLED, null, SHORT, Books.EMPTY))).isEmpty();
  }

  @Test
  void aRunThatDoesNotEndIsToldOf() {
    watch.late(run(RunState.PAUSED, null, SHORT, Books.EMPTY));
    watch.late(run(RunState.RUNNING, null, SHORT, Books.EMPTY));
    assertThat(alerts).extracting(FlowAlert::condition).containsOnly(Condition.DURATION).hasSize(2);
    assertThat(alerts.getFirst().message()).contains("paused for more than 30", "resume or cancel");
    assertThat(alerts.getLast().message()).contains("under way for more than 30");
  }

  @Test
  void figuresHaveTheNamesThatAreEstablished() {
    RunMetrics metrics = new RunMetrics(CLOCK);
    RunObserver observer = new Observers(List.of(failing(), metrics));
    Run run = run(RunState.PARTIAL, null, Duration.ofSeconds(90), new Books(100, 89, 0, 11, 0, 0));
    observer.started(run);
    observer.exchange(
        run.id(),
        "acme",
        RunObserver.Side.SOURCE,
        new Exchange(
            START,
            "read-page",
            "GET",
            URI.create("http://localhost/"),
            200,
            Duration.ofMillis(200),
            Map.of(),
            "",
            Map.of(),
            "",
            null));
    observer.ended(run);
    assertThat(metrics.text())
        .contains(
            "# TYPE SyncDuration_seconds summary\n",
            "SyncDuration_seconds_sum{client_id=\"ac\\\"me\",sync_type=\"incremental\"} 90\n",
            "RecordsProcessed_total{client_id=\"ac\\\"me\",sync_type=\"incremental\"} 100\n",
            "RecordsFailed_total{client_id=\"ac\\\"me\",sync_type=\"incremental\"} 11\n",
            "SyncSuccessRate{client_id=\"ac\\\"me\",sync_type=\"incremental\"} 0.89\n",
            "APILatency_seconds_bucket{client_id=\"acme\",side=\"source\",sync_type=\"incremental\",le=\"0.1\"} 0\n",
            "APILatency_seconds_bucket{client_id=\"acme\",side=\"source\",sync_type=\"incremental\",le=\"0.25\"} 1\n",
            "APILatency_seconds_count{client_id=\"acme\",side=\"source\",sync_type=\"incremental\"} 1\n");
  }

  @Test
  void whatARunThatBrokeOffDidNotComeToDidNotSucceed() {
    assertThat(rate(RunState.FAILED, Books.EMPTY)).isEqualTo("0");
    assertThat(rate(RunState.FAILED, new Books(10_000, 100, 0, 0, 9_900, 0))).isEqualTo("0.01");
    assertThat(rate(RunState.CANCELLED, new Books(10, 0, 5, 0, 5, 0))).isEqualTo("0.5");
    assertThat(rate(RunState.SUCCESS, Books.EMPTY)).isEqualTo("1");
    assertThat(rate(RunState.SUCCESS, new Books(10, 4, 4, 0, 2, 0))).isEqualTo("1");
  }

  private static String rate(RunState state, Books books) {
    RunMetrics metrics = new RunMetrics(CLOCK);
    metrics.ended(run(state, state == RunState.FAILED ? "DENIED" : null, SHORT, books));
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith("SyncSuccessRate{"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anEndThatTheDatabaseKeepsFromBeingToldCountsForNobody() {
    RunMetrics metrics = new RunMetrics(CLOCK);
    RunWatch away =
        new RunWatch(
            alert -> {
              throw new StorageException(StorageException.Code.UNAVAILABLE, "it is away");
            },
            AlertThresholds.USUAL,
            CLOCK);
    Run failed = run(RunState.FAILED, "FAULT", SHORT, Books.EMPTY);
    assertThatThrownBy(() -> new Observers(List.of(away, metrics)).ended(failed))
        .isInstanceOf(StorageException.class);
    assertThat(metrics.text()).doesNotContain("ac\\\"me");
    new Observers(List.of(watch, metrics)).ended(failed);
    assertThat(metrics.text()).contains("ac\\\"me");
    assertThat(alerts).hasSize(1);
  }

  private static RunObserver failing() {
    return new RunObserver() {
      @Override
      public void ended(Run run) {
        throw new IllegalStateException("a defect");
      }

      @Override
      public void exchange(UUID run, String tenant, Side side, Exchange exchange) {
        throw new IllegalStateException("a defect");
      }
    };
  }
}
