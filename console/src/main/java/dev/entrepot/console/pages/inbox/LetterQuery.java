package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Which dead letters a page was asked for.
///
/// @param state by name, or any
/// @param code what went wrong; null: anything
record LetterQuery(
    String state,
    @Nullable String connection,
    @Nullable String topic,
    @Nullable String key,
    @Nullable String code) {
  private static final String ANY = "any";

  /// @param usual the state that is meant where none is named; null: any
  static LetterQuery of(Form query, DeadEvent.@Nullable State usual) {
    return new LetterQuery(
        query.text("state").orElse(usual == null ? ANY : name(usual)),
        query.text("connection").orElse(null),
        query.text("topic").orElse(null),
        query.text("key").orElse(null),
        query.text("code").orElse(null));
  }

  private static String name(DeadEvent.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /// Whether nothing is wanted of them but a state.
  boolean plain() {
    return connection == null && topic == null && key == null && code == null;
  }

  /// @param cause null: whatever went wrong
  DeadEventFilter filter(@Nullable String cause) {
    return new DeadEventFilter(connection, topic, key, cause, wanted());
  }

  DeadEvent.@Nullable State wanted() {
    return state.equals(ANY)
        ? null
        : Read.constant(state, DeadEvent.State.class)
            .orElseThrow(() ->
                Refusal.invalid(
                    "state", "“" + state + "” is no state of dead letters; choose one"));
  }

  /// A page of the same letters.
  String address(String path) {
    return Addresses.of(path, "state", state, "connection", connection, "topic", topic, "key", key);
  }

  /// What the page can be narrowed by.
  ///
  /// @param codes what went wrong with those there are; empty: the page is of one cause
  Part filters(Inbox inbox, String path, String table, SortedSet<String> codes) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.select("state", "State", states()).mandatory().value(state));
    fields.add(
        Field.select("connection", "Connection", connections(inbox))
            .mandatory()
            .value(connection == null ? "" : connection));
    fields.add(search("topic", "Topic", "orders/create", topic));
    fields.add(search("key", "Key", "The whole key", key));
    if (!codes.isEmpty()) {
      List<Option> options = new ArrayList<>(List.of(new Option("", "Anything")));
      codes.forEach(one -> options.add(new Option(one, Words.of(one))));
      fields.add(
          Field.select("code", "What went wrong", options)
              .mandatory()
              .value(code == null ? "" : code));
    }
    return new Part.Filters(path, table, fields);
  }

  private static Field search(String name, String label, String example, @Nullable String value) {
    return Field.of(Field.Kind.SEARCH, name, label)
        .placeholder(example)
        .value(value == null ? "" : value);
  }

  private static List<Option> states() {
    List<Option> options = new ArrayList<>();
    for (DeadEvent.State one : DeadEvent.State.values()) {
      options.add(new Option(name(one), InboxWords.state(one).label()));
    }
    options.add(new Option(ANY, "Any state"));
    return options;
  }

  private static List<Option> connections(Inbox inbox) {
    List<Option> options = new ArrayList<>(List.of(new Option("", "Any connection")));
    inbox
        .connections()
        .all()
        .forEach(
            open -> options.add(new Option(open.connection().name(), open.connection().title())));
    return options;
  }
}
