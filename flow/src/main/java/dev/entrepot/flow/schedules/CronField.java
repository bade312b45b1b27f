package dev.entrepot.flow.schedules;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// One of a cron expression's fields: its name and the values it may have.
enum CronField {
  MINUTES("minutes", 0, 59, ""),
  HOURS("hours", 0, 23, ""),
  DAY_OF_MONTH("day of month", 1, 31, ""),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  /// 1 is Sunday.
  DAY_OF_WEEK("day of week", 1, 7, "SUN MON TUE WED THU FRI SAT"),
  YEAR("year", 1970, 2199, "");

  private final String title;
  private final int least;
  private final int most;

  /// In the order of their numbers, with spaces between them.
  private final String names;

  CronField(String title, int least, int most, String names) {
    this.title = title;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /// The values of a list of values, ranges and steps.
  BitSet values(String text) {
    var values = new BitSet();
    for (String part : text.split(",", -1)) {
      add(part, values);
    }
    return values;
  }

  private void add(String part, BitSet values) {
    int slash = part.indexOf('/');
    String range = slash < 0 ? part : part.substring(0, slash);
    int step = slash < 0 ? 1 : number(part.substring(slash + 1), part);
    if (step < 1 || step > most) {
      throw fault(part, "steps are from 1 to " + most);
    }
    int dash = range.indexOf('-');
    int first;
    int last;
    if (range.equals("*")) {
      first = least;
      last = most;
    } else if (dash > 0) {
      first = value(range.substring(0, dash), part);
      last = value(range.substring(dash + 1), part);
    } else {
      first = value(range, part);
      last = slash < 0 ? first : most;
    }
    if (first > last) {
      throw fault(part, "a range goes from the smaller to the larger");
    }
    for (int value = first; value <= last; value += step) {
      values.set(value);
    }
  }

  /// A single value, by number or name.
  int value(String text, String part) {
    int name = List.of(names.split(" ", -1)).indexOf(text.toUpperCase(Locale.ROOT));
    if (text.isEmpty()) {
      throw fault(part, "a value is missing");
    }
    int value = name >= 0 ? name + 1 : number(text, part);
    if (value < least || value > most) {
      throw fault(part, "values are from %d to %d".formatted(least, most));
    }
    return value;
  }

  private int number(String text, String part) {
    if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(Character::isDigit)) {
      throw fault(part, "\"%s\" cannot be understood".formatted(text));
    }
    return Integer.parseInt(text);
  }

  IllegalArgumentException fault(String part, String why) {
    return new IllegalArgumentException(
        "\"%s\" cannot stand for the %s of a cron expression: %s".formatted(part, title, why));
  }
}
