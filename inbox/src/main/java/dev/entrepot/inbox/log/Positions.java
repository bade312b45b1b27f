package dev.entrepot.inbox.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Places in the log. A position is a `long`: above, the number of its slice; below, in 40 bits, a
/// counter within it. Positions grow in the order of arrival and have gaps. People see them as
/// `slice-counter`, both decimal, such as `20778-1234`.
public final class Positions {
  private static final int COUNTER_BITS = 40;
  private static final long MOST_COUNTER = (1L << COUNTER_BITS) - 1;
  private static final int MOST_SLICE = (1 << (63 - COUNTER_BITS)) - 1;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,7})-(\\d{1,13})");

  private Positions() {}

  /// The slice a position is in.
  public static int slice(long position) {
    return (int) (position >>> COUNTER_BITS);
  }

  /// The place before the first event of a slice; nothing is ever at it.
  public static long start(int slice) {
    return (long) slice << COUNTER_BITS;
  }

  /// As people see it.
  public static String text(long position) {
    return slice(position) + "-" + (position & MOST_COUNTER);
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException for anything else; the message is for people
  public static long parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      long slice = Long.parseLong(matcher.group(1));
      long counter = Long.parseLong(matcher.group(2));
      if (slice <= MOST_SLICE && counter <= MOST_COUNTER) {
        return slice << COUNTER_BITS | counter;
      }
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is no position of an event; positions look like 20778-1234");
  }
}
