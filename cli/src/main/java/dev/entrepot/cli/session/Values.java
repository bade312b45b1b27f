package dev.entrepot.cli.session;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// How the values of an answer are written for people. What is absent is written as nothing.
public final class Values {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ROOT);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z", Locale.ROOT);

  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");

  private Values() {}

  /// A value as text.
  ///
  /// @param path field names, from the outside in
  public static String text(JsonNode node, String... path) {
    JsonNode value = at(node, path);
    return switch (value.getNodeType()) {
      case NULL, MISSING -> "";
      case STRING -> value.stringValue();
      default -> value.toString();
    };
  }

  /// A value for people: a moment as [#second] has it, everything else as text.
  public static String shown(JsonNode value) {
    String text = text(value);
    return MOMENT.matcher(text).matches() ? time(SECOND, text) : text;
  }

  /// A count with its thousands apart.
  public static String count(JsonNode node, String... path) {
    JsonNode value = at(node, path);
    return value.isNumber() ? grouped(value.longValue()) : "";
  }

  public static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// So many of a thing: `1 call`, `1,200 calls`.
  ///
  /// @param thing the word for one, whose plural ends with s
  public static String counted(long count, String thing) {
    return grouped(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /// `yes` for true, nothing for false.
  public static String mark(JsonNode node, String... path) {
    return at(node, path).asBoolean(false) ? "yes" : "";
  }

  /// A moment in this machine's time zone, to the minute, with the zone.
  public static String time(JsonNode node, String... path) {
    return time(TIME, text(node, path));
  }

  /// The same to the second.
  public static String second(JsonNode node, String... path) {
    return time(SECOND, text(node, path));
  }

  private static String time(DateTimeFormatter format, String text) {
    try {
      return text.isEmpty()
          ? ""
          : format.format(Instant.parse(text).atZone(ZoneId.systemDefault()));
    } catch (DateTimeParseException e) {
      // Not an instant: shown as the server wrote it.
      return text;
    }
  }

  public static long number(JsonNode node, String... path) {
    return at(node, path).asLong(0);
  }

  private static JsonNode at(JsonNode node, String... path) {
    JsonNode found = node;
    for (String field : path) {
      found = found.path(field);
    }
    return found;
  }
}
