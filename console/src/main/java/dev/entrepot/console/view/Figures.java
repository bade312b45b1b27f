package dev.entrepot.console.view;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;

/// How numbers are written for people: the same everywhere, whatever the server's locale.
public final class Figures {
  private static final long KILO = 1000;
  private static final String[] BYTE_UNITS = {"kB", "MB", "GB", "TB"};

  private Figures() {}

  /// A count with thousands separated: `1,234,567`.
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// A share of a whole in percent with one decimal: `92.9 %`; of nothing, a dash.
  public static String share(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /// A decimal number with thousands separated and its own decimals: `1,234.50`.
  public static String decimal(BigDecimal value) {
    String pattern = "#,##0" + (value.scale() > 0 ? "." + "0".repeat(value.scale()) : "");
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }

  /// A size in decimal units: `812 B`, `4.2 MB`.
  public static String bytes(long bytes) {
    if (bytes < KILO) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= KILO && unit < BYTE_UNITS.length - 1) {
      value /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, BYTE_UNITS[unit]);
  }

  /// How long something took: `340 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
  public static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / (double) KILO);
    }
    if (duration.compareTo(Duration.ofHours(1)) < 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    if (duration.compareTo(Duration.ofDays(1)) < 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toDays() + " d " + duration.toHoursPart() + " h";
  }
}
