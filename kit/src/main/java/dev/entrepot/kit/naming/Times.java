package dev.entrepot.kit.naming;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/// Times as senders write them.
public final class Times {
  private Times() {}

  /// @param text ISO 8601 with an offset, such as `2026-01-31T09:30:00-05:00`
  /// @return empty when it is none
  public static Optional<Instant> offset(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// @param text as [#offset] has it, or without an offset
  /// @param zone in which it is meant when it has no offset
  public static Optional<Instant> offsetOr(String text, ZoneId zone) {
    return offset(text).or(() -> local(text, zone));
  }

  private static Optional<Instant> local(String text, ZoneId zone) {
    try {
      return Optional.of(
          LocalDateTime.parse(text.strip().replace(' ', 'T')).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
