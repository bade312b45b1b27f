package dev.entrepot.bench;

import dev.entrepot.storage.DatabaseConfig;
import java.util.Map;

/// The server that [Postgres#environment()] tells a child process of.
public final class GivenDatabase {
  private GivenDatabase() {}

  public static DatabaseConfig ofEnvironment() {
    Map<String, String> at = System.getenv();
    return new DatabaseConfig.Given(
        "jdbc:postgresql://%s:%s/%s"
            .formatted(at.get("PGHOST"), at.get("PGPORT"), at.get("PGDATABASE")),
        at.get("PGUSER"),
        at.get("PGPASSWORD"),
        DatabaseConfig.DEFAULT_POOL_SIZE);
  }
}
