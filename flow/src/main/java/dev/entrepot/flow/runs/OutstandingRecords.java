package dev.entrepot.flow.runs;

import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is outstanding at clients' destinations. Safe for use by many threads.
public final class OutstandingRecords {
  private static final String COUNTS =
      """
      select tenant, coalesce(sum(mapping), 0)::bigint as mapping,
        coalesce(sum(refused), 0)::bigint as refused, coalesce(sum(keyless), 0)::bigint as keyless,
        min(since) as since
      from (
        select tenant, count(*) filter (where by_mapping) as mapping,
          count(*) filter (where not by_mapping) as refused, 0 as keyless, min(since) as since
        from flow_rejected where (?::text is null or tenant = ?) group by tenant
        union all
        select tenant, 0, 0, records, null from flow_keyless
        where records > 0 and (?::text is null or tenant = ?)) counted
      """;
  private static final Sql ONE = Sql.of(COUNTS + " group by tenant");
  private static final Sql ALL =
      Sql.of(COUNTS + " where tenant in (select c.tenant from flow_client c) group by tenant");
  private static final Sql LIST =
      Sql.of(
          """
          select key, by_mapping, code, reason, run, record, since, at, tries,
            nullif(due, 'infinity') as due
          from flow_rejected
          where tenant = ? and (?::boolean is null or by_mapping = ?)
            and (?::text is null or key > ?)
          order by key limit ?
          """);

  private final Database database;

  public OutstandingRecords(Database database) {
    this.database = database;
  }

  /// Of one client.
  public Outstanding of(String client) {
    return database
        .read(connection ->
            ONE.with(client, client, client, client).first(connection, OutstandingRecords::counts))
        .orElse(Outstanding.none(client));
  }

  /// Of each client of which there is any, by its id.
  public Map<String, Outstanding> all() {
    Map<String, Outstanding> all = new HashMap<>();
    database
        .read(connection ->
            ALL.with(null, null, null, null).list(connection, OutstandingRecords::counts))
        .forEach(one -> all.put(one.client(), one));
    return all;
  }

  private static Outstanding counts(Row row) {
    return new Outstanding(
        row.text("tenant"),
        row.int8("mapping"),
        row.int8("refused"),
        row.int8("keyless"),
        row.instantOrNull("since"));
  }

  /// Those of a client whose key is known, by key.
  ///
  /// @param by null: whoever did not take them
  /// @param cursor as the page before gave it; null: from the first
  public Page<Outstanding.Key> list(
      String client, Outstanding.@Nullable By by, @Nullable String cursor, int size) {
    Boolean mapping = by == null ? null : by == Outstanding.By.MAPPING;
    List<Outstanding.Key> found =
        database.read(connection ->
            LIST.with(client, mapping, mapping, cursor, cursor, size + 1)
                .list(connection, OutstandingRecords::key));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), found.get(size - 1).key());
  }

  private static Outstanding.Key key(Row row) {
    return new Outstanding.Key(
        row.text("key"),
        row.bool("by_mapping") ? Outstanding.By.MAPPING : Outstanding.By.DESTINATION,
        row.text("code"),
        row.text("reason"),
        row.uuid("run"),
        row.int8("record"),
        row.instant("since"),
        row.instant("at"),
        row.int4("tries"),
        row.instantOrNull("due"));
  }
}
