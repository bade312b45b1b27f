package dev.entrepot.cli.session;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine;

/// Reads a moment given on the command line: a day, or a time with its zone.
public final class Moment implements CommandLine.ITypeConverter<Instant> {
  /// What the help says of the beginning of a stretch of time.
  public static final String FROM =
      "Received at or after: 2027-03-01 (midnight UTC), 2027-03-01T08:00:00Z or"
          + " 2027-03-01T08:00:00+01:00.";

  /// What the help says of its end.
  public static final String TO = "Received before; written like --from.";

  @Override
  public Instant convert(String text) {
    try {
      return text.length() <= "2027-03-01".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new CommandLine.TypeConversionException(
          "\""
              + text
              + "\" is no time; write 2027-03-01 (midnight UTC), 2027-03-01T08:00:00Z or"
              + " 2027-03-01T08:00:00+01:00");
    }
  }
}
