package dev.entrepot.console.pages.mending;

import dev.entrepot.console.pages.shell.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Row numbers as people write them: `12, 15-20`.
final class RowNumbers {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,12})(?:\\s*[-–]\\s*(\\d{1,12}))?");
  private static final int MOST = 10_000;

  private RowNumbers() {}

  /// @throws dev.entrepot.onboarding.OnboardingException INVALID, for the field `rows`
  static List<Long> parse(String text) {
    List<Long> numbers = new ArrayList<>();
    for (String part : text.split("[,;\\s]+(?![-–])", -1)) {
      if (part.isBlank()) {
        continue;
      }
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw Refusal.invalid(
            "rows", "“" + part.strip() + "” is not a row; write numbers and ranges: 12, 15-20");
      }
      long first = Long.parseLong(range.group(1));
      long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
      if (last < first || last - first >= MOST || numbers.size() + last - first >= MOST) {
        throw Refusal.invalid(
            "rows", "“" + part.strip() + "” names too many rows; name at most " + MOST);
      }
      for (long number = first; number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
