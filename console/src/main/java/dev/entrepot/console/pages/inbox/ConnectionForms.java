package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Read;
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
import dev.entrepot.spi.feed.FedSourceFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of a connection as forms: those of its kind of sender, and no others.
final class ConnectionForms {
  private static final String REFERENCES =
      "Instead of the value itself: env:NAME of the server's environment, or file:/path.";

  private ConnectionForms() {}

  /// The kind's name for people.
  static String kind(Connections connections, String kind) {
    EventSourceFactory factory = connections.kinds().get(kind);
    return factory == null ? kind : factory.title();
  }

  /// Whether connections of a kind have a secret of their own.
  static boolean secretive(EventSourceFactory kind) {
    return kind.signed() && !(kind instanceof FedSourceFactory);
  }

  static FormView blank(EventSourceFactory kind, String action) {
    FormView form =
        FormView.of("connection", action, "Make the connection")
            .group(
                "Connection",
                null,
                Field.text("name", "Name")
                    .mandatory()
                    .placeholder("shop-eu")
                    .autocomplete("off")
                    .help(
                        kind instanceof FedSourceFactory
                            ? "It never changes."
                            : "The last part of its address; it never changes."),
                Field.text("tenant", "Tenant").mandatory().help("Whose events they are."),
                Field.text("title", "Title").help("For people; its name when left empty."))
            .hidden("kind", kind.kind())
            .cancel("/inbox/new-connection");
    FormView asked = withSettings(form, kind);
    return secretive(kind)
        ? asked.group(
            "Secret",
            Words.sentence(kind.secretHint()),
            secret().help("It can be given later, too. " + REFERENCES))
        : asked;
  }

  /// What stands in a new one's form before anybody typed.
  static Map<String, String> blankValues(EventSourceFactory kind) {
    return SettingFields.values(kind, Map.of());
  }

  static FormView change(Connections connections, InboxConnection connection, String action) {
    EventSourceFactory kind = connections.kinds().get(connection.kind());
    FormView form =
        FormView.of("connection", action, "Save")
            .group(
                "Connection",
                null,
                Field.text("title", "Title"),
                Field.text("tenant", "Tenant").mandatory().help("Whose events they are."),
                Field.select("state", "State", options(State.values()))
                    .mandatory()
                    .help("Paused: events are kept, not handed on. Disabled: they are refused."),
                Field.select(
                        "dead_letters",
                        "When an event is given up, its key",
                        List.of(
                            new Option("RELEASE", "Goes on"),
                            new Option("PARK", "Is parked until somebody releases it")))
                    .mandatory(),
                Field.of(Field.Kind.NUMBER, "most_body_bytes", "Largest body in bytes").mandatory())
            .hidden("kind", connection.kind())
            .hidden("version", Long.toString(connection.revision()));
    return kind == null ? form : withSettings(form, kind);
  }

  private static FormView withSettings(FormView form, EventSourceFactory kind) {
    Field[] fields = SettingFields.of(kind);
    return fields.length == 0 ? form : form.group("Settings", null, fields);
  }

  static FormView rotation(String action) {
    return FormView.of(
        "rotate-secret",
        action,
        "Rotate",
        secret().mandatory().help(REFERENCES),
        Field.of(Field.Kind.NUMBER, "overlap", "Hours the older ones remain valid")
            .mandatory()
            .help("0: deliveries signed with them are refused from now on."));
  }

  static FormView removal(InboxConnection connection, String action) {
    return FormView.of(
            "remove-connection",
            action,
            "Remove the connection",
            Field.text("confirmed", "Its name, to confirm")
                .mandatory()
                .autocomplete("off")
                .placeholder(connection.name()),
            Field.of(Field.Kind.CHECKBOX, "recent", "Even if events came in the last 24 hours"))
        .danger("Remove connection " + connection.name() + "? This cannot be undone.");
  }

  private static Field secret() {
    return Field.of(Field.Kind.PASSWORD, "secret", "Secret").autocomplete("off");
  }

  static Map<String, String> values(Connections connections, InboxConnection connection) {
    Map<String, String> values = new HashMap<>();
    values.put("title", connection.title());
    values.put("tenant", connection.tenant());
    values.put("state", connection.state().name());
    values.put("dead_letters", connection.deadLetters().name());
    values.put("most_body_bytes", Integer.toString(connection.mostBodyBytes()));
    EventSourceFactory kind = connections.kinds().get(connection.kind());
    if (kind != null) {
      values.putAll(SettingFields.values(kind, connection.settings()));
    }
    return values;
  }

  /// What the form asks for; a field that it does not have is as usual.
  static ConnectionDraft draft(Connections connections, String name, Form form) {
    String kind = Read.text(form, "kind");
    EventSourceFactory factory = connections.kinds().get(kind);
    return new ConnectionDraft(
        name,
        Read.text(form, "tenant"),
        kind,
        form.text("title").orElse(name),
        factory == null ? Map.of() : SettingFields.read(factory, form),
        form.text("state").isEmpty() ? State.ENABLED : Read.choice(form, "state", State.class),
        form.text("most_body_bytes").isEmpty()
            ? ConnectionDraft.DEFAULT_MOST_BODY_BYTES
            : (int) Math.min(Read.whole(form, "most_body_bytes"), Integer.MAX_VALUE),
        form.text("dead_letters").isEmpty()
            ? DeadLetterPolicy.RELEASE
            : Read.choice(form, "dead_letters", DeadLetterPolicy.class));
  }

  private static List<Option> options(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> new Option(constant.name(), Words.of(constant)))
        .toList();
  }
}
