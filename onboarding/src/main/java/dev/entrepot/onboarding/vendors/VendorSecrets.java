package dev.entrepot.onboarding.vendors;

import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;

/// The sealed webhook secrets of all vendors, for whoever looks after the key.
public final class VendorSecrets {
  private static final Sql PRESENT = Sql.of("select to_regclass('vendor') is not null as present");
  private static final Sql ALL =
      Sql.of(
          """
          select code, webhook_secret from vendor where webhook_secret is not null order by code
          """);

  private record Stored(String code, String secret) {}

  private VendorSecrets() {}

  /// The codes of vendors with a secret that a key does not open; none before there is a table.
  public static List<String> unopened(Connection connection, SecretSeal seal) {
    if (!PRESENT.one(connection, row -> row.bool("present"))) {
      return List.of();
    }
    return ALL
        .list(connection, row -> new Stored(row.text("code"), row.text("webhook_secret")))
        .stream()
        .filter(stored -> !seal.opens(stored.code(), stored.secret()))
        .map(Stored::code)
        .toList();
  }
}
