package dev.entrepot.flow.schedules;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When something happens again and again, in the form that AWS EventBridge has: `rate(6 hours)` or
/// `cron(0 10 ? * MON-FRI *)`. Immutable.
///
/// [Form of
/// AWS](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html)
public sealed interface Schedule permits RateSchedule, CronSchedule {

  /// The first time after an instant; nothing: never again.
  ///
  /// @param anchor from which rates are counted, such as when the schedule was set
  /// @param zone in which clocks are read; a time that a clock skips does not happen, one that it
  ///   shows twice happens once
  Optional<Instant> next(Instant after, Instant anchor, ZoneId zone);

  /// The next few times.
  default List<Instant> next(Instant after, Instant anchor, ZoneId zone, int count) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> time = next(after, anchor, zone);
    while (time.isPresent() && times.size() < count) {
      times.add(time.get());
      time = next(time.get(), anchor, zone);
    }
    return times;
  }

  /// @throws IllegalArgumentException saying what is wrong and how it is written
  static Schedule parse(String text) {
    String plain = text.strip();
    if (plain.startsWith("rate(") && plain.endsWith(")")) {
      return RateSchedule.parse(plain.substring(5, plain.length() - 1).strip());
    }
    if (plain.startsWith("cron(") && plain.endsWith(")")) {
      return CronSchedule.parse(plain.substring(5, plain.length() - 1).strip());
    }
    throw new IllegalArgumentException(
        "\"%s\" is no schedule; write rate(6 hours) or cron(0 10 * * ? *)".formatted(text));
  }
}
