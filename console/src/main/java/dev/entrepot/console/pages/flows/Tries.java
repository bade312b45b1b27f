package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.clients.ClientReach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What both sides of a client answered when they were tried, for people and forms.
final class Tries {
  private Tries() {}

  /// How a side took it.
  record Tried(ClientKind.Side side, ClientReach.Reached reached) {
    boolean well() {
      return reached.well();
    }

    /// What is the matter with a side that did not let us in.
    String matter() {
      return side.title()
          + switch (reached.code()) {
            case null -> ": " + reached.problem();
            case DENIED -> " refuses the credentials";
            case UNAVAILABLE, RESTING -> " cannot be reached";
            case REFUSED, THROTTLED, FAULT -> " does not answer as it should";
          };
    }

    /// Which field is at fault, as far as can be told; empty: none by itself.
    String place() {
      return switch (reached.code()) {
        case null -> "";
        case DENIED ->
            side.secrets().stream()
                .filter(field -> field.mandatory() && field.secret())
                .map(field -> side.secret(field.name()))
                .findFirst()
                .orElse("");
        case REFUSED, THROTTLED, UNAVAILABLE, RESTING, FAULT -> side.address();
      };
    }
  }

  /// Credentials with parts within parts, as connectors read them.
  static Map<String, @Nullable Object> nested(Map<String, String> flat) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    flat.forEach((name, value) -> nest(tree, name, value));
    return tree;
  }

  @SuppressWarnings("unchecked") // Only maps made here are below a name with a point.
  private static void nest(Map<String, @Nullable Object> tree, String name, String value) {
    int point = name.indexOf('.');
    if (point < 0) {
      tree.put(name, value);
      return;
    }
    Object inner =
        tree.computeIfAbsent(
            name.substring(0, point), _ -> new LinkedHashMap<String, @Nullable Object>());
    if (inner instanceof Map<?, ?> map) {
      nest((Map<String, @Nullable Object>) map, name.substring(point + 1), value);
    }
  }

  /// What both sides answered, for people.
  static List<Part> parts(List<ClientReach.Reached> answers) {
    List<Part> parts = new ArrayList<>();
    for (ClientReach.Reached answer : answers) {
      parts.add(part(answer));
      String warning = answer.warning();
      if (warning != null) {
        parts.add(new Part.Message(Tone.WARN, Words.sentence(warning), null));
      }
    }
    return parts;
  }

  private static Part part(ClientReach.Reached reached) {
    String problem = reached.problem();
    if (problem != null) {
      return new Part.Message(Tone.BAD, named(reached, Words.sentence(problem)), null);
    }
    String told = String.join(" ", reached.told().stream().map(Words::sentence).toList());
    return new Part.Message(
        Tone.GOOD,
        named(reached, told.isEmpty() ? reached.title() + " can be reached and lets us in." : told),
        null);
  }

  /// What systems say mostly begins with their name.
  private static String named(ClientReach.Reached reached, String text) {
    return text.startsWith(reached.title().split(" ", 2)[0]) ? text : reached.title() + ": " + text;
  }
}
