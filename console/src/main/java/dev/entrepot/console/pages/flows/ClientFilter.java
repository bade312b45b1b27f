package dev.entrepot.console.pages.flows;

import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Option;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.Clients;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which clients are looked for.
///
/// @param text in the id or name; empty: any
/// @param last what became of the last run, in lower case, or [#PROBLEM] or [#NEVER]; empty: any
record ClientFilter(String text, String last, @Nullable String product, @Nullable Boolean enabled) {
  private static final String PROBLEM = "problem";
  private static final String NEVER = "never";
  private static final int STRETCH = 500;

  static ClientFilter of(Form query) {
    return new ClientFilter(
        query.text("q").orElse("").toLowerCase(Locale.ROOT),
        query.text("last").orElse(""),
        query.text("product_type").orElse(null),
        query.text("enabled").map(Boolean::valueOf).orElse(null));
  }

  boolean any() {
    return text.isEmpty() && last.isEmpty() && product == null && enabled == null;
  }

  /// The fields that ask for it before those for product and state.
  List<Field> fields() {
    List<Option> outcomes = new ArrayList<>();
    outcomes.add(new Option("", "Any"));
    outcomes.add(new Option(PROBLEM, "With a problem"));
    for (RunState state : RunState.values()) {
      outcomes.add(
          new Option(state.name().toLowerCase(Locale.ROOT), FlowWords.state(state).label()));
    }
    outcomes.add(new Option(NEVER, "None yet"));
    return List.of(
        Field.of(Field.Kind.SEARCH, "q", "Client").placeholder("ID or name").value(text),
        Field.select("last", "Last run", outcomes).mandatory().value(last));
  }

  /// A page of those that are looked for, by id.
  ///
  /// @param problem whether something is wrong with a client or its last run
  Page<Client> page(
      Exchange exchange,
      Clients clients,
      @Nullable String cursor,
      Function<Client, Optional<Run>> latest,
      Predicate<Client> problem) {
    int size = exchange.pageSize();
    if (text.isEmpty() && last.isEmpty()) {
      return clients.list(enabled, product, cursor, size);
    }
    List<Client> found = new ArrayList<>();
    String from = cursor;
    do {
      Page<Client> stretch = clients.list(enabled, product, from, STRETCH);
      stretch.items().stream()
          .filter(client -> named(client) && ended(client, latest.apply(client), problem))
          .forEach(found::add);
      from = stretch.next();
    } while (from != null && found.size() <= size);
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), found.get(size - 1).config().id());
  }

  private boolean named(Client client) {
    return client.config().id().toLowerCase(Locale.ROOT).contains(text)
        || client.config().name().toLowerCase(Locale.ROOT).contains(text);
  }

  private boolean ended(Client client, Optional<Run> run, Predicate<Client> problem) {
    return switch (last) {
      case "" -> true;
      case PROBLEM -> problem.test(client);
      case NEVER -> run.isEmpty();
      default ->
          run.filter(one -> one.state().name().toLowerCase(Locale.ROOT).equals(last)).isPresent();
    };
  }
}
