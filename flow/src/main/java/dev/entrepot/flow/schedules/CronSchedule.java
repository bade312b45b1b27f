package dev.entrepot.flow.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/// Times by the clock and the calendar: minutes, hours, day of month, month, day of week, year.
/// Immutable.
public final class CronSchedule implements Schedule {
  private static final String OPEN = "?";

  private final String text;
  private final BitSet minutes;
  private final BitSet hours;
  private final MonthDays days;
  private final BitSet months;
  private final BitSet years;

  private CronSchedule(String text, String[] fields) {
    this.text = text;
    this.minutes = CronField.MINUTES.values(fields[0]);
    this.hours = CronField.HOURS.values(fields[1]);
    this.months = CronField.MONTH.values(fields[3]);
    boolean monthOpen = fields[2].equals(OPEN);
    if (monthOpen == fields[4].equals(OPEN)) {
      throw new IllegalArgumentException(
          "\"cron(%s)\" needs ? for one of day of month and day of week, and not for both; "
                  .formatted(text)
              + "write cron(0 10 * * ? *) or cron(0 10 ? * MON-FRI *)");
    }
    this.days = monthOpen ? MonthDays.ofWeek(fields[4]) : MonthDays.ofMonth(fields[2]);
    this.years = CronField.YEAR.values(fields[5]);
  }

  static CronSchedule parse(String text) {
    String[] fields = text.toUpperCase(Locale.ROOT).split(" +");
    if (fields.length != 6) {
      throw new IllegalArgumentException(
          "\"cron(%s)\" has %d fields, not 6: minutes, hours, day of month, month, day of week,"
                  .formatted(text, text.isEmpty() ? 0 : fields.length)
              + " year; write for example cron(0 10 * * ? *)");
    }
    return new CronSchedule(text, fields);
  }

  @Override
  public Optional<Instant> next(Instant after, Instant anchor, ZoneId zone) {
    ZonedDateTime start = after.atZone(zone);
    LocalDate date = start.toLocalDate();
    LocalTime from = start.toLocalTime();
    while (date.getYear() <= CronField.YEAR.most()) {
      if (!years.get(date.getYear())) {
        date = LocalDate.of(date.getYear() + 1, 1, 1);
      } else if (!months.get(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
      } else {
        if (days.includes(date)) {
          Optional<Instant> time = on(date, from, zone, after);
          if (time.isPresent()) {
            return time;
          }
        }
        date = date.plusDays(1);
      }
      from = LocalTime.MIN;
    }
    return Optional.empty();
  }

  /// The first time on a day after an instant.
  private Optional<Instant> on(LocalDate date, LocalTime from, ZoneId zone, Instant after) {
    for (int hour = hours.nextSetBit(from.getHour());
        hour >= 0;
        hour = hours.nextSetBit(hour + 1)) {
      for (int minute = minutes.nextSetBit(0);
          minute >= 0;
          minute = minutes.nextSetBit(minute + 1)) {
        LocalDateTime local = date.atTime(hour, minute);
        boolean skipped = zone.getRules().getValidOffsets(local).isEmpty();
        Instant time = local.atZone(zone).toInstant();
        if (!skipped && time.isAfter(after)) {
          return Optional.of(time);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule schedule && schedule.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "cron(" + text + ")";
  }
}
