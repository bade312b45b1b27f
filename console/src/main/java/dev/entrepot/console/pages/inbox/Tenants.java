package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Option;
import dev.entrepot.inbox.Inbox;
import java.util.List;

/// Whose things a page shows: those of one tenant, the first one unless another is asked for.
final class Tenants {
  static final String FIELD = "tenant";

  private Tenants() {}

  /// All that connections belong to, by name.
  static List<String> all(Inbox inbox) {
    return inbox.connections().all().stream()
        .map(open -> open.connection().tenant())
        .distinct()
        .sorted()
        .toList();
  }

  /// The one a page is for; empty as long as there is no connection.
  static String of(Inbox inbox, Exchange exchange) {
    return exchange.query().text(FIELD).orElseGet(() -> all(inbox).stream().findFirst().orElse(""));
  }

  /// The choice among them.
  static Field field(Inbox inbox, String current) {
    return Field.select(
            FIELD, "Tenant", all(inbox).stream().map(name -> new Option(name, name)).toList())
        .mandatory()
        .value(current);
  }

  /// A page of the same tenant.
  static String path(String path, String tenant) {
    return Addresses.of(path, FIELD, tenant);
  }
}
