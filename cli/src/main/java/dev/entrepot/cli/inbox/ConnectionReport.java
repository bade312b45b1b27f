package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What people read of connections and their kinds.
final class ConnectionReport {
  private static final String INDENT = "      ";

  private final Terminal terminal;

  ConnectionReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Sums up the minutes of the intake.
  static ObjectNode intake(JsonNode figures) {
    long accepted = 0;
    long duplicates = 0;
    Map<String, Long> refused = new TreeMap<>();
    for (JsonNode minute : figures.path("intake")) {
      accepted += Values.number(minute, "accepted");
      duplicates += Values.number(minute, "duplicates");
      minute
          .path("refused")
          .properties()
          .forEach(reason -> refused.merge(reason.getKey(), reason.getValue().asLong(), Long::sum));
    }
    ObjectNode intake = Api.object().put("accepted", accepted).put("duplicates", duplicates);
    ObjectNode reasons = intake.putObject("refused");
    refused.forEach(reasons::put);
    return intake;
  }

  /// One connection with its last 24 hours, as people read it.
  static ObjectNode fields(JsonNode connection) {
    ObjectNode fields = Api.object();
    List.of("name", "title", "kind", "tenant", "state", "address", "problem")
        .forEach(name -> putFilled(fields, name, Values.text(connection, name)));
    connection
        .path("settings")
        .properties()
        .forEach(one -> fields.put("setting " + one.getKey(), Values.text(one.getValue())));
    fields.put("largest event", Values.count(connection, "most_body_bytes") + " bytes");
    fields.put(
        "after a dead letter",
        Values.text(connection, "dead_letters").equals("park")
            ? "its key waits for you (park)"
            : "its key goes on (release)");
    fields.put("made", Values.time(connection, "created_at"));
    fields.put("changed", Values.time(connection, "updated_at"));
    fields.put("version", Values.text(connection, "version"));
    fields.put("last 24 hours", words(connection.path("last_24_hours")));
    return fields;
  }

  private static void putFilled(ObjectNode fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  private static String words(JsonNode intake) {
    List<String> refused = new ArrayList<>();
    intake
        .path("refused")
        .properties()
        .forEach(one ->
            refused.add(
                Values.grouped(one.getValue().asLong()) + " " + one.getKey().replace('_', ' ')));
    return Values.count(intake, "accepted")
        + " accepted, "
        + Values.count(intake, "duplicates")
        + (Values.number(intake, "duplicates") == 1 ? " duplicate, " : " duplicates, ")
        + (refused.isEmpty() ? "none refused" : "refused: " + String.join(", ", refused));
  }

  /// How its events come in: those that are not signed are not posted, but fetched.
  static String way(JsonNode connection) {
    return connection.path("secrets").isEmpty() && Values.text(connection, "problem").isEmpty()
        ? ""
        : "; its sender posts to https://(this server's public address)"
            + Values.text(connection, "address");
  }

  /// Says what keeps a connection from working, if anything does.
  void problem(JsonNode connection) {
    String problem = Values.text(connection, "problem");
    if (!problem.isEmpty()) {
      terminal.note("it does not work yet: " + problem);
    }
  }

  void kind(JsonNode kind) {
    terminal.print(Values.text(kind, "kind") + ": " + Values.text(kind, "title"));
    if (kind.path("signed").asBoolean(false)) {
      print("  secret: " + Values.text(kind, "secret_hint"), INDENT);
    }
    for (JsonNode setting : kind.path("settings")) {
      print("  " + Values.text(setting, "name") + "=" + value(setting), INDENT);
      print(INDENT + Values.text(setting, "description"), INDENT);
    }
    terminal.print("");
  }

  private static String value(JsonNode setting) {
    List<String> choices = new ArrayList<>();
    setting.path("choices").forEach(choice -> choices.add(Values.text(choice)));
    String fallback = Values.text(setting, "fallback");
    String chosen = choices.isEmpty() ? "" : String.join("|", choices) + "  ";
    return chosen
        + (setting.path("fallback").isNull()
            ? "(required)"
            : "(default: " + (fallback.isEmpty() ? "nothing" : fallback) + ")");
  }

  /// Breaks a line where the terminal ends.
  private void print(String text, String indent) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split("(?<=\\S) +", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > terminal.columns()) {
        terminal.print(line.toString());
        line = new StringBuilder(indent).append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    terminal.print(line.toString());
  }
}
