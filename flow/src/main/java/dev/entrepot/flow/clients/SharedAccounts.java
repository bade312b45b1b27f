package dev.entrepot.flow.clients;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/// Which clients write to the same account at a destination, as far as their credentials were read
/// so far: each time a client is checked or run. Safe for use by many threads.
///
/// It looks across tenants, and names them: for people who may see all clients. What belongs to one
/// tenant alone must not repeat it.
public final class SharedAccounts {
  private static final Sql NOTE =
      Sql.of(
          """
          insert into flow_shared_account as a (tenant, destination, digest) values (?, ?, ?)
          on conflict (tenant) do update
            set destination = excluded.destination, digest = excluded.digest, at = clock_timestamp()
            where (a.destination, a.digest) is distinct from (excluded.destination, excluded.digest)
          """);
  private static final Sql REMOVE = Sql.of("delete from flow_shared_account where tenant = ?");
  private static final Sql OTHERS =
      Sql.of(
          """
          select other.tenant from flow_shared_account mine
          join flow_shared_account other
            on other.digest = mine.digest and other.destination = mine.destination
            and other.tenant <> mine.tenant
          join flow_client client on client.tenant = other.tenant
          where mine.tenant = ? order by other.tenant
          """);

  private static final Sql HOLDERS =
      Sql.of(
          """
          select other.tenant from flow_shared_account other
          join flow_client client on client.tenant = other.tenant
          where other.destination = ? and other.digest = ? and other.tenant <> ?
          order by other.tenant
          """);

  private final Database database;

  public SharedAccounts(Database database) {
    this.database = database;
  }

  /// Writes down whose account a client's credentials open now.
  ///
  /// @return whether others write to it, too
  public boolean note(String client, String destination, AccountDigests account) {
    return database.write(connection -> {
      int _ = NOTE.with(client, destination, account.common()).update(connection);
      return !others(connection, client).isEmpty();
    });
  }

  static void remove(Connection transaction, String client) {
    int _ = REMOVE.with(client).update(transaction);
  }

  /// The ids of the other clients that write to a client's account.
  public List<String> others(String client) {
    return database.read(connection -> others(connection, client));
  }

  private static List<String> others(Connection connection, String client) {
    return OTHERS.with(client).list(connection, row -> row.text("tenant"));
  }

  /// What people must know of it, when there are others; for those who may see all clients.
  public Optional<String> warning(String client) {
    return words(others(client));
  }

  /// As [#warning(String)], of credentials that were not written down.
  Optional<String> warning(String client, String destination, AccountDigests account) {
    return words(
        database.read(connection ->
            HOLDERS
                .with(destination, account.common(), client)
                .list(connection, row -> row.text("tenant"))));
  }

  private static Optional<String> words(List<String> others) {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s to the same account at the destination: where both have a product of the same id, the last one to write it wins; give each client an account of its own, unless this is meant"
                .formatted(
                    others.size() == 1
                        ? "client " + others.getFirst() + " writes"
                        : "clients " + String.join(", ", others) + " write"));
  }
}
