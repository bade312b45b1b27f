package dev.entrepot.flow.runs;

import dev.entrepot.spi.record.Fields;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tables `flow_page` and `flow_record`.
final class RecordStore {

  /// A record that is more than unchanged.
  record Kept(
      long record,
      @Nullable String key,
      @Nullable Change change,
      String source,
      @Nullable String item,
      @Nullable String diffs,
      @Nullable String reason) {}

  private static final Sql PAGE =
      Sql.of(
          """
          insert into flow_page (run, number, tenant, first_record, records, keys)
          select ?, coalesce(max(number), 0) + 1, ?, ?, ?, ? from flow_page where run = ?
          """);
  private static final Sql KEEP =
      Sql.of(
          """
          insert into flow_record (run, record, tenant, key, change, source, item, diffs, reason)
          select ?, u.record, ?, u.key, u.change, u.source::json, u.item::json, u.diffs::json, u.reason
          from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            as u (record, key, change, source, item, diffs, reason)
          """);
  private static final Sql EXPLAIN =
      Sql.of(
          """
          update flow_record r set reason = u.reason
          from unnest(?::bigint[], ?::text[]) as u (record, reason)
          where r.run = ? and r.record = u.record
          """);
  private static final Sql SOURCES =
      Sql.of("select record, source from flow_record where run = ? and record = any(?)");

  // The records' own word: one character each in batch_chunk.
  private static final String PENDING =
      """
      select r.record, r.key, r.change, r.item
      from batch_chunk c
      join flow_record r on r.run = c.batch_id
        and r.record >= c.first_record and r.record < c.first_record + c.records
      where c.batch_id = ? and get_byte(c.outcomes, (r.record - c.first_record)::int) = ascii('p')
      """;
  private static final Sql WAITING = Sql.of(PENDING + "and r.record > ? order by r.record limit ?");
  private static final Sql OPEN = Sql.of(PENDING + "and r.record = any(?) order by r.record");

  /// @param keys one for each record; empty where there is none
  void page(Connection connection, UUID run, String tenant, long firstRecord, List<String> keys) {
    PAGE.with(run, tenant, firstRecord, keys.size(), keys.toArray(String[]::new), run)
        .updateOne(connection);
  }

  void keep(Connection connection, UUID run, String tenant, List<Kept> records) {
    if (records.isEmpty()) {
      return;
    }
    int count = records.size();
    Long[] numbers = new Long[count];
    TextColumns texts = new TextColumns(6, count);
    for (int i = 0; i < count; i++) {
      Kept kept = records.get(i);
      numbers[i] = kept.record();
      String change = kept.change() == null ? null : RunStore.name(kept.change());
      texts.add(kept.key(), change, kept.source(), kept.item(), kept.diffs(), kept.reason());
    }
    KEEP.with(
            run,
            tenant,
            numbers,
            texts.column(0),
            texts.column(1),
            texts.column(2),
            texts.column(3),
            texts.column(4),
            texts.column(5))
        .update(connection);
  }

  void explain(Connection connection, UUID run, Map<Long, String> reasons) {
    if (!reasons.isEmpty()) {
      EXPLAIN
          .with(reasons.keySet().toArray(Long[]::new), reasons.values().toArray(String[]::new), run)
          .update(connection);
    }
  }

  /// What came, by record.
  Map<Long, String> sources(Connection connection, UUID run, Collection<Long> records) {
    Map<Long, String> sources = new HashMap<>();
    if (!records.isEmpty()) {
      SOURCES
          .with(run, records.toArray(Long[]::new))
          .list(connection, row -> sources.put(row.int8("record"), row.json("source")) == null);
    }
    return sources;
  }

  /// Pending records in their order. Reads the books, which are beyond the tenant's role.
  List<Item> waiting(Connection connection, UUID run, long after, int limit) {
    return WAITING.with(run, after, limit).list(connection, RecordStore::item);
  }

  /// Those of some records that are pending.
  List<Item> open(Connection connection, UUID run, Collection<Long> records) {
    return OPEN.with(run, records.toArray(Long[]::new)).list(connection, RecordStore::item);
  }

  private static Item item(Row row) {
    String text = row.jsonOrNull("item");
    boolean deleting = "delete".equals(row.textOrNull("change"));
    return new Item(
        row.int8("record"),
        row.text("key"),
        deleting,
        text == null ? Fields.EMPTY : Content.fields(text),
        text == null ? "" : text,
        null);
  }
}
