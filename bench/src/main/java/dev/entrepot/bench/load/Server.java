package dev.entrepot.bench.load;

import dev.entrepot.bench.Postgres;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The product's own embedded PostgreSQL with the product's own tables, the one server that all
/// contenders load into.
final class Server implements AutoCloseable {
  static final String VENDOR = "BENCH";

  private final Postgres postgres;

  private Server(Postgres postgres) {
    this.postgres = postgres;
  }

  /// Starts the server and makes its tables, one vendor and the categories.
  static Server start(Path folder, List<String> categories) throws IOException {
    Server server = new Server(new Postgres(folder));
    server.postgres.database().migrate();
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
      server
          .postgres
          .database()
          .read(connection ->
              Sql.of("insert into category (code, name) values (?, ?) on conflict do nothing")
                  .with(code(category), category)
                  .update(connection));
    }
    return server;
  }

  private static String code(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private void execute(String statement) {
    int _ = postgres.database().read(connection -> Sql.of(statement).update(connection));
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
    postgres.restart();
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
    return postgres.database().read(TableState::read);
  }

  String version() {
    return postgres.version();
  }

  Map<String, String> environment() throws IOException {
    return postgres.environment();
  }

  double cpuSeconds() throws IOException {
    return postgres.cpuSeconds();
  }

  @Override
  public void close() {
    postgres.close();
  }
}
