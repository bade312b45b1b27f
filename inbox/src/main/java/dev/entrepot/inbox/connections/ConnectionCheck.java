package dev.entrepot.inbox.connections;

import dev.entrepot.inbox.connections.ConnectionException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.storage.StorableText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a connection may be.
final class ConnectionCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int LONGEST_TITLE = 200;
  private static final int MOST_BODY_BYTES = 64 << 20;

  private final Map<String, EventSourceFactory> kinds;

  ConnectionCheck(Map<String, EventSourceFactory> kinds) {
    this.kinds = Map.copyOf(kinds);
  }

  /// @throws ConnectionException INVALID
  void require(ConnectionDraft draft) {
    if (!NAME.matcher(draft.name()).matches()) {
      throw invalid(
          "name",
          "a connection cannot be named \""
              + draft.name()
              + "\"; take up to 64 small letters, digits and hyphens");
    }
    if (!TENANT.matcher(draft.tenant()).matches()) {
      throw invalid(
          "tenant",
          "\"" + draft.tenant() + "\" is no tenant; take up to 100 letters, digits, . _ and -");
    }
    if (draft.title().isBlank()
        || draft.title().length() > LONGEST_TITLE
        || !StorableText.accepts(draft.title())) {
      throw invalid("title", "give a title of 1 to " + LONGEST_TITLE + " characters");
    }
    if (draft.mostBodyBytes() < 1 || draft.mostBodyBytes() > MOST_BODY_BYTES) {
      throw invalid(
          "mostBodyBytes",
          "deliveries of up to "
              + draft.mostBodyBytes()
              + " bytes cannot be taken; give 1 to "
              + MOST_BODY_BYTES);
    }
    EventSource _ = open(draft.kind(), draft.settings());
  }

  /// Opens a source with settings whose fallbacks are filled in.
  ///
  /// @throws ConnectionException INVALID
  EventSource open(String kind, Map<String, String> settings) {
    EventSourceFactory factory = factory(kind);
    Map<String, String> values = complete(factory, settings);
    try {
      return factory.open(values);
    } catch (IllegalArgumentException e) {
      throw invalid("settings", String.valueOf(e.getMessage()));
    }
  }

  EventSourceFactory factory(String kind) {
    EventSourceFactory factory = kinds.get(kind);
    if (factory == null) {
      throw invalid(
          "kind",
          "no sender of kind \""
              + kind
              + "\" is known; there are "
              + new TreeSet<>(kinds.keySet()));
    }
    return factory;
  }

  /// @throws ConnectionException INVALID
  static Map<String, String> complete(EventSourceFactory factory, Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    TreeSet<String> unknown = new TreeSet<>(given.keySet());
    for (SettingField field : factory.settings()) {
      unknown.remove(field.name());
      String value = given.getOrDefault(field.name(), field.fallback());
      if (value == null) {
        throw invalid(
            "settings." + field.name(),
            "setting " + field.name() + " is missing: " + field.description());
      }
      if (!StorableText.accepts(value)
          || (!field.choices().isEmpty() && !field.choices().contains(value))) {
        throw invalid(
            "settings." + field.name(),
            "setting " + field.name() + " cannot be \"" + value + "\"; take of " + field.choices());
      }
      values.put(field.name(), value);
    }
    if (!unknown.isEmpty()) {
      throw invalid(
          "settings." + unknown.first(),
          "senders of kind " + factory.kind() + " have no settings " + unknown);
    }
    return values;
  }

  static ConnectionException invalid(String field, String message) {
    return new ConnectionException(Code.INVALID, field, message);
  }

  /// Refuses to drop a secret that is not there, or the newest.
  static void requireOlder(InboxConnection connection, int number) {
    List<Integer> numbers = connection.secrets().stream().map(SecretState::number).toList();
    if (!numbers.contains(number)) {
      throw new ConnectionException(
          Code.NOT_FOUND,
          "number",
          "connection "
              + connection.name()
              + " has no secret "
              + number
              + (numbers.isEmpty() ? "; it has none" : "; it has " + numbers));
    }
    if (numbers.getFirst() == number) {
      throw new ConnectionException(
          Code.CONFLICT,
          "number",
          "secret "
              + number
              + " is the newest of connection "
              + connection.name()
              + "; rotate it with no overlap, or disable the connection");
    }
  }
}
