package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.inbox.lanes.DeadEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Dead letters narrowed by their state.
final class LetterStates {
  /// Whatever became of them.
  static final String ANY = "any";

  private LetterStates() {}

  /// @return null: any
  static DeadEvent.@Nullable State read(String state) {
    return state.equals(ANY)
        ? null
        : Read.constant(state, DeadEvent.State.class)
            .orElseThrow(() ->
                Refusal.invalid(
                    "state", "“" + state + "” is no state of dead letters; choose one"));
  }

  static Part filter(String path, String table, String state) {
    List<Option> options = new ArrayList<>();
    for (DeadEvent.State one : DeadEvent.State.values()) {
      options.add(new Option(one.name().toLowerCase(Locale.ROOT), InboxWords.state(one).label()));
    }
    options.add(new Option(ANY, "Any state"));
    return new Part.Filters(
        path, table, List.of(Field.select("state", "State", options).mandatory().value(state)));
  }
}
