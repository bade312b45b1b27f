package dev.entrepot.flow.schedules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/// Which days of a month a cron expression means, by the day of the month or of the week.
final class MonthDays {
  private final List<Function<YearMonth, BitSet>> rules = new ArrayList<>();

  private MonthDays() {}

  /// `15`, `1-5`, `L` the last day, `LW` its last weekday, `15W` the weekday nearest to the 15th.
  static MonthDays ofMonth(String text) {
    var days = new MonthDays();
    CronField field = CronField.DAY_OF_MONTH;
    for (String part : text.split(",", -1)) {
      if (part.equals("L")) {
        days.rules.add(month -> one(month.lengthOfMonth()));
      } else if (part.equals("LW")) {
        days.rules.add(month -> one(weekday(month, month.lengthOfMonth())));
      } else if (part.endsWith("W")) {
        int day = field.value(part.substring(0, part.length() - 1), part);
        // A month that does not have the day does not have its nearest weekday.
        days.rules.add(
            month -> day > month.lengthOfMonth() ? new BitSet() : one(weekday(month, day)));
      } else {
        BitSet values = field.values(part);
        days.rules.add(_ -> values);
      }
    }
    return days;
  }

  /// `MON`, `2-6`, `L` the seventh day, `6L` the month's last Friday, `6#3` its third.
  static MonthDays ofWeek(String text) {
    var days = new MonthDays();
    CronField field = CronField.DAY_OF_WEEK;
    for (String part : text.split(",", -1)) {
      int hash = part.indexOf('#');
      if (hash > 0) {
        int day = field.value(part.substring(0, hash), part);
        String number = part.substring(hash + 1);
        if (!number.matches("[1-5]")) {
          throw field.fault(part, "the number after # is from 1 to 5");
        }
        days.rules.add(month -> nth(month, day, Integer.parseInt(number)));
      } else if (part.length() > 1 && part.endsWith("L")) {
        int day = field.value(part.substring(0, part.length() - 1), part);
        days.rules.add(month -> last(month, day));
      } else {
        BitSet values = part.equals("L") ? one(7) : field.values(part);
        days.rules.add(month -> weekly(month, values));
      }
    }
    return days;
  }

  boolean includes(LocalDate date) {
    YearMonth month = YearMonth.from(date);
    return rules.stream().anyMatch(rule -> rule.apply(month).get(date.getDayOfMonth()));
  }

  private static BitSet one(int day) {
    var days = new BitSet();
    days.set(day);
    return days;
  }

  /// The nearest day from Monday to Friday in the same month.
  private static int weekday(YearMonth month, int day) {
    return switch (month.atDay(day).getDayOfWeek()) {
      case SATURDAY -> day == 1 ? 3 : day - 1;
      case SUNDAY -> day == month.lengthOfMonth() ? day - 2 : day + 1;
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
    };
  }

  private static BitSet nth(YearMonth month, int dayOfWeek, int number) {
    int first = 1 + Math.floorMod(dayOfWeek - number(month.atDay(1).getDayOfWeek()), 7);
    int day = first + 7 * (number - 1);
    return day > month.lengthOfMonth() ? new BitSet() : one(day);
  }

  private static BitSet last(YearMonth month, int dayOfWeek) {
    int length = month.lengthOfMonth();
    return one(length - Math.floorMod(number(month.atEndOfMonth().getDayOfWeek()) - dayOfWeek, 7));
  }

  private static BitSet weekly(YearMonth month, BitSet daysOfWeek) {
    var days = new BitSet();
    for (int day = 1; day <= month.lengthOfMonth(); day++) {
      days.set(day, daysOfWeek.get(number(month.atDay(day).getDayOfWeek())));
    }
    return days;
  }

  /// As AWS counts them: Sunday is 1.
  private static int number(DayOfWeek day) {
    return day.getValue() % 7 + 1;
  }
}
