package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Option;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.InboxConnection.DeadLetterPolicy;
import dev.entrepot.inbox.connections.InboxConnection.State;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SettingField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of a connection as forms.
final class ConnectionForms {
  private static final String SETTINGS = "settings";

  private ConnectionForms() {}

  /// The kind's name for people.
  static String kind(Connections connections, String kind) {
    EventSourceFactory factory = connections.kinds().get(kind);
    return factory == null ? kind : factory.title();
  }

  static FormView blank(Connections connections, String action) {
    List<Option> kinds =
        connections.kinds().values().stream()
            .sorted(Comparator.comparing(EventSourceFactory::title))
            .map(kind -> new Option(kind.kind(), kind.title()))
            .toList();
    return FormView.of(
            "connection",
            action,
            "Make the connection",
            Field.text("name", "Name")
                .mandatory()
                .placeholder("shop-eu")
                .help("The last part of its address; it never changes."),
            Field.select("kind", "Sender", kinds).mandatory(),
            Field.text("tenant", "Tenant").mandatory().help("Whose events they are."),
            Field.text("title", "Title").help("For people; its name when left empty."),
            settings(help(connections)),
            secret().help("Or env:NAME, or file:/path. It can be given later."))
        .cancel("/inbox/connections");
  }

  static FormView change(Connections connections, InboxConnection connection, String action) {
    EventSourceFactory factory = connections.kinds().get(connection.kind());
    return FormView.of(
            "connection",
            action,
            "Save",
            Field.text("title", "Title"),
            Field.text("tenant", "Tenant").mandatory(),
            Field.select("state", "State", options(State.values())).mandatory(),
            Field.select(
                    "dead_letters",
                    "When an event is given up, its key",
                    List.of(
                        new Option("RELEASE", "Goes on"),
                        new Option("PARK", "Is parked until somebody releases it")))
                .mandatory(),
            Field.of(Field.Kind.NUMBER, "most_body_bytes", "Largest body in bytes").mandatory(),
            settings(factory == null ? "" : help(factory)))
        .hidden("kind", connection.kind())
        .hidden("version", Long.toString(connection.revision()));
  }

  static Field secret() {
    return Field.of(Field.Kind.PASSWORD, "secret", "Secret").autocomplete("off");
  }

  static Map<String, String> values(InboxConnection connection) {
    List<String> settings = new ArrayList<>();
    connection.settings().forEach((name, value) -> settings.add(name + "=" + value));
    settings.sort(Comparator.naturalOrder());
    return Map.of(
        "title",
        connection.title(),
        "tenant",
        connection.tenant(),
        "state",
        connection.state().name(),
        "dead_letters",
        connection.deadLetters().name(),
        "most_body_bytes",
        Integer.toString(connection.mostBodyBytes()),
        SETTINGS,
        String.join("\n", settings));
  }

  /// What the form asks for; a field that it does not have is as usual.
  static ConnectionDraft draft(String name, Form form) {
    return new ConnectionDraft(
        name,
        Read.text(form, "tenant"),
        Read.text(form, "kind"),
        form.text("title").orElse(name),
        settings(form),
        form.text("state").isEmpty() ? State.ENABLED : Read.choice(form, "state", State.class),
        form.text("most_body_bytes").isEmpty()
            ? ConnectionDraft.DEFAULT_MOST_BODY_BYTES
            : (int) Math.min(Read.whole(form, "most_body_bytes"), Integer.MAX_VALUE),
        form.text("dead_letters").isEmpty()
            ? DeadLetterPolicy.RELEASE
            : Read.choice(form, "dead_letters", DeadLetterPolicy.class));
  }

  private static Map<String, String> settings(Form form) {
    Map<String, String> settings = new HashMap<>();
    for (String line : form.text(SETTINGS).orElse("").lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        settings.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else if (!line.isBlank()) {
        throw Refusal.invalid(SETTINGS, "“" + line.strip() + "” is no setting; write name=value");
      }
    }
    return settings;
  }

  private static Field settings(String help) {
    return Field.of(Field.Kind.CODE, SETTINGS, "Settings, one name=value a line").help(help);
  }

  private static String help(Connections connections) {
    List<String> said = new ArrayList<>();
    for (EventSourceFactory kind : connections.kinds().values()) {
      if (!kind.settings().isEmpty()) {
        said.add(kind.title() + ": " + help(kind));
      }
    }
    said.sort(Comparator.naturalOrder());
    return said.isEmpty() ? "There are none." : String.join(" ", said);
  }

  private static String help(EventSourceFactory kind) {
    List<String> said = new ArrayList<>();
    for (SettingField field : kind.settings()) {
      said.add(
          field.name()
              + " ("
              + field.description()
              + (field.fallback() == null ? ", needed" : "")
              + ")");
    }
    return said.isEmpty() ? "There are none." : String.join(", ", said) + ".";
  }

  private static List<Option> options(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> new Option(constant.name(), Words.of(constant)))
        .toList();
  }
}
