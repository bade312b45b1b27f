package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Reads the values of queries.
final class Queries {

  private Queries() {}

  static int number(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a whole number");
    }
    throw wrong(name, value, "at least 1");
  }

  /// An instant, or the begin of a day (UTC).
  static Instant instant(String name, String value) {
    try {
      return value.indexOf('T') < 0
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw wrong(name, value, "an ISO instant or date");
    }
  }

  static Refusal wrong(String name, String value, String told) {
    return new Refusal(400, "INVALID_QUERY", "%s is %s, not %s".formatted(name, told, value));
  }
}
