package dev.entrepot.bench.crash;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Sql;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Everything that must not depend on what happened on the way, as a text file: all but ids, times
/// and what is made of them. Of actors only the kind: each life of the program has a key of its
/// own.
final class EndState {
  private static final int FETCH_ROWS = 1_000;
  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put(
        "product",
        """
        select (vendor, vendor_product_id, sku, name, slug, category, subcategory, description,
          brand, price, compare_at_price, currency, stock_quantity, unit, weight_kg,
          dimensions_cm, image_url, custom, source_price, source_currency, state, u.file_name,
          created_record)::text as line
        from product p left join (select id, file_name from upload) u on u.id = p.created_batch
        order by sku
        """);
    TABLES.put(
        "product_change",
        """
        select (p.sku, c.kind, u.file_name, c.record, split_part(c.actor, ':', 1), c.changes)::text as line
        from product_change c join product p on p.id = c.product_id
          left join upload u on u.id = c.batch_id
        order by u.file_name, c.record, c.kind, p.sku
        """);
    TABLES.put(
        "dead_letter",
        """
        select (u.file_name, d.record, d.line, d.key, d.second_key, d.code, d.reason, d.problems,
          d.payload, d.readable, d.state)::text as line
        from dead_letter d join upload u on u.id = d.batch_id
        order by u.file_name, d.record
        """);
    TABLES.put(
        "upload_warning",
        """
        select (u.file_name, w.record, w.line, w.number, w.code, w.field, w.message)::text as line
        from upload_warning w join upload u on u.id = w.batch_id
        order by u.file_name, w.record, w.number
        """);
    TABLES.put(
        "upload and books",
        """
        select (u.file_name, u.vendor, encode(u.content_hash, 'hex'), u.bytes, u.source,
          split_part(u.submitted_by, ':', 1), u.limits, u.state, u.failure_code, u.failure, u.failure_line, u.mapping,
          u.mapping_id is not null, u.header, u.layout, u.estimated_rows, u.warnings, u.checkpoint,
          b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending,
          b.closed_at is not null)::text as line
        from upload u join batch b on b.id = u.id
        order by u.file_name
        """);
    TABLES.put(
        "outcomes",
        """
        select u.file_name || ' ' || o.outcomes as line
        from upload u
          cross join lateral (
            select string_agg(encode(c.outcomes, 'escape'), '' order by c.number) outcomes
            from batch_chunk c where c.batch_id = u.id) o
        order by u.file_name
        """);
    TABLES.put(
        "notice",
        """
        select (n.channel, n.event, n.vendor, u.file_name, n.recipient, n.subject)::text as line
        from notice n left join upload u on u.id = n.upload
        order by u.file_name, n.channel, n.event, n.recipient
        """);
  }

  private EndState() {}

  /// Writes the state of a data folder on which no program runs.
  static void write(Path dataFolder, Path target) throws IOException {
    DatabaseConfig config = DatabaseConfig.parse(null, dataFolder).withPoolSize(2);
    try (Database database = Database.open(config);
        BufferedWriter out = Files.newBufferedWriter(target)) {
      TABLES.forEach((table, query) ->
          database.read(connection -> {
            Sql.of(query)
                .forEach(
                    connection,
                    FETCH_ROWS,
                    row -> table + " " + row.text("line").replace("\n", "\\n"),
                    line -> append(out, line));
            return table;
          }));
    }
  }

  private static void append(BufferedWriter out, String line) {
    try {
      out.write(line);
      out.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first line in which two states differ, or an empty text.
  static String difference(Path expected, Path actual) throws IOException {
    try (BufferedReader left = Files.newBufferedReader(expected);
        BufferedReader right = Files.newBufferedReader(actual)) {
      for (int number = 1; ; number++) {
        String wanted = left.readLine();
        String found = right.readLine();
        if (wanted == null && found == null) {
          return "";
        }
        if (wanted == null || !wanted.equals(found)) {
          return "line " + number + "\n  expected: " + wanted + "\n  found:    " + found;
        }
      }
    }
  }
}
