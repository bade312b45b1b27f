package dev.entrepot.console.pages.flows;

import dev.entrepot.console.view.ChartData;
import dev.entrepot.console.view.ChartData.Ink;
import dev.entrepot.console.view.ChartData.Series;
import dev.entrepot.console.view.Part;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// How a client's runs did of late, by the day.
final class ClientCharts {
  static final int DAYS = 14;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);

  private final List<Run> runs;
  private final List<LocalDate> days = new ArrayList<>();

  /// @param runs of the last days
  ClientCharts(List<Run> runs, Instant now) {
    this.runs = runs;
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (int i = DAYS - 1; i >= 0; i--) {
      days.add(today.minusDays(i));
    }
  }

  List<Part> parts() {
    return List.of(
        Part.columns(
            Part.panel("runs-per-day", "Runs", new Part.Chart(runsPerDay())),
            Part.panel("records-per-day", "Records", new Part.Chart(records()))),
        Part.columns(
            Part.panel("success-per-day", "Success", new Part.Chart(success())),
            Part.panel("time-per-day", "Duration", new Part.Chart(longest()))));
  }

  private List<String> labels() {
    return days.stream().map(DAY::format).toList();
  }

  private List<Run> on(LocalDate day) {
    return runs.stream()
        .filter(run -> LocalDate.ofInstant(run.askedAt(), ZoneOffset.UTC).equals(day))
        .toList();
  }

  private ChartData runsPerDay() {
    return new ChartData(
        "chart-runs",
        "Runs per day",
        ChartData.Kind.STACK,
        "Day",
        labels(),
        List.of(
            counted("Success", Ink.WRITTEN, run -> run.state() == RunState.SUCCESS),
            counted("Partial", Ink.SKIPPED, run -> run.state() == RunState.PARTIAL),
            counted("Failed", Ink.REJECTED, run -> run.state() == RunState.FAILED),
            counted(
                "Others",
                Ink.UNCHANGED,
                run -> !run.state().ended() || run.state() == RunState.CANCELLED)),
        null);
  }

  private Series counted(String name, Ink ink, Predicate<Run> which) {
    return Series.of(
        name, ink, days.stream().map(day -> on(day).stream().filter(which).count()).toList());
  }

  private ChartData records() {
    return new ChartData(
        "chart-records",
        "Records per day, by what became of them",
        ChartData.Kind.STACK,
        "Day",
        labels(),
        List.of(
            summed("Written", Ink.WRITTEN, run -> run.books().written()),
            summed("Unchanged", Ink.UNCHANGED, run -> run.books().unchanged()),
            summed("Rejected", Ink.REJECTED, run -> run.books().rejected())),
        null);
  }

  private Series summed(String name, Ink ink, ToLongFunction<Run> figure) {
    return Series.of(
        name, ink, days.stream().map(day -> on(day).stream().mapToLong(figure).sum()).toList());
  }

  private ChartData success() {
    List<@Nullable BigDecimal> shares = new ArrayList<>();
    for (LocalDate day : days) {
      long well = sum(day, run -> run.books().written() + run.books().unchanged());
      long judged = well + sum(day, run -> run.books().rejected());
      shares.add(
          judged == 0
              ? null
              : BigDecimal.valueOf(100.0 * well / judged).setScale(1, RoundingMode.HALF_UP));
    }
    return new ChartData(
        "chart-success",
        "Records that succeeded, in percent",
        ChartData.Kind.LINE,
        "Day",
        labels(),
        List.of(new Series("Success", Ink.ACCENT, shares)),
        "%");
  }

  private long sum(LocalDate day, ToLongFunction<Run> figure) {
    return on(day).stream().mapToLong(figure).sum();
  }

  private ChartData longest() {
    List<@Nullable BigDecimal> seconds = new ArrayList<>();
    for (LocalDate day : days) {
      seconds.add(
          on(day).stream()
              .filter(run -> run.endedAt() != null)
              .map(run -> run.duration(Instant.MAX))
              .max((one, other) -> one.compareTo(other))
              .map(time -> BigDecimal.valueOf(time.toMillis(), 3).setScale(1, RoundingMode.HALF_UP))
              .orElse(null));
    }
    return new ChartData(
        "chart-time",
        "The longest run of each day, in seconds",
        ChartData.Kind.LINE,
        "Day",
        labels(),
        List.of(new Series("Longest", Ink.ACCENT, seconds)),
        "s");
  }
}
