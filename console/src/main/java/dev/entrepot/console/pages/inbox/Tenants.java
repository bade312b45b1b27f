package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.inbox.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whose things a page shows: those of one tenant, the first one unless another is asked for.
final class Tenants {
  static final String FIELD = "tenant";

  private Tenants() {}

  /// All that connections or alerts belong to, by name.
  static List<String> all(Inbox inbox) {
    return Stream.concat(
            inbox.connections().all().stream().map(open -> open.connection().tenant()),
            inbox.alerts().tenants().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /// Those who have a connection, by name; others may have alerts, but no events.
  static List<String> ofConnections(Inbox inbox) {
    return inbox.connections().all().stream()
        .map(open -> open.connection().tenant())
        .distinct()
        .sorted()
        .toList();
  }

  /// The one a page is for: the first of those who have a connection, else of all; empty as long as
  /// there is none.
  static String of(Inbox inbox, Exchange exchange) {
    return exchange
        .query()
        .text(FIELD)
        .orElseGet(() ->
            Stream.concat(ofConnections(inbox).stream(), all(inbox).stream())
                .findFirst()
                .orElse(""));
  }

  /// The choice among them, before other fields; left out when there is none.
  static List<Field> fields(Inbox inbox, String current, Field... others) {
    List<Option> options = options(inbox, current);
    List<Field> fields = new ArrayList<>();
    if (options.size() > 1) {
      fields.add(Field.select(FIELD, "Tenant", options).mandatory().value(current));
    }
    fields.addAll(List.of(others));
    return fields;
  }

  /// The choice among all of them and none in particular, before other fields.
  ///
  /// @param current empty: everybody's
  static List<Field> orAll(Inbox inbox, String current, Field... others) {
    List<Option> options = new ArrayList<>(List.of(new Option("", "All")));
    options(inbox, current).forEach(options::add);
    List<Field> fields = new ArrayList<>();
    fields.add(Field.select(FIELD, "Tenant", options).mandatory().value(current));
    fields.addAll(List.of(others));
    return fields;
  }

  /// One that has nothing yet is among them when it is asked for.
  private static List<Option> options(Inbox inbox, String current) {
    return Stream.concat(all(inbox).stream(), Stream.of(current))
        .filter(name -> !name.isEmpty())
        .distinct()
        .sorted()
        .map(Option::of)
        .toList();
  }

  /// The choice alone; nothing when there is none.
  static List<Part> filter(Inbox inbox, String current, String path, String table) {
    List<Field> fields = fields(inbox, current);
    return fields.isEmpty()
        ? List.of()
        : List.of(new Part.Filters(path, table, fields).submit("Show"));
  }

  /// A page of the same tenant.
  static String path(String path, String tenant) {
    return Addresses.of(path, FIELD, tenant);
  }
}
