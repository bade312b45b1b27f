package dev.entrepot.bench.load;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The product's own embedded PostgreSQL with the product's own tables, the one server that all
/// contenders load into.
final class Server implements AutoCloseable {
  static final String VENDOR = "BENCH";

  private final Path folder;
  private Database database;

  private Server(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
  }

  /// Starts the server and makes its tables, one vendor and the categories.
  static Server start(Path folder, List<String> categories) throws IOException {
    Server server = new Server(folder, open(folder));
    server.database.migrate();
    server.execute("create schema if not exists spring");
    server.execute(
        """
        insert into vendor (code, name, status, currency, known_key, approval, price_move_share,
          max_file_bytes, max_file_rows, max_uploads_per_day, max_rows_per_day, phone_region)
        values ('%s', 'Bench', 'active', 'USD', 'update', 'automatic', 0.5, 1, 1, 1, 1, 'US')
        on conflict do nothing
        """
            .formatted(VENDOR));
    for (String category : categories) {
      server.database.read(connection ->
          Sql.of("insert into category (code, name) values (?, ?) on conflict do nothing")
              .with(code(category), category)
              .update(connection));
    }
    return server;
  }

  private static String code(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static Database open(Path folder) {
    return Database.open(new DatabaseConfig.Embedded(folder, 4));
  }

  private void execute(String statement) {
    int _ = database.read(connection -> Sql.of(statement).update(connection));
  }

  /// Empties all tables that a load fills, and restarts the server: what is dirty is on disk then,
  /// and every contender finds the same state.
  void reset() {
    execute(
        """
        truncate product, product_change, upload, upload_warning, proposal, dead_letter,
          batch_chunk, batch, activity, notice, lease restart identity cascade
        """);
    execute("drop schema spring cascade");
    execute("create schema spring");
    execute("vacuum (analyze)");
    database.close();
    database = open(folder);
  }

  /// What the file has no columns for, COPY alone cannot fill: the vendor, and a slug that is
  /// unique, as long as ours and scattered over the index like ours.
  void addDefaults() {
    execute("create sequence bench_slug cache 1000");
    execute("alter table product alter vendor set default '" + VENDOR + "'");
    execute(
        """
        alter table product alter slug set default
          'style-material-thing-' || nextval('bench_slug') % 4800 || '-' || currval('bench_slug')
        """);
  }

  void dropDefaults() {
    execute("alter table product alter vendor drop default, alter slug drop default");
    execute("drop sequence bench_slug");
  }

  TableState state() {
    return database.read(TableState::read);
  }

  String version() {
    return database.status().serverVersion();
  }

  /// Where the server is, in the variables that libpq and its kin read.
  Map<String, String> environment() throws IOException {
    return Map.of(
        "PGHOST", "127.0.0.1",
        "PGPORT", Files.readString(folder.resolve("port")).strip(),
        "PGUSER", "entrepot",
        "PGPASSWORD", Files.readString(folder.resolve("password")).strip(),
        "PGDATABASE", "entrepot");
  }

  /// The processor time the server has used since it was started.
  double cpuSeconds() throws IOException {
    String first =
        Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid")).getFirst().strip();
    long postmaster = Long.parseLong(first);
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
