package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Option;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.Destination.State;
import dev.entrepot.inbox.delivery.DestinationDraft;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The fields of a destination as forms.
final class DestinationForms {
  private DestinationForms() {}

  static FormView blank(String action) {
    return FormView.of(
            "destination",
            action,
            "Make the destination",
            Field.text("name", "Name")
                .mandatory()
                .placeholder("crm")
                .help("In addresses; it never changes."),
            Field.text("tenant", "Tenant").mandatory().help("Whose events it gets."),
            Field.text("title", "Title").help("For people; its name when left empty."),
            url(),
            topics(),
            connections(),
            secret())
        .cancel("/inbox/destinations");
  }

  static FormView change(Destination destination, String action) {
    return FormView.of(
            "destination",
            action,
            "Save",
            Field.text("title", "Title"),
            Field.text("tenant", "Tenant").mandatory(),
            url(),
            Field.select(
                    "state",
                    "State",
                    Arrays.stream(State.values())
                        .map(state -> new Option(state.name(), Words.of(state)))
                        .toList())
                .mandatory()
                .help("Paused: what is for it is kept. Disabled: what waits is given up."),
            topics(),
            connections())
        .hidden("version", Long.toString(destination.revision()));
  }

  private static Field url() {
    return Field.text("url", "Address").mandatory().placeholder("https://example.com/hooks");
  }

  private static Field topics() {
    return Field.of(Field.Kind.CODE, "topics", "Topics, one a line")
        .help("Such as orders/create, or orders/* for all of them. Empty: all.");
  }

  private static Field connections() {
    return Field.of(Field.Kind.CODE, "connections", "Connections, one a line")
        .help("By which events came. Empty: any.");
  }

  static Field secret() {
    return Field.of(Field.Kind.PASSWORD, "secret", "Secret")
        .autocomplete("off")
        .help("whsec_ and Base64, or env:NAME, or file:/path. Empty: one is made.");
  }

  static Map<String, String> values(Destination destination) {
    return Map.of(
        "title", destination.title(),
        "tenant", destination.tenant(),
        "url", destination.url().toString(),
        "state", destination.state().name(),
        "topics", String.join("\n", destination.topics()),
        "connections", String.join("\n", destination.connections()));
  }

  /// What the form asks for; a field that it does not have is as usual.
  static DestinationDraft draft(String name, Form form) {
    return new DestinationDraft(
        name,
        form.text("tenant").orElse(""),
        form.text("title").orElse(name),
        form.text("url").orElse(""),
        lines(form, "topics"),
        lines(form, "connections"),
        form.text("state").isEmpty() ? State.ENABLED : Read.choice(form, "state", State.class));
  }

  private static List<String> lines(Form form, String name) {
    return form.text(name)
        .orElse("")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
