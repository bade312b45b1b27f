package dev.entrepot.flow.schedules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Each time after so long, counted from the anchor.
///
/// @param period at least a minute
public record RateSchedule(Duration period) implements Schedule {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) +([a-z]+)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "minute", Duration.ofMinutes(1),
          "hour", Duration.ofHours(1),
          "day", Duration.ofDays(1));

  public RateSchedule {
    if (period.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("a rate is at least a minute, not " + period);
    }
  }

  static RateSchedule parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\"rate(%s)\" is no rate; write a number and a unit, such as rate(6 hours)"
              .formatted(text));
    }
    int value = Integer.parseInt(form.group(1));
    String word = form.group(2);
    Duration unit = UNITS.get(word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
    if (unit == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no unit of a rate; write minutes, hours or days".formatted(word));
    }
    if (value == 0) {
      throw new IllegalArgumentException(
          "\"rate(%s)\" never fires; write 1 or more".formatted(text));
    }
    if (word.endsWith("s") == (value == 1)) {
      throw new IllegalArgumentException(
          "\"rate(%s)\" is not how it is written; write rate(%d %s)"
              .formatted(
                  text, value, value == 1 ? word.substring(0, word.length() - 1) : word + "s"));
    }
    return new RateSchedule(unit.multipliedBy(value));
  }

  @Override
  public Optional<Instant> next(Instant after, Instant anchor, ZoneId zone) {
    if (after.isBefore(anchor)) {
      return Optional.of(anchor.plus(period));
    }
    long passed = Duration.between(anchor, after).dividedBy(period);
    return Optional.of(anchor.plus(period.multipliedBy(passed + 1)));
  }
}
