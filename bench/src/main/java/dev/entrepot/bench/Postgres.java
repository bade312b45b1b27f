package dev.entrepot.bench;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The product's own embedded PostgreSQL with the product's own settings, for all contenders alike.
public final class Postgres implements AutoCloseable {
  private final Path folder;
  private Database database;

  public Postgres(Path folder) {
    this.folder = folder;
    this.database = open(folder);
  }

  private static Database open(Path folder) {
    return Database.open(new DatabaseConfig.Embedded(folder, 4));
  }

  /// The database as the product sees it; another one after [#restart].
  public Database database() {
    return database;
  }

  /// Stops it and starts it again: what was dirty is on disk then.
  public void restart() {
    database.close();
    database = open(folder);
  }

  /// Throws all tables away.
  public void empty() {
    int _ =
        database.write(connection ->
            Sql.of("drop schema if exists spring cascade").update(connection)
                + Sql.of("drop schema public cascade").update(connection)
                + Sql.of("create schema public").update(connection)
                + Sql.of("grant usage on schema public to public").update(connection));
  }

  /// `kill -9`. The program's own watch over it starts it again, on the same port.
  public void kill() throws IOException {
    ProcessHandle.of(postmaster()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid")).getFirst().strip());
  }

  public String version() {
    return database.status().serverVersion();
  }

  private int port() throws IOException {
    return Integer.parseInt(Files.readString(folder.resolve("port")).strip());
  }

  private String password() throws IOException {
    return Files.readString(folder.resolve("password")).strip();
  }

  /// Where the server is, in the variables that libpq and its kin read.
  public Map<String, String> environment() throws IOException {
    return Map.of(
        "PGHOST", "127.0.0.1",
        "PGPORT", String.valueOf(port()),
        "PGUSER", "entrepot",
        "PGPASSWORD", password(),
        "PGDATABASE", "entrepot");
  }

  /// Where the server is, as the program's setting has it.
  public String url() throws IOException {
    return "postgresql://entrepot:" + password() + "@127.0.0.1:" + port() + "/entrepot";
  }

  /// The processor time the server has used since it was started.
  public double cpuSeconds() throws IOException {
    long postmaster = postmaster();
    double total = ProcessTimes.of(postmaster).withReapedChildren();
    for (ProcessHandle child :
        ProcessHandle.of(postmaster).stream().flatMap(ProcessHandle::children).toList()) {
      total += ProcessTimes.of(child.pid()).own();
    }
    return total;
  }

  @Override
  public void close() {
    database.close();
  }
}
