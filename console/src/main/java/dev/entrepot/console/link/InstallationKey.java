package dev.entrepot.console.link;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.security.SecureRandom;

/// Keys that an installation makes for itself once and keeps in its database, so that all nodes
/// have the same.
final class InstallationKey {
  private static final int KEY_BYTES = 32;

  private InstallationKey() {}

  static byte[] named(Database database, String name) {
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    return database.write(connection -> {
      // Whoever comes first decides.
      int _ =
          Sql.of("insert into installation (name, value) values (?, ?) on conflict do nothing")
              .with(name, fresh)
              .update(connection);
      return Sql.of("select value from installation where name = ?")
          .with(name)
          .one(connection, row -> row.bytes("value"));
    });
  }
}
