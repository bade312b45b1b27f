package dev.entrepot.inbox.connections;

import dev.entrepot.inbox.FieldFault;
import dev.entrepot.inbox.connections.ConnectionException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.storage.StorableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  /// @throws ConnectionException INVALID, with all that is wrong
  void require(ConnectionDraft draft) {
    List<FieldFault> faults = new ArrayList<>();
    if (!NAME.matcher(draft.name()).matches()) {
      faults.add(
          new FieldFault(
              "name",
              "a connection cannot be named \""
                  + draft.name()
                  + "\"; take up to 64 small letters, digits and hyphens"));
    }
    if (!TENANT.matcher(draft.tenant()).matches()) {
      faults.add(
          new FieldFault(
              "tenant",
              "\""
                  + draft.tenant()
                  + "\" is no tenant; take up to 100 letters, digits, . _ and -"));
    }
    if (draft.title().isBlank()
        || draft.title().length() > LONGEST_TITLE
        || !StorableText.accepts(draft.title())) {
      faults.add(new FieldFault("title", "give a title of 1 to " + LONGEST_TITLE + " characters"));
    }
    if (draft.mostBodyBytes() < 1 || draft.mostBodyBytes() > MOST_BODY_BYTES) {
      faults.add(
          new FieldFault(
              "mostBodyBytes",
              "deliveries of up to "
                  + draft.mostBodyBytes()
                  + " bytes cannot be taken; give 1 to "
                  + MOST_BODY_BYTES));
    }
    try {
      EventSource _ = open(draft.kind(), draft.settings());
    } catch (ConnectionException e) {
      faults.addAll(e.faults());
    }
    if (!faults.isEmpty()) {
      throw new ConnectionException(faults);
    }
  }

  /// Whether a secret can be one of a kind of sender.
  ///
  /// @throws ConnectionException INVALID
  void requireSecret(String kind, String secret) {
    if (SecretValues.reference(secret) == null && factory(kind) instanceof SecretCheck judge) {
      judge
          .objection(secret)
          .ifPresent(objection -> {
            throw invalid("secret", objection);
          });
    }
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
              + String.join(", ", new TreeSet<>(kinds.keySet())));
    }
    return factory;
  }

  /// @throws ConnectionException INVALID, with all that is wrong
  static Map<String, String> complete(EventSourceFactory factory, Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    List<FieldFault> faults = new ArrayList<>();
    TreeSet<String> unknown = new TreeSet<>(given.keySet());
    for (SettingField field : factory.settings()) {
      unknown.remove(field.name());
      String value = given.getOrDefault(field.name(), field.fallback());
      if (value == null) {
        faults.add(
            fault(field.name(), "setting " + field.name() + " is missing: " + field.description()));
      } else if (!StorableText.accepts(value)
          || (!field.choices().isEmpty() && !field.choices().contains(value))) {
        faults.add(
            fault(
                field.name(),
                "setting "
                    + field.name()
                    + " cannot be \""
                    + value
                    + "\"; take one of: "
                    + String.join(", ", field.choices())));
      } else {
        values.put(field.name(), value);
      }
    }
    unknown.forEach(name -> faults.add(fault(name, unknown(factory, name))));
    if (!faults.isEmpty()) {
      throw new ConnectionException(faults);
    }
    return values;
  }

  private static FieldFault fault(String setting, String message) {
    return new FieldFault("settings." + setting, message);
  }

  private static String unknown(EventSourceFactory factory, String name) {
    List<String> known = factory.settings().stream().map(SettingField::name).sorted().toList();
    return "senders of kind "
        + factory.kind()
        + " have no setting \""
        + name
        + "\"; they have "
        + (known.isEmpty() ? "none" : String.join(", ", known));
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
              + (numbers.isEmpty() ? "; it has none" : "; it has " + words(numbers)));
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

  private static String words(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }

  /// Why there is no such connection.
  ///
  /// @param removed as it was; empty: it never was
  static ConnectionException absent(String name, Optional<InboxConnection> removed) {
    return removed.isEmpty()
        ? new ConnectionException(
            Code.NOT_FOUND,
            "name",
            "there is no connection \"" + name + "\"; their names: entrepot connection list")
        : new ConnectionException(
            Code.REMOVED,
            "name",
            "connection %s was removed%s; its events are kept till they are past the retention"
                .formatted(name, since(removed.get())));
  }

  static ConnectionException taken(Optional<InboxConnection> present, String name) {
    boolean removed = present.map(InboxConnection::removedAt).isPresent();
    return new ConnectionException(
        Code.CONFLICT,
        "name",
        removed
            ? "connection %s was removed%s, and its name is not free before its events are past the"
                    .formatted(name, since(present.orElseThrow()))
                + " retention; take another name"
            : "connection " + name + " exists already; change it, or take another name");
  }

  private static String since(InboxConnection removed) {
    Instant at = removed.removedAt();
    return at == null ? "" : " at " + at.truncatedTo(ChronoUnit.SECONDS);
  }
}
