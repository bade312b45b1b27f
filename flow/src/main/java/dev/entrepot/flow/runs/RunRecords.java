package dev.entrepot.flow.runs;

import dev.entrepot.model.Outcome;
import dev.entrepot.model.Page;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run's records, and what was said in it. Safe for use by many threads.
public final class RunRecords {

  /// Which records.
  ///
  /// @param outcome null: any
  /// @param change null: any
  /// @param key null: any
  /// @param call only those that this call carried; null: any
  public record Filter(
      @Nullable Outcome outcome,
      @Nullable Change change,
      @Nullable String key,
      @Nullable Integer call) {
    public static final Filter ALL = new Filter(null, null, null);

    public Filter(@Nullable Outcome outcome, @Nullable Change change, @Nullable String key) {
      this(outcome, change, key, null);
    }

    /// Those that a call carried.
    public static Filter carriedBy(int call) {
      return new Filter(null, null, null, call);
    }
  }

  /// Which exchanges.
  ///
  /// @param failures only what went wrong
  /// @param record only those of calls that carried this record; null: any
  /// @param key only those of calls that carried a record of this key; null: any
  public record ExchangeFilter(boolean failures, @Nullable Long record, @Nullable String key) {
    public static final ExchangeFilter ALL = new ExchangeFilter(false, null, null);
    public static final ExchangeFilter FAILURES = new ExchangeFilter(true, null, null);

    /// Those of calls that carried a record.
    public static ExchangeFilter carrying(long record) {
      return new ExchangeFilter(false, record, null);
    }
  }

  /// Records of a run that may be asked for.
  ///
  /// @param last the last one at most
  /// @param only null: all of them
  private record Range(long first, long last, @Nullable List<Long> only) {
    private static final Range ALL = new Range(1, Long.MAX_VALUE, null);

    static Range of(List<Long> records) {
      return new Range(Collections.min(records), Collections.max(records), records);
    }

    Range from(long record) {
      return new Range(Math.max(first, record), last, only);
    }
  }

  private static final Sql RECORDS =
      Sql.of(
          """
          select k.record, nullif(k.key, '') as key, r.change, r.source, r.item, r.diffs,
            chr(get_byte(c.outcomes, (k.record - c.first_record)::int)) as outcome,
            coalesce(r.reason, case
              when get_byte(c.outcomes, (k.record - c.first_record)::int) = ascii('s')
              then run.reason end) as reason
          from flow_run run
          join flow_page p on p.run = run.id
            and p.first_record + p.records > ? and p.first_record <= ?
          cross join lateral (
            select p.first_record + u.place - 1 as record, u.key
            from unnest(p.keys) with ordinality as u (key, place)) k
          join batch_chunk c on c.batch_id = run.id
            and k.record >= c.first_record and k.record < c.first_record + c.records
          left join flow_record r on r.run = run.id and r.record = k.record
          where run.id = ? and k.record between ? and ?
            and (?::bigint[] is null or k.record = any(?))
            and (?::int is null or get_byte(c.outcomes, (k.record - c.first_record)::int) = ?)
            and (?::text is null or r.change = ?) and (?::text is null or k.key = ?)
          order by p.number, k.record limit ?
          """);
  private static final Sql EXCHANGES =
      Sql.of(
          """
          select e.*, coalesce(c.rejected, 0) as rejected,
            coalesce(cardinality(c.records), 0) as items
          from flow_exchange e
          left join flow_call c on c.run = e.run and c.number = e.call and e.method <> 'GET'
          where e.run = ? and e.id > ?
            and (not ? or e.problem is not null or e.status not between 200 and 299
              or c.rejected > 0)
            and (?::bigint[] is null
              or e.call = any(array(select number from flow_call where run = ? and records && ?)))
          order by e.id limit ?
          """);
  private static final Sql CARRIED =
      Sql.of("select records from flow_call where run = ? and number = ?");
  private static final Sql OF_KEY =
      Sql.of("select record from flow_record where run = ? and key = ?");

  // Of a product the latest; one without a key is told by what it holds. Runs that all read
  // the same products are looked into no further than SEEN times what is asked for.
  private static final Sql SAMPLES =
      Sql.of(
          """
          select once.source
          from (
            select distinct on (coalesce(nullif(seen.key, ''), seen.source::text))
              seen.source, seen.run, seen.record
            from (
              select kept.key, kept.source, newest.id as run, kept.record
              from (
                select id from flow_run where tenant = ? order by id desc limit 50) newest
              cross join lateral (
                select key, source, record from flow_record
                where run = newest.id and change is distinct from 'delete'
                order by record limit ?) kept
              order by newest.id desc, kept.record limit ?) seen
            order by coalesce(nullif(seen.key, ''), seen.source::text), seen.run desc,
              seen.record desc) once
          order by once.run desc, once.record limit ?
          """);
  private static final int SEEN = 4;

  private static final Sql CHANGES =
      Sql.of(
          """
          select change, count(*) as records from flow_record
          where run = ? and change is not null group by change
          """);

  // A record that the mapping did not take has neither a change nor an item.
  private static final Sql REJECTIONS =
      Sql.of(
          """
          select split_part(reason, ': ', 1) as code, count(*) as records,
            count(distinct reason) as reasons, mode() within group (order by reason) as reason
          from flow_record
          where run = ? and change is null and item is null and reason is not null
          group by 1 order by records desc, code limit ?
          """);
  private static final Sql LATENCIES =
      Sql.of(
          """
          select side, count(*) as calls,
            count(*) filter (where status not between 200 and 299) as failed,
            percentile_disc(0.5) within group (order by took_micros) as half,
            percentile_disc(0.95) within group (order by took_micros) as most
          from flow_exchange where run = ? group by side
          """);

  private static final Sql FORGOTTEN =
      Sql.of("select forgotten_at from flow_run where id = ? and forgotten_at is not null");

  private final Database database;

  public RunRecords(Database database) {
    this.database = database;
  }

  /// The records of a run in their order.
  ///
  /// @param cursor as the page before gave it; null: from the first
  /// @throws NumberFormatException when the cursor is none of ours
  public Page<RunRecord> list(UUID run, Filter filter, @Nullable String cursor, int size) {
    long from = cursor == null ? 1 : Long.parseLong(cursor);
    if (filter.call() == null) {
      return list(run, filter, Range.ALL.from(from), size);
    }
    List<Long> carried = carried(run, filter.call());
    return carried.isEmpty()
        ? new Page<>(List.of(), null)
        : list(run, filter, Range.of(carried).from(from), size);
  }

  private List<Long> carried(UUID run, int call) {
    return database
        .read(connection ->
            CARRIED.with(run, call).first(connection, row -> row.int8Array("records")))
        .orElse(List.of());
  }

  private Page<RunRecord> list(UUID run, Filter filter, Range range, int size) {
    Long[] only = range.only() == null ? null : range.only().toArray(Long[]::new);
    Integer code = filter.outcome() == null ? null : (int) filter.outcome().code();
    String change = filter.change() == null ? null : RunStore.name(filter.change());
    List<RunRecord> found =
        database.read(connection ->
            RECORDS
                .with(
                    range.first(),
                    range.last(),
                    run,
                    range.first(),
                    range.last(),
                    only,
                    only,
                    code,
                    code,
                    change,
                    change,
                    filter.key(),
                    filter.key(),
                    size + 1)
                .list(connection, RunRecords::record));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), String.valueOf(found.get(size).record()));
  }

  /// Since when what a run did with each record is no longer kept; nothing: it is, so far. Books,
  /// result and dead letters are kept all the same.
  public Optional<Instant> forgotten(UUID run) {
    return database.read(
        connection -> FORGOTTEN.with(run).first(connection, row -> row.instant("forgotten_at")));
  }

  /// One of them.
  public Optional<RunRecord> find(UUID run, long record) {
    return list(run, Filter.ALL, new Range(record, record, null), 1).items().stream().findFirst();
  }

  /// Records of a client's latest runs as they came from the source, for trying mappings: each
  /// product once, as it was last. Those that were unchanged are not kept.
  public List<Fields> samples(String tenant, int most) {
    return database.read(connection ->
        SAMPLES
            .with(tenant, most, most * SEEN, most)
            .list(connection, row -> Content.fields(row.json("source"))));
  }

  /// What was said, in its order.
  ///
  /// @param cursor as the page before gave it; null: from the first
  /// @throws NumberFormatException when the cursor is none of ours
  public Page<RunExchange> exchanges(
      UUID run, ExchangeFilter filter, @Nullable String cursor, int size) {
    long after = cursor == null ? 0 : Long.parseLong(cursor);
    Long[] records = records(run, filter);
    List<RunExchange> found =
        database.read(connection ->
            EXCHANGES
                .with(run, after, filter.failures(), records, run, records, size + 1)
                .list(connection, RunRecords::exchange));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), String.valueOf(found.get(size - 1).id()));
  }

  /// The records whose calls are asked for; null: all calls are.
  private Long @Nullable [] records(UUID run, ExchangeFilter filter) {
    if (filter.record() != null) {
      return new Long[] {filter.record()};
    }
    return filter.key() == null
        ? null
        : database
            .read(connection ->
                OF_KEY.with(run, filter.key()).list(connection, row -> row.int8("record")))
            .toArray(Long[]::new);
  }

  /// One of what was said.
  public Optional<RunExchange> exchange(UUID run, long id) {
    return exchanges(run, ExchangeFilter.ALL, Long.toString(id - 1), 1).items().stream()
        .filter(found -> found.id() == id)
        .findFirst();
  }

  /// How many of a run's records mean what for the destination, whatever became of them.
  public Map<Change, Long> changes(UUID run) {
    Map<Change, Long> changes = new EnumMap<>(Change.class);
    database
        .read(connection ->
            CHANGES
                .with(run)
                .list(connection, row -> Map.entry(row.text("change"), row.int8("records"))))
        .forEach(found ->
            changes.put(Change.valueOf(found.getKey().toUpperCase(Locale.ROOT)), found.getValue()));
    return changes;
  }

  /// Why the mapping rejected records of a run, for each code, the most common one first.
  ///
  /// @param reason the most common one of the code
  /// @param reasons how many different ones there are
  public record Rejection(String code, long records, String reason, long reasons) {}

  /// See [Rejection].
  ///
  /// @param most how many codes
  public List<Rejection> rejections(UUID run, int most) {
    return database.read(connection ->
        REJECTIONS
            .with(run, most)
            .list(
                connection,
                row -> {
                  String code = row.text("code");
                  String reason = row.text("reason");
                  return new Rejection(
                      code,
                      row.int8("records"),
                      reason.startsWith(code + ": ") ? reason.substring(code.length() + 2) : reason,
                      row.int8("reasons"));
                }));
  }

  /// How long calls took on either side, as far as they are still kept.
  public Map<RunObserver.Side, SideLatency> latencies(UUID run) {
    Map<RunObserver.Side, SideLatency> sides = new EnumMap<>(RunObserver.Side.class);
    database
        .read(connection -> LATENCIES.with(run).list(connection, RunRecords::latency))
        .forEach(side -> sides.put(side.side(), side));
    return sides;
  }

  private static SideLatency latency(Row row) {
    return new SideLatency(
        RunObserver.Side.valueOf(row.text("side").toUpperCase(Locale.ROOT)),
        row.int8("calls"),
        row.int8("failed"),
        Duration.ofNanos(row.int8("half") * 1_000),
        Duration.ofNanos(row.int8("most") * 1_000));
  }

  private static RunRecord record(Row row) {
    String change = row.textOrNull("change");
    return new RunRecord(
        row.int8("record"),
        row.textOrNull("key"),
        Outcome.ofCode(row.text("outcome").charAt(0)),
        change == null ? null : Change.valueOf(change.toUpperCase(Locale.ROOT)),
        row.jsonOrNull("source"),
        row.jsonOrNull("item"),
        row.jsonOrNull("diffs"),
        row.textOrNull("reason"));
  }

  private static RunExchange exchange(Row row) {
    return new RunExchange(
        row.int8("id"),
        RunObserver.Side.valueOf(row.text("side").toUpperCase(Locale.ROOT)),
        row.int4OrNull("call"),
        row.instant("at"),
        row.text("purpose"),
        row.text("method"),
        row.text("uri"),
        row.int4("status"),
        Duration.ofNanos(row.int8("took_micros") * 1_000),
        row.json("request_headers"),
        Objects.requireNonNullElse(row.textOrNull("request_body"), ""),
        row.json("answer_headers"),
        Objects.requireNonNullElse(row.textOrNull("answer_body"), ""),
        row.int4("items"),
        row.int4("rejected"),
        row.textOrNull("problem"));
  }
}
