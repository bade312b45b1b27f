package dev.entrepot.flow.clients;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: `90s`, `5m`, `6 hours`, or as ISO 8601 does: `PT5M`.
final class TimeText {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) *([a-z]+)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "second", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "minute", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "hour", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "day", Duration.ofDays(1));

  private TimeText() {}

  static Optional<Duration> read(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (form.matches()) {
      String word = form.group(2);
      String unit =
          word.length() > 1 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
      return Optional.ofNullable(UNITS.get(unit))
          .map(one -> one.multipliedBy(Long.parseLong(form.group(1))));
    }
    try {
      Duration duration = Duration.parse(text.strip());
      return duration.isNegative() ? Optional.empty() : Optional.of(duration);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static String write(Duration duration) {
    if (duration.toSeconds() * 1000 != duration.toMillis() || duration.isZero()) {
      return duration.toString();
    }
    long seconds = duration.toSeconds();
    if (seconds % 86400 == 0) {
      return seconds / 86400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
