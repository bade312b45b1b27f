package dev.entrepot.inbox.connections;

import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The secrets of all connections and destinations, for whoever looks after the key.
public final class StoredSecrets {
  private static final Sql PRESENT =
      Sql.of("select to_regclass('destination_secret') is not null as present");
  private static final Sql ALL =
      Sql.of(
          """
          select 'connection' as whose, connection as name, value from inbox_secret
          union all
          select 'destination', destination, value from destination_secret
          union all
          select 'alert-recipient', id::text, secret from alert_recipient where secret is not null
          order by whose, name
          """);

  private record Stored(String whose, String name, String value) {}

  private StoredSecrets() {}

  /// Who has a secret that a key does not open, such as `connection shop`; nobody before there are
  /// tables.
  public static List<String> unopened(Connection connection, SecretSeal seal) {
    if (!PRESENT.one(connection, row -> row.bool("present"))) {
      return List.of();
    }
    Set<String> owners = new LinkedHashSet<>();
    for (Stored stored :
        ALL.list(
            connection,
            row -> new Stored(row.text("whose"), row.text("name"), row.text("value")))) {
      if (SecretValues.reference(stored.value()) == null
          && !seal.opens(SecretValues.owner(stored.whose(), stored.name()), stored.value())) {
        owners.add(stored.whose() + " " + stored.name());
      }
    }
    return List.copyOf(owners);
  }
}
