package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.json.JsonProbe;
import dev.entrepot.spi.event.Delivery;
import java.util.Optional;

/// Where in a delivery a text stands.
sealed interface Place {

  /// A header.
  record Header(String name) implements Place {}

  /// A place in the body.
  ///
  /// @param text the JSON Pointer
  record Pointer(String text, JsonProbe probe) implements Place {}

  /// Nowhere: the sender does not say.
  record Nowhere() implements Place {}

  /// @param text a JSON Pointer, which begins with a slash, or a header's name, or nothing
  static Place parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return new Nowhere();
    }
    return stripped.startsWith("/")
        ? new Pointer(stripped, JsonProbe.of(stripped))
        : new Header(stripped);
  }

  /// Whether the sender says it at all.
  default boolean isSomewhere() {
    return !(this instanceof Nowhere);
  }

  /// For people.
  default String words() {
    return switch (this) {
      case Header(String name) -> "in header " + name;
      case Pointer(String text, _) -> "at " + text + " in the body";
      case Nowhere() -> "anywhere";
    };
  }

  /// What stands there, unless it is blank.
  default Optional<String> find(Delivery delivery) {
    return switch (this) {
      case Header(String name) ->
          delivery.headers().first(name).map(String::strip).filter(text -> !text.isEmpty());
      case Pointer(_, JsonProbe probe) -> probe.find(delivery.body()).text(0);
      case Nowhere() -> Optional.empty();
    };
  }
}
