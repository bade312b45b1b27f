package dev.entrepot.console.access;

import static dev.entrepot.console.access.Role.ADMIN;
import static dev.entrepot.console.access.Role.OPERATOR;
import static dev.entrepot.console.access.Role.SUPPLIER;
import static dev.entrepot.console.access.Role.VIEWER;

import java.util.List;

/// What can be allowed, and to which roles it is. Every route names the permission it needs. A
/// supplier's permission reaches its own vendor only; the handlers see to that.
public enum Permission {
  /// See uploads, their rows, errors and files.
  READ_UPLOADS(ADMIN, OPERATOR, VIEWER, SUPPLIER),
  /// Upload, mend, dismiss, run again.
  WRITE_UPLOADS(ADMIN, OPERATOR, SUPPLIER),
  /// See which files of the watched folder were refused as a whole.
  READ_REFUSED_FILES(ADMIN, OPERATOR, VIEWER),
  /// Take such a file off the list.
  WRITE_REFUSED_FILES(ADMIN, OPERATOR),
  /// See what waits for approval, and decide.
  APPROVE(ADMIN, OPERATOR),
  READ_PRODUCTS(ADMIN, OPERATOR, VIEWER, SUPPLIER),
  WRITE_PRODUCTS(ADMIN, OPERATOR),
  READ_CATEGORIES(ADMIN, OPERATOR, VIEWER, SUPPLIER),
  WRITE_CATEGORIES(ADMIN, OPERATOR),
  READ_RATES(ADMIN, OPERATOR, VIEWER),
  WRITE_RATES(ADMIN, OPERATOR),
  READ_VENDORS(ADMIN, OPERATOR, VIEWER, SUPPLIER),
  WRITE_VENDORS(ADMIN, OPERATOR),
  READ_MAPPINGS(ADMIN, OPERATOR, VIEWER, SUPPLIER),
  WRITE_MAPPINGS(ADMIN, OPERATOR, SUPPLIER),
  /// Suppliers see the rules that check their rows.
  READ_RULES(ADMIN, OPERATOR, VIEWER, SUPPLIER),
  /// Suppliers write rules for their own rows, and change those alone.
  WRITE_RULES(ADMIN, OPERATOR, SUPPLIER),
  /// The story of a record, activities.
  READ_LEDGER(ADMIN, OPERATOR, VIEWER),
  /// Have the books recounted.
  AUDIT(ADMIN, OPERATOR, VIEWER),
  READ_FIGURES(ADMIN, OPERATOR, VIEWER, SUPPLIER),
  READ_NOTICES(ADMIN, OPERATOR, VIEWER),
  WRITE_NOTICES(ADMIN, OPERATOR),
  /// See the inbox: events, what became of them, connections, the hot store.
  READ_INBOX(ADMIN, OPERATOR, VIEWER),
  /// Retry, edit, skip, park, release, replay, send test events, retry deliveries.
  WRITE_INBOX(ADMIN, OPERATOR),
  /// Download what is told of a customer.
  READ_PRIVATE(ADMIN),
  /// Connections and destinations, and their secrets.
  MANAGE_CONNECTIONS(ADMIN),
  /// See clients, their mappings and runs, and what was said with other systems.
  READ_FLOWS(ADMIN, OPERATOR, VIEWER),
  /// Start, pause, resume, cancel runs; make plans and apply them.
  RUN_FLOWS(ADMIN, OPERATOR),
  /// Clients, their mappings and credentials, the workspace.
  MANAGE_FLOWS(ADMIN),
  /// Accounts and API keys of others.
  MANAGE_ACCESS(ADMIN);

  private final boolean administrators;
  private final boolean operators;
  private final boolean viewers;
  private final boolean suppliers;

  Permission(Role... roles) {
    List<Role> list = List.of(roles);
    this.administrators = list.contains(ADMIN);
    this.operators = list.contains(OPERATOR);
    this.viewers = list.contains(VIEWER);
    this.suppliers = list.contains(SUPPLIER);
  }

  /// Whether a role has it.
  public boolean allowedTo(Role role) {
    return switch (role) {
      case ADMIN -> administrators;
      case OPERATOR -> operators;
      case VIEWER -> viewers;
      case SUPPLIER -> suppliers;
    };
  }
}
