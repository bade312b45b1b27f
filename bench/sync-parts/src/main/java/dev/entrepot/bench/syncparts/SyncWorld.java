package dev.entrepot.bench.syncparts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.Map;

/// Where everything is, from the environment.
///
/// @param siesa without a slash at the end
/// @param kong without a slash at the end
public record SyncWorld(URI siesa, URI kong) {
  public static final String SIESA_URL = "SIESA_URL";
  public static final String KONG_URL = "KONG_URL";

  /// How many products a page has.
  public static final int PAGE = 1_000;

  public static SyncWorld ofEnvironment() {
    Map<String, String> at = System.getenv();
    return new SyncWorld(
        URI.create(at.getOrDefault(SIESA_URL, "")), URI.create(at.getOrDefault(KONG_URL, "")));
  }

  /// The key of an account at Siesa.
  public static String siesaKey(String account) {
    return account + "-siesa-key";
  }

  /// The key of an account at Kong.
  public static String kongKey(String account) {
    return account + "-kong-key";
  }

  /// Connections to PostgreSQL; to be closed.
  public static HikariDataSource database() {
    Map<String, String> at = System.getenv();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:postgresql://%s:%s/%s?reWriteBatchedInserts=true"
            .formatted(at.get("PGHOST"), at.get("PGPORT"), at.get("PGDATABASE")));
    config.setUsername(at.get("PGUSER"));
    config.setPassword(at.get("PGPASSWORD"));
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }
}
