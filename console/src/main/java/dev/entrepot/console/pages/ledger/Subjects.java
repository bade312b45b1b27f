package dev.entrepot.console.pages.ledger;

import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.view.Cell;

/// Subjects of activities, linked to their pages where they have one.
final class Subjects {
  private Subjects() {}

  static Cell cell(String subject) {
    int slash = subject.indexOf('/');
    String kind = slash < 0 ? subject : subject.substring(0, slash);
    String rest = slash < 0 ? "" : subject.substring(slash + 1);
    return switch (kind) {
      case "vendor" -> Cell.link(subject, "/vendors/" + rest);
      case "upload" -> Cell.link(shortened(subject), "/uploads/" + rest);
      case "product" -> Cell.link(subject, "/products/" + rest);
      case "rule" -> Cell.link(shortened(subject), "/rules/" + rest);
      case "mapping" -> Cell.link(shortened(subject), "/mappings/" + rest);
      case "category" -> Cell.link(subject, "/categories/" + rest);
      case "account" -> Cell.link(shortened(subject), "/users/" + rest);
      case "connection" -> Cell.link(subject, "/inbox/connections/" + rest);
      case "destination" -> Cell.link(subject, "/inbox/destinations/" + rest);
      case "delivery" -> Cell.link(subject, "/inbox/deliveries/" + rest);
      case "event-dead-letter" -> Cell.link(subject, "/inbox/dead-letters/" + rest);
      case "event-key" -> Cell.link(subject, Addresses.of("/inbox", "key", rest));
      default -> Cell.code(subject);
    };
  }

  /// The end of an id tells things of the same time apart.
  private static String shortened(String subject) {
    int slash = subject.indexOf('/');
    String id = subject.substring(slash + 1);
    return id.length() > 12
        ? subject.substring(0, slash + 1) + "…" + id.substring(id.length() - 8)
        : subject;
  }
}
