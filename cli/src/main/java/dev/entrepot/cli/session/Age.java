package dev.entrepot.cli.session;

import java.time.Duration;
import java.time.Instant;

/// How long ago something was, in the largest unit that fits: `12s`, `5m`, `3h`, `2d`.
public final class Age {
  private Age() {}

  /// @param moment as the API writes it, or nothing
  public static String of(String moment, Instant now) {
    return moment.isEmpty() ? "" : of(Duration.between(Instant.parse(moment), now));
  }

  private static String of(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }
}
