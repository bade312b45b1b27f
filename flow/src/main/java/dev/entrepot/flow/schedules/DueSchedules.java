package dev.entrepot.flow.schedules;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The table `flow_schedule`: when each client's runs begin by themselves. All nodes look for due
/// ones; each is taken by one of them. Safe for use by many threads.
public final class DueSchedules {
  /// How many passed times are caught up one by one at most; older ones are dropped.
  public static final int MOST_CAUGHT_UP = 24;

  /// How many passed times are counted at most.
  public static final int MOST_COUNTED = 1000;

  /// How late a time may be and still counts as on time.
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(DueSchedules.class);

  private static final Sql SET =
      Sql.of(
          """
          insert into flow_schedule (tenant, expression, zone, catch_up, active, anchor, next_at)
          values (?, ?, ?, ?, ?, ?, ?)
          on conflict (tenant) do update set expression = excluded.expression,
            zone = excluded.zone, catch_up = excluded.catch_up, active = excluded.active,
            anchor = excluded.anchor, next_at = excluded.next_at
          """);
  private static final Sql REMOVE = Sql.of("delete from flow_schedule where tenant = ?");
  private static final Sql FIND = Sql.of("select * from flow_schedule where tenant = ?");
  private static final Sql ALL = Sql.of("select * from flow_schedule order by next_at, tenant");
  private static final Sql CLAIM =
      Sql.of(
          """
          select * from flow_schedule
          where active and next_at <= ? and tenant <> all (?)
          order by next_at limit 1
          for update skip locked
          """);
  private static final Sql NEXT =
      Sql.of("select min(next_at) as next from flow_schedule where active");
  private static final Sql MOVE =
      Sql.of("update flow_schedule set next_at = ?, last_at = ? where tenant = ?");

  private final Database database;

  public DueSchedules(Database database) {
    this.database = database;
  }

  /// Sets a client's schedule. One that stays as it was keeps its times; one that was paused goes
  /// on with the next time, not with those that passed meanwhile.
  public void set(
      Connection transaction, String tenant, SchedulePlan plan, boolean active, Instant now) {
    Optional<ScheduleState> before = find(transaction, tenant);
    boolean same =
        before
            .filter(state ->
                state.plan().expression().equals(plan.expression())
                    && state.plan().zone().equals(plan.zone()))
            .isPresent();
    Instant anchor = same ? before.orElseThrow().anchor() : now;
    boolean kept = same && before.orElseThrow().active() && active;
    Instant next =
        kept
            ? before.orElseThrow().next()
            : plan.schedule().next(now, anchor, plan.zone()).orElse(null);
    SET.with(
            tenant,
            plan.expression(),
            plan.zone().getId(),
            plan.catchUp().name().toLowerCase(Locale.ROOT),
            active,
            anchor,
            next)
        .updateOne(transaction);
  }

  /// Takes a client's schedule away, when it has one.
  public void remove(Connection transaction, String tenant) {
    int _ = REMOVE.with(tenant).update(transaction);
  }

  public Optional<ScheduleState> find(Connection connection, String tenant) {
    return FIND.with(tenant).first(connection, DueSchedules::state);
  }

  /// All clients', the next ones first.
  public List<ScheduleState> all() {
    return database.read(connection -> ALL.list(connection, DueSchedules::state));
  }

  /// When the next one is due, or was.
  public Optional<Instant> nextDue() {
    return database.read(connection ->
        NEXT.first(connection, row -> Optional.ofNullable(row.instantOrNull("next")))
            .flatMap(next -> next));
  }

  /// Begins what is due. A client whose run cannot begin does not keep the others waiting.
  ///
  /// @return what was begun
  public List<Due> startDue(Instant now, RunStart start) {
    List<String> seen = new ArrayList<>();
    List<Due> begun = new ArrayList<>();
    boolean more = true;
    while (more) {
      int before = seen.size();
      try {
        database
            .<Optional<Due>>write(transaction -> next(transaction, now, seen, start))
            .ifPresent(begun::add);
      } catch (RuntimeException e) {
        if (seen.size() == before) {
          throw e;
        }
        LOG.warn("the run of client {} cannot begin; it is tried again", seen.getLast(), e);
      }
      more = seen.size() > before;
    }
    return begun;
  }

  private Optional<Due> next(
      Connection transaction, Instant now, List<String> seen, RunStart start) {
    Optional<ScheduleState> claimed =
        CLAIM.with(now, seen.toArray(new String[0])).first(transaction, DueSchedules::state);
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    ScheduleState state = claimed.get();
    seen.add(state.tenant());
    CaughtUp caughtUp = CaughtUp.of(state, now);
    Due due = caughtUp.due();
    if (due == null) {
      LOG.info("client {}: times until {} passed unseen and are skipped", state.tenant(), now);
      move(transaction, state, caughtUp.next(), state.last());
      return Optional.empty();
    }
    return switch (start.start(transaction, due)) {
      case BUSY -> Optional.empty();
      case STARTED -> {
        move(transaction, state, caughtUp.next(), now);
        yield Optional.of(due);
      }
    };
  }

  private static void move(
      Connection transaction, ScheduleState state, @Nullable Instant next, @Nullable Instant last) {
    MOVE.with(next, last, state.tenant()).updateOne(transaction);
  }

  private static ScheduleState state(Row row) {
    return new ScheduleState(
        row.text("tenant"),
        new SchedulePlan(
            row.text("expression"),
            zone(row.text("zone")),
            CatchUp.valueOf(row.text("catch_up").toUpperCase(Locale.ROOT))),
        row.bool("active"),
        row.instant("anchor"),
        row.instantOrNull("next_at"),
        row.instantOrNull("last_at"));
  }

  /// Zones were checked when they were set; one that a later Java does not know is taken as UTC.
  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      LOG.warn("there is no time zone {} any more; UTC is taken", id);
      return ZoneOffset.UTC;
    }
  }
}
