package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.CellFormats.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/// The canonical text of numbers and dates of a workbook.
///
/// Numbers are plain: no exponent, no trailing zeros, no tail of binary arithmetic (a spreadsheet
/// keeps 15 digits and shows 19.99 where the file says 19.989999999999998). Dates are ISO 8601.
final class CellText {
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final int LONGEST_NUMBER = 64;
  private static final int LARGEST_EXPONENT = 400;
  private static final double MILLIS_PER_DAY = 86_400_000;
  private static final double LAST_DAY = 2_958_466;
  private static final LocalDate EPOCH_1900 = LocalDate.of(1899, 12, 30);
  private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);

  /// Serial dates before this one are a day late, for 1900 was no leap year and the serials believe
  /// it was.
  private static final int FIRST_OF_MARCH_1900 = 61;

  private final boolean dates1904;

  private final char decimal;

  CellText(boolean dates1904) {
    this(dates1904, '.');
  }

  /// @param decimal the sign before the decimals of numbers
  CellText(boolean dates1904, char decimal) {
    this.dates1904 = dates1904;
    this.decimal = decimal;
  }

  /// The text of the stored number; what is no number is returned as it is.
  String of(String stored, Kind kind) {
    if (kind == Kind.NUMBER) {
      return written(stored);
    }
    double serial;
    try {
      serial = Double.parseDouble(stored);
    } catch (NumberFormatException notANumber) {
      return stored;
    }
    if (!(serial >= 0 && serial < LAST_DAY)) {
      return written(stored);
    }
    return switch (kind) {
      case ELAPSED -> elapsed(serial);
      case TIME -> serial < 1 ? time(serial) : dateTime(serial);
      case DATE, NUMBER -> dateTime(serial);
    };
  }

  private String written(String stored) {
    String plain = number(stored);
    return decimal == '.' ? plain : plain.replace('.', decimal);
  }

  static String number(String stored) {
    if (isShortInteger(stored)) {
      return stored;
    }
    BigDecimal value;
    try {
      if (stored.length() > LONGEST_NUMBER) {
        return stored;
      }
      value = new BigDecimal(stored);
    } catch (NumberFormatException notANumber) {
      return stored;
    }
    if (Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
      return value.signum() == 0 ? "0" : stored;
    }
    boolean verbatim = value.scale() == 0 && stored.indexOf('E') < 0 && stored.indexOf('e') < 0;
    BigDecimal shown = verbatim || value.precision() <= 15 ? value : value.round(SHOWN);
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }

  private static boolean isShortInteger(String stored) {
    if (stored.isEmpty()
        || stored.length() > 15
        || (stored.length() > 1 && stored.charAt(0) == '0')) {
      return false;
    }
    for (int place = 0; place < stored.length(); place++) {
      if (stored.charAt(place) < '0' || stored.charAt(place) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String time(double serial) {
    long millis = Math.round(serial * MILLIS_PER_DAY);
    if (millis >= (long) MILLIS_PER_DAY) {
      return "24:00:00";
    }
    return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(millis * 1_000_000));
  }

  private static String elapsed(double serial) {
    long seconds = Math.round(serial * MILLIS_PER_DAY / 1_000);
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private String dateTime(double serial) {
    long days = (long) Math.floor(serial);
    long millis = Math.round((serial - days) * MILLIS_PER_DAY);
    if (millis >= (long) MILLIS_PER_DAY) {
      days++;
      millis = 0;
    }
    LocalDate epoch =
        dates1904
            ? EPOCH_1904
            : days < FIRST_OF_MARCH_1900 - 1 ? EPOCH_1900.plusDays(1) : EPOCH_1900;
    LocalDate date = epoch.plusDays(days);
    if (millis == 0) {
      return date.toString();
    }
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        date.atTime(LocalTime.ofNanoOfDay(millis * 1_000_000)));
  }
}
