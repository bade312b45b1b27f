package dev.entrepot.storage;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which PostgreSQL to use.
public sealed interface DatabaseConfig {

  /// How many connections a pool has unless told otherwise.
  int DEFAULT_POOL_SIZE = 10;

  /// At most this many connections the pool keeps open.
  int poolSize();

  /// A server of our own in a folder, started and stopped with the program.
  ///
  /// @param folder where the server keeps its binaries, data, log and password; made when absent
  /// @param poolSize from 1 to 40 (the server takes 50 connections)
  record Embedded(Path folder, int poolSize) implements DatabaseConfig {
    public Embedded {
      folder = folder.toAbsolutePath().normalize();
      requireSize(poolSize, 40);
    }
  }

  /// A server that somebody else runs: PostgreSQL 15 or later.
  ///
  /// @param jdbcUrl `jdbc:postgresql://…`, without user and password
  /// @param user absent: as the driver decides
  /// @param password absent: none
  /// @param poolSize from 1 to 1000
  record Given(String jdbcUrl, @Nullable String user, @Nullable String password, int poolSize)
      implements DatabaseConfig {
    public Given {
      if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException("not a PostgreSQL JDBC address: \"" + jdbcUrl + "\"");
      }
      requireSize(poolSize, 1000);
    }

    /// Without the password.
    @Override
    public String toString() {
      return "Given[jdbcUrl=" + jdbcUrl + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
  }

  /// Reads a `--database-url`; without one it is the embedded server in `dataFolder/postgres`.
  ///
  /// @param databaseUrl `postgres://user:password@host:port/database?sslmode=require` (or
  ///   `postgresql://`; special characters percent-encoded) or `jdbc:postgresql://…`
  /// @throws IllegalArgumentException when it is neither; the message does not repeat a password
  static DatabaseConfig parse(@Nullable String databaseUrl, Path dataFolder) {
    if (databaseUrl == null || databaseUrl.isBlank()) {
      return new Embedded(
          Objects.requireNonNull(dataFolder).resolve("postgres"), DEFAULT_POOL_SIZE);
    }
    return DatabaseUrl.parse(databaseUrl.strip(), DEFAULT_POOL_SIZE);
  }

  /// The same server with another size of pool.
  default DatabaseConfig withPoolSize(int size) {
    return switch (this) {
      case Embedded embedded -> new Embedded(embedded.folder(), size);
      case Given given -> new Given(given.jdbcUrl(), given.user(), given.password(), size);
    };
  }

  private static void requireSize(int poolSize, int most) {
    if (poolSize < 1 || poolSize > most) {
      throw new IllegalArgumentException(
          "the size of the pool must be from 1 to " + most + ", not " + poolSize);
    }
  }
}
