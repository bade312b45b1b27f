package dev.entrepot.flow;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;

/// The database as one tenant may see it: the server itself shows and changes no row of another
/// tenant, whatever a statement says. Safe for use by many threads.
///
/// What belongs to no tenant alone (leases, books, dead letters) is not within reach of the
/// tenant's role; transactions that need both do the tenant's part [#within].
public final class TenantDatabase {
  // As `set local role`, in one round trip with the setting. Where an administrator has not made
  // the role, row-level security alone keeps tenants apart, by the setting.
  private static final Sql ENTER =
      Sql.of(
          """
          select set_config('entrepot.tenant', ?, true) as tenant,
            set_config('role', coalesce((
              select rolname::text from pg_roles
              where rolname = 'entrepot_tenant' and pg_has_role(oid, 'member')), 'none'), true)
              as role
          """);
  private static final Sql LEAVE =
      Sql.of(
          """
          select set_config('role', 'none', true) as role,
            set_config('entrepot.tenant', '', true) as tenant
          """);

  private final Database database;

  public TenantDatabase(Database database) {
    this.database = database;
  }

  /// All tenants' data, for work that is nobody's alone.
  public Database all() {
    return database;
  }

  /// Runs work in one transaction that sees the tenant's rows alone.
  ///
  /// @throws StorageException as [Database#write]
  public <T> T write(String tenant, Database.Work<T> work) {
    return database.write(connection -> {
      enter(connection, tenant);
      return work.run(connection);
    });
  }

  /// As [#write], also while the disk is full; writes nothing.
  public <T> T read(String tenant, Database.Work<T> work) {
    return database.read(connection -> {
      connection.setAutoCommit(false);
      try {
        enter(connection, tenant);
        return work.run(connection);
      } finally {
        if (!connection.isClosed()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
    });
  }

  /// Does a part of a transaction with the tenant's rows alone.
  ///
  /// @param transaction begun by the caller, in no tenant's name
  public <T> T within(Connection transaction, String tenant, Database.Work<T> work)
      throws SQLException {
    enter(transaction, tenant);
    T result = work.run(transaction);
    LEAVE.one(transaction, row -> row.text("role"));
    return result;
  }

  private static void enter(Connection transaction, String tenant) {
    if (tenant.isEmpty()) {
      throw new IllegalArgumentException("the name of the tenant is empty");
    }
    ENTER.with(tenant).one(transaction, row -> row.text("role"));
  }
}
