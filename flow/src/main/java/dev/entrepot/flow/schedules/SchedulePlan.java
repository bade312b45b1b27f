package dev.entrepot.flow.schedules;

import dev.entrepot.flow.config.ConfigProblems;
import java.time.Instant;
import java.time.ZoneId;

/// When a client's runs begin by themselves.
///
/// @param expression as AWS writes it: `rate(6 hours)` or `cron(0 10 * * ? *)`
/// @param zone in which clocks are read
public record SchedulePlan(String expression, ZoneId zone, CatchUp catchUp) {

  /// Tells what is wrong: expressions that cannot be read, and those that never fire.
  public void check(String place, Instant now, ConfigProblems problems) {
    try {
      if (schedule().next(now, now, zone).isEmpty()) {
        problems.error(
            place,
            "%s never fires after now".formatted(expression),
            "look at its day, month and year; a month may not have that day");
      }
    } catch (IllegalArgumentException e) {
      problems.error(place, String.valueOf(e.getMessage()), "mend the schedule, or leave it out");
    }
  }

  /// @throws IllegalArgumentException when it cannot be read
  public Schedule schedule() {
    return Schedule.parse(expression);
  }
}
