package dev.entrepot.console.pages.home;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.ChartData;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The figures of the overview as charts.
final class OverviewCharts {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final int MOST_DAYS = 30;
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  private OverviewCharts() {}

  /// Rows of each day up to today; a day without any is shown, too.
  static ChartData rows(List<Uploads.Day> figures, Instant now) {
    Map<LocalDate, Uploads.Day> byDay =
        figures.stream().collect(Collectors.toMap(Uploads.Day::day, Function.identity()));
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate first = today.minusDays(MOST_DAYS - 1L);
    List<Uploads.Day> days = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
      days.add(byDay.getOrDefault(day, new Uploads.Day(day, 0, 0, 0)));
    }
    return new ChartData(
        "rows-per-day",
        "Rows per day, last 30 days",
        ChartData.Kind.STACK,
        "Day",
        labels(days),
        List.of(
            ChartData.Series.of(
                "Accepted",
                ChartData.Ink.WRITTEN,
                days.stream().map(Uploads.Day::accepted).toList()),
            ChartData.Series.of(
                "Rejected",
                ChartData.Ink.REJECTED,
                days.stream().map(Uploads.Day::rejected).toList())),
        null);
  }

  /// The share of accepted rows on each day that had rows.
  static ChartData acceptance(List<Uploads.Day> figures) {
    List<Uploads.Day> days =
        figures.stream().filter(day -> day.accepted() + day.rejected() > 0).toList();
    return new ChartData(
        "acceptance-per-day",
        "Share of rows accepted per day",
        ChartData.Kind.LINE,
        "Day",
        labels(days),
        List.of(
            ChartData.Series.measured(
                "Accepted",
                ChartData.Ink.ACCENT,
                days.stream().map(OverviewCharts::share).toList())),
        "%");
  }

  /// The most frequent errors.
  static ChartData errors(List<Upload.ProblemCount> problems) {
    return new ChartData(
        "top-errors",
        "Rows by first error, last 30 days",
        ChartData.Kind.RANK,
        "Error",
        problems.stream().map(problem -> Words.of(problem.code())).toList(),
        List.of(
            ChartData.Series.of(
                "Rows",
                ChartData.Ink.REJECTED,
                problems.stream().map(Upload.ProblemCount::rows).toList())),
        null);
  }

  private static List<String> labels(List<Uploads.Day> days) {
    return days.stream().map(day -> DAY.format(day.day())).toList();
  }

  private static BigDecimal share(Uploads.Day day) {
    return BigDecimal.valueOf(day.accepted())
        .multiply(WHOLE)
        .divide(BigDecimal.valueOf(day.accepted() + day.rejected()), 1, RoundingMode.HALF_UP);
  }
}
