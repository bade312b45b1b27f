package dev.entrepot.flow.runs;

import dev.entrepot.flow.runs.Run.StepCount;
import dev.entrepot.flow.runs.Run.Wish;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tables `flow_run`, `flow_step` and `flow_watermark`.
final class RunStore {
  private static final String RUN =
      """
      select r.*,
        (extract(epoch from r.paused_for + coalesce(clock_timestamp() - r.paused_at, interval '0'))
          * 1000)::bigint as paused_millis,
        case when r.state = 'planned' then (
          select n.id from flow_run n
          where n.tenant = r.tenant and n.id <> r.id and n.started_at > r.read_from
            and (n.mode <> 'plan' or n.applied)
          order by n.id desc limit 1) end as overtaken_by,
        b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending
      from flow_run r join batch b on b.id = r.id
      """;

  private static final Sql INSERT =
      Sql.of(
          """
          insert into flow_run (id, tenant, flow, source, destination, mode, trigger, asked_by)
          values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
          """);
  private static final Sql QUEUED =
      Sql.of(
          "select id from flow_run"
              + " where tenant = ? and mode = ? and state = 'queued' and not applied");
  private static final Sql BUSY =
      Sql.of(
          "select 1 from flow_run"
              + " where tenant = ? and state in ('queued', 'running', 'paused') limit 1");
  private static final Sql LATE =
      Sql.of(
          """
          update flow_run set late_told_at = clock_timestamp()
          where id in (
            select id from flow_run
            where state in ('running', 'paused') and late_told_at is null
              and (state = 'running' and clock_timestamp() - started_at - paused_for > ?
                or state = 'paused' and clock_timestamp() - paused_at > ?)
            order by started_at limit ? for update skip locked)
          returning id
          """);
  private static final Sql FIND = Sql.of(RUN + "where r.id = ?");
  private static final Sql LIST =
      Sql.of(
          RUN
              + """
              where (?::text is null or r.tenant = ?) and (?::text[] is null or r.state = any(?))
                and (?::uuid is null or r.id < ?)
              order by r.id desc limit ?
              """);
  private static final Sql LATEST =
      Sql.of(
          RUN
              + """
              where r.id in (
                select newest.id from flow_client c
                cross join lateral (
                  select id from flow_run where tenant = c.tenant order by id desc limit 1) newest)
              order by r.id desc
              """);
  private static final Sql STEPS =
      Sql.of("select * from flow_step where run = any(?) order by run, position");
  private static final Sql ADD_STEP =
      Sql.of(
          """
          insert into flow_step (run, tenant, step, position, title, call_size)
          values (?, ?, ?, ?, ?, ?)
          on conflict (run, step) do nothing
          """);
  private static final Sql COUNT =
      Sql.of(
          """
          update flow_step s
          set wanted = s.wanted + d.wanted, calls = s.calls + d.calls,
            accepted = s.accepted + d.accepted, rejected = s.rejected + d.rejected,
            put_off = s.put_off + d.put_off, unknown = s.unknown + d.unknown,
            lookups = s.lookups + d.lookups
          from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
            ?::bigint[], ?::bigint[])
            as d (step, wanted, calls, accepted, rejected, put_off, unknown, lookups)
          where s.run = ? and s.step = d.step
          """);

  private static final Sql WATERMARK =
      Sql.of(
          """
          select case when mapping_revision = ? and switches = ?
              and coalesce(source_account = ?::text, true) then since end as since
          from flow_watermark where tenant = ? and flow = ?
          """);

  /// Whether it was made; else one like it waits already.
  boolean insert(
      Connection connection, UUID id, FlowName name, RunMode mode, String trigger, String askedBy) {
    return INSERT
            .with(
                id,
                name.tenant(),
                name.flow(),
                name.source(),
                name.destination(),
                name(mode),
                trigger,
                askedBy)
            .update(connection)
        == 1;
  }

  /// Runs that have been at work, or paused, for longer than a time, and of which nobody was told;
  /// from now on somebody is.
  List<UUID> late(Connection connection, Duration longerThan, int most) {
    return LATE.with(longerThan, longerThan, most).list(connection, row -> row.uuid("id"));
  }

  /// Whether a run of the client is queued, under way or paused.
  boolean busy(Connection connection, String tenant) {
    return BUSY.with(tenant).first(connection, _ -> true).orElse(false);
  }

  Optional<UUID> queued(Connection connection, String tenant, RunMode mode) {
    return QUEUED.with(tenant, name(mode)).first(connection, row -> row.uuid("id"));
  }

  /// The steps are as new as the state or newer: of a run that rests, they hold all it did.
  Optional<Run> find(Connection connection, UUID id) {
    Optional<Run> run = FIND.with(id).first(connection, RunStore::run);
    return run.map(found -> withSteps(found, steps(connection, List.of(id))));
  }

  /// The newest first.
  ///
  /// @param before only older ones than this
  List<Run> list(
      Connection connection,
      @Nullable String tenant,
      List<RunState> states,
      @Nullable UUID before,
      int limit) {
    String[] names =
        states.isEmpty() ? null : states.stream().map(RunStore::name).toArray(String[]::new);
    List<Run> runs =
        LIST.with(tenant, tenant, names, names, before, before, limit)
            .list(connection, RunStore::run);
    Map<UUID, List<StepCount>> steps = steps(connection, runs.stream().map(Run::id).toList());
    return runs.stream().map(run -> withSteps(run, steps)).toList();
  }

  /// The latest run of each client, the newest first, without its steps.
  List<Run> latest(Connection connection) {
    return LATEST.list(connection, RunStore::run);
  }

  private static Map<UUID, List<StepCount>> steps(Connection connection, List<UUID> runs) {
    Map<UUID, List<StepCount>> steps = new HashMap<>();
    STEPS
        .with((Object) runs.toArray(UUID[]::new))
        .list(
            connection,
            row -> {
              StepCount count =
                  new StepCount(
                      row.text("step"),
                      row.text("title"),
                      row.int4("call_size"),
                      row.int8("wanted"),
                      row.int8("calls"),
                      row.int8("accepted"),
                      row.int8("rejected"),
                      row.int8("put_off"),
                      row.int8("unknown"),
                      row.int8("lookups"));
              return steps.computeIfAbsent(row.uuid("run"), id -> new ArrayList<>()).add(count);
            });
    return steps;
  }

  void addSteps(Connection connection, UUID run, String tenant, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      ADD_STEP.with(run, tenant, step.name(), i, step.title(), step.limit()).update(connection);
    }
  }

  void count(Connection connection, UUID run, StepTally tally) {
    if (!tally.isEmpty()) {
      COUNT
          .with(
              tally.steps(),
              tally.wanted(),
              tally.calls(),
              tally.accepted(),
              tally.rejected(),
              tally.putOff(),
              tally.unknown(),
              tally.lookups(),
              run)
          .update(connection);
    }
  }

  /// How far a flow has read, for the same mapping and the same account of the source; before it
  /// has at all, how far another program had.
  ///
  /// @param sourceAccount null: it cannot be told
  Optional<Instant> watermark(
      Connection connection, FlowSpec spec, @Nullable String sourceAccount) {
    return WATERMARK
        .with(
            spec.basis().mappingRevision(),
            spec.basis().switches(),
            sourceAccount,
            spec.tenant(),
            spec.flow())
        .first(connection, row -> Optional.ofNullable(row.instantOrNull("since")))
        .orElseGet(() -> Optional.ofNullable(spec.syncedBefore()));
  }

  /// What was read before says nothing any more: the next incremental run reads everything.
  void voidWatermark(Connection connection, UUID run, FlowSpec spec) {
    Sql.of(
            """
            insert into flow_watermark (tenant, flow, since, mapping_revision, switches, run)
            values (?, ?, clock_timestamp(), -1, 0, ?)
            on conflict (tenant, flow) do update set mapping_revision = excluded.mapping_revision
            """)
        .with(spec.tenant(), spec.flow(), run)
        .updateOne(connection);
  }

  /// To the moment at which a run began to read, and somewhat before.
  void moveWatermark(Connection connection, UUID run, Duration overlap) {
    Sql.of(
            """
            insert into flow_watermark as w
              (tenant, flow, since, mapping_revision, switches, source_account, run)
            select tenant, flow, read_from - ?, mapping_revision, switches, source_account, id
            from flow_run where id = ?
            on conflict (tenant, flow) do update
              set since = excluded.since, mapping_revision = excluded.mapping_revision,
                switches = excluded.switches, run = excluded.run, moved_at = clock_timestamp(),
                source_account = coalesce(excluded.source_account, w.source_account)
            """)
        .with(overlap, run)
        .updateOne(connection);
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Run run(Row row) {
    String wish = row.textOrNull("wish");
    return new Run(
        row.uuid("id"),
        row.text("tenant"),
        row.text("flow"),
        row.text("source"),
        row.text("destination"),
        RunMode.valueOf(row.text("mode").toUpperCase(Locale.ROOT)),
        row.text("trigger"),
        row.text("asked_by"),
        row.instant("asked_at"),
        RunState.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        wish == null ? null : Wish.valueOf(wish.toUpperCase(Locale.ROOT)),
        row.bool("applied"),
        row.uuidOrNull("overtaken_by"),
        row.text("phase").equals("load"),
        row.instantOrNull("since"),
        row.int4OrNull("mapping_revision"),
        row.instantOrNull("started_at"),
        row.instantOrNull("ended_at"),
        Duration.ofMillis(row.int8("paused_millis")),
        row.textOrNull("node"),
        row.int4("attempts"),
        row.int4("pages"),
        row.int8("ghosts"),
        row.int8OrNull("source_total"),
        row.int8("again"),
        row.textOrNull("code"),
        row.textOrNull("reason"),
        Ledger.books(row),
        List.of());
  }

  private static Run withSteps(Run run, Map<UUID, List<StepCount>> steps) {
    return new Run(
        run.id(),
        run.tenant(),
        run.flow(),
        run.source(),
        run.destination(),
        run.mode(),
        run.trigger(),
        run.askedBy(),
        run.askedAt(),
        run.state(),
        run.wish(),
        run.applied(),
        run.overtakenBy(),
        run.extracted(),
        run.since(),
        run.mappingRevision(),
        run.startedAt(),
        run.endedAt(),
        run.paused(),
        run.node(),
        run.attempts(),
        run.pages(),
        run.ghosts(),
        run.sourceTotal(),
        run.again(),
        run.code(),
        run.reason(),
        run.books(),
        steps.getOrDefault(run.id(), List.of()));
  }
}
