package dev.entrepot.console.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures drawn as a chart. The same figures stand in a table below, from which the script draws;
/// without scripts the table is what is seen.
///
/// @param id unique in the page
/// @param title what is shown
/// @param labels the names along the axis
/// @param unit shown after a figure, for example `rows` or `%`, or null
public record ChartData(
    String id,
    String title,
    Kind kind,
    String axis,
    List<String> labels,
    List<Series> series,
    @Nullable String unit) {
  /// How it is drawn.
  public enum Kind {
    BAR,
    /// Bars on top of one another.
    STACK,
    LINE,
    /// Lying bars, for long names.
    RANK;

    /// The name used by the script.
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The colour of a series, by its meaning.
  public enum Ink {
    ACCENT,
    WRITTEN,
    UNCHANGED,
    REJECTED,
    SKIPPED,
    PENDING;

    /// The name used by the script.
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Figures of one kind, one for each label.
  ///
  /// @param values null where there is nothing to measure
  public record Series(String name, Ink ink, List<@Nullable BigDecimal> values) {
    public Series {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /// A series of counts.
    public static Series of(String name, Ink ink, List<Long> counts) {
      return measured(name, ink, counts.stream().map(BigDecimal::valueOf).toList());
    }

    /// A series without gaps.
    public static Series measured(String name, Ink ink, List<BigDecimal> values) {
      return new Series(name, ink, new ArrayList<@Nullable BigDecimal>(values));
    }
  }

  public ChartData {
    labels = List.copyOf(labels);
    series = List.copyOf(series);
    for (Series one : series) {
      if (one.values().size() != labels.size()) {
        throw new IllegalArgumentException(
            "series '%s' of chart '%s' has %d values for %d labels: give one value per label"
                .formatted(one.name(), id, one.values().size(), labels.size()));
      }
    }
  }
}
