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

  /// The one a page is for; empty as long as there is no connection.
  static String of(Inbox inbox, Exchange exchange) {
    return exchange.query().text(FIELD).orElseGet(() -> all(inbox).stream().findFirst().orElse(""));
  }

  /// The choice among them, before other fields; left out when there is none.
  static List<Field> fields(Inbox inbox, String current, Field... others) {
    List<String> all = all(inbox);
    List<Field> fields = new ArrayList<>();
    if (all.size() > 1) {
      fields.add(
          Field.select(FIELD, "Tenant", all.stream().map(name -> new Option(name, name)).toList())
              .mandatory()
              .value(current));
    }
    fields.addAll(List.of(others));
    return fields;
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
