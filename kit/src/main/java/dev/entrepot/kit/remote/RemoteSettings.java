package dev.entrepot.kit.remote;

import dev.entrepot.spi.event.SettingField;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How another system is called: the settings that all connectors have.
///
/// @param connect how long it may take to let itself be connected to
/// @param answer how long the whole answer may take from then on
/// @param largestAnswer in bytes; of larger ones only the beginning is read
/// @param breaker after how many calls in a row without an answer, or with the answer that it
///   cannot now, the system is left alone for a while; 0: never
public record RemoteSettings(Duration connect, Duration answer, int largestAnswer, int breaker) {
  public static final String CONNECT_TIMEOUT = "connect-timeout";
  public static final String ANSWER_TIMEOUT = "answer-timeout";
  public static final String LARGEST_ANSWER = "largest-answer";
  public static final String BREAKER_FAILURES = "breaker-failures";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,4}");
  private static final int MEGABYTE = 1 << 20;

  public RemoteSettings {
    if (connect.isZero() || connect.isNegative() || answer.isZero() || answer.isNegative()) {
      throw new IllegalArgumentException(
          "%s and %s must be longer than nothing".formatted(CONNECT_TIMEOUT, ANSWER_TIMEOUT));
    }
    if (largestAnswer < 1) {
      throw new IllegalArgumentException(LARGEST_ANSWER + " is at least 1");
    }
  }

  /// For [#of]; a connector adds its own.
  public static List<SettingField> fields() {
    return List.of(
        new SettingField(
            CONNECT_TIMEOUT,
            "how long the system may take to let itself be connected to: a number with ms, s or m",
            "10s",
            List.of()),
        new SettingField(
            ANSWER_TIMEOUT,
            "how long the system may take for a whole answer: a number with ms, s or m",
            "60s",
            List.of()),
        new SettingField(
            LARGEST_ANSWER,
            "the largest answer that is read, in megabytes, 1 to 1024",
            "32",
            List.of()),
        new SettingField(
            BREAKER_FAILURES,
            "after how many calls in a row that the system did not answer it is left alone for a"
                + " while; 0: never",
            "5",
            List.of()));
  }

  /// Those of a connector's settings that say which account it is, or how it speaks, and not only
  /// how patiently it is called.
  public static Map<String, String> identifying(Map<String, String> values) {
    Map<String, String> rest = new TreeMap<>(values);
    fields().forEach(field -> rest.remove(field.name()));
    return rest;
  }

  /// @param values by name, fallbacks filled in
  /// @throws IllegalArgumentException when one is missing or not allowed
  public static RemoteSettings of(Map<String, String> values) {
    return new RemoteSettings(
        duration(values, CONNECT_TIMEOUT),
        duration(values, ANSWER_TIMEOUT),
        count(values, LARGEST_ANSWER, 1, 1_024) * MEGABYTE - 1,
        count(values, BREAKER_FAILURES, 0, 1_000));
  }

  /// A setting that is a whole number.
  ///
  /// @throws IllegalArgumentException when it is missing, none, or out of bounds
  public static int count(Map<String, String> values, String name, int least, int most) {
    String text = values.getOrDefault(name, "").strip();
    if (COUNT.matcher(text).matches()) {
      int count = Integer.parseInt(text);
      if (count >= least && count <= most) {
        return count;
      }
    }
    throw new IllegalArgumentException(
        "setting %s cannot be \"%s\"; give a whole number from %d to %d"
            .formatted(name, text, least, most));
  }

  private static Duration duration(Map<String, String> values, String name) {
    String text = values.getOrDefault(name, "").strip();
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "setting %s cannot be \"%s\"; give a number with ms, s or m, such as 30s"
              .formatted(name, text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
