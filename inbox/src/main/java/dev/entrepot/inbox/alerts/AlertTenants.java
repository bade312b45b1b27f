package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// Whose alerts there can be: of tenants who have a connection, or are known elsewhere. Nothing
/// would ever be told of another, most likely it is misspelled. Safe for use by many threads.
public final class AlertTenants {
  private static final int NAMED = 10;

  private static final Sql CONNECTED = Sql.of("select distinct tenant from inbox_connection");

  private final Database database;
  private final List<Supplier<List<String>>> others = new CopyOnWriteArrayList<>();

  public AlertTenants(Database database) {
    this.database = database;
  }

  /// Tenants of something else that raises alerts, too.
  public AlertTenants also(Supplier<List<String>> tenants) {
    others.add(tenants);
    return this;
  }

  /// @throws InboxException INVALID when there is no such tenant
  void require(String tenant) {
    List<String> connected =
        database.read(connection -> CONNECTED.list(connection, row -> row.text("tenant")));
    SortedSet<String> known = new TreeSet<>(connected);
    if (!known.contains(tenant)) {
      others.forEach(more -> known.addAll(more.get()));
    }
    if (!known.contains(tenant)) {
      throw new InboxException(
          Code.INVALID,
          "tenant",
          "there is no tenant \""
              + tenant
              + "\": no connection and no client is its; "
              + (known.isEmpty() ? "" : "there are: " + named(known) + ". ")
              + "Add its first connection before (entrepot connection add NAME --tenant "
              + tenant
              + ")");
    }
  }

  private static String named(SortedSet<String> known) {
    String some = String.join(", ", known.stream().limit(NAMED).toList());
    return known.size() > NAMED ? some + " and " + (known.size() - NAMED) + " more" : some;
  }
}
