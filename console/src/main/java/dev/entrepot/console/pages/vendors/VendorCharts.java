package dev.entrepot.console.pages.vendors;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.ChartData;
import dev.entrepot.console.view.ChartData.Ink;
import dev.entrepot.console.view.ChartData.Series;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is wrong with a vendor's rows, day by day.
final class VendorCharts {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  /// The most frequent error has the first of these; those for which none is left, the last.
  private static final List<Ink> INKS =
      List.of(Ink.REJECTED, Ink.SKIPPED, Ink.PENDING, Ink.UNCHANGED);

  private VendorCharts() {}

  /// Rejected rows of each of the last days by their first error, the most frequent ones by name.
  static ChartData errors(Uploads.Figures figures, Instant now, int lastDays) {
    List<LocalDate> days = new ArrayList<>();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (int i = lastDays - 1; i >= 0; i--) {
      days.add(today.minusDays(i));
    }
    Map<String, Map<LocalDate, Long>> byCode = new HashMap<>();
    for (Uploads.ProblemDay one : figures.problemDays()) {
      byCode.computeIfAbsent(one.code(), _ -> new HashMap<>()).put(one.day(), one.rows());
    }
    List<String> codes = figures.topProblems().stream().map(Upload.ProblemCount::code).toList();
    int named = codes.size() > INKS.size() ? INKS.size() - 1 : codes.size();
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < named; i++) {
      series.add(series(Words.of(codes.get(i)), INKS.get(i), days, List.of(codes.get(i)), byCode));
    }
    if (named < codes.size()) {
      series.add(
          series("Others", INKS.getLast(), days, codes.subList(named, codes.size()), byCode));
    }
    return new ChartData(
        "errors-per-day",
        "Rejected rows per day by first error",
        ChartData.Kind.STACK,
        "Day",
        days.stream().map(DAY::format).toList(),
        series,
        null);
  }

  private static Series series(
      String name,
      Ink ink,
      List<LocalDate> days,
      List<String> codes,
      Map<String, Map<LocalDate, Long>> byCode) {
    return Series.of(
        name,
        ink,
        days.stream()
            .map(day ->
                codes.stream()
                    .mapToLong(code -> byCode.getOrDefault(code, Map.of()).getOrDefault(day, 0L))
                    .sum())
            .toList());
  }
}
