package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.Followed;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Outcome;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people see of events and lanes. Safe for use by many threads.
public final class EventStates {
  private static final int LONGEST_BACKLOG = 100_000;

  private static final Sql STATES =
      Sql.of(
          """
          select e.position, coalesce(h.at, c.settled_at) as settled_at, c.handlers as vectors,
            c.index,
            chr(get_byte(c.outcomes, c.index)) as outcome,
            w.attempts, w.due_at, w.handler, w.code, w.reason, w.since, p.key is not null as parked,
            d.id as letter,
            (select count(*) from inbox_duplicate u where u.first = e.position) as duplicates
          from unnest(?::bigint[], ?::int[]) as e (position, lane)
          left join lateral (
            select *, array_position(offsets, (e.position - first_position)::int) - 1 as index
            from inbox_chunk
            where slice = e.position >> 40 and lane = e.lane and last_position >= e.position
              and first_position <= e.position
            order by last_position limit 1) c on true
          left join lateral (
            select max(at) as at from inbox_history
            where position = e.position and replay is null
              and what in ('handled', 'given-up', 'skipped')) h on true
          left join inbox_waiting w on w.position = e.position and w.replay is null
          left join inbox_parked p on p.hold = w.hold
          left join inbox_dead_letter d on d.position = e.position and d.replay is null
          """);

  private static final Sql LANES =
      Sql.of(
          """
          select l.lane, l.position, nullif(lease.holder, '') as node,
            (select count(*) from inbox_waiting w where w.lane = l.lane) as waiting,
            (select count(*) from inbox_parked p where p.lane = l.lane) as parked
          from inbox_lane l
          left join lease on lease.name = 'inbox/lane/' || l.lane
            and lease.until > clock_timestamp()
          order by l.lane
          """);

  // From hold to hold by the index: of what waits behind, only that of those shown is counted.
  private static final Sql KEYS =
      Sql.of(
          """
          with recursive waiting as (
            (select hold from inbox_waiting where hold > ? order by hold limit 1)
            union all
            select (
              select w.hold from inbox_waiting w where w.hold > waiting.hold order by w.hold limit 1)
            from waiting where waiting.hold is not null),
          shown as (
            select hold from (select hold from waiting where hold is not null limit ?) w
            union
            select hold from (select hold from inbox_parked where hold > ? order by hold limit ?) p
            order by hold limit ?)
          select coalesce(h.tenant, p.tenant) as tenant, coalesce(h.key, p.key) as key,
            coalesce(h.lane, p.lane) as lane, n.events, n.oldest, h.due_at,
            coalesce(h.attempts, 0) as attempts, h.code, h.reason, p.by, p.reason as parked_for
          from shown s
          left join lateral (
            select * from inbox_waiting w where w.hold = s.hold order by position, id limit 1) h on true
          left join inbox_parked p on p.hold = s.hold
          cross join lateral (
            select count(*) as events, min(since) as oldest from inbox_waiting w
            where w.hold = s.hold) n
          order by s.hold
          """);

  private static final Sql BACKLOG =
      Sql.of(
          """
          select count(*) as events, min(received_at) as oldest from (
            select e.received_at from inbox_lane l cross join lateral (
              select received_at from inbox_event
              where lane = l.lane and position > l.position order by position limit ?) e
            limit ?) b
          """);

  // How many wait is in the books; the oldest is found along its index.
  private static final Sql WAITING =
      Sql.of(
          """
          select
            (select coalesce(sum(pending), 0) from inbox_books
              where slice in (select slice from inbox_slice))::bigint
              + (select coalesce(sum(b.pending), 0) from inbox_replay r join batch b on b.id = r.id)
              ::bigint as waiting,
            (select w.since from inbox_waiting w
              where not exists (select from inbox_parked p where p.hold = w.hold)
              order by w.since limit 1) as oldest,
            (select count(*) from inbox_parked) as parked,
            (select count(*) from inbox_dead_letter where state = 'open') as letters,
            (select count(*) from inbox_node where seen_at > clock_timestamp() - interval '15 s')
              as nodes,
            clock_timestamp() as now
          """);

  private static final Sql BOOKS =
      Sql.of(
          """
          select coalesce(sum(received), 0)::bigint as received,
            coalesce(sum(written), 0)::bigint as written,
            coalesce(sum(unchanged), 0)::bigint as unchanged,
            coalesce(sum(rejected), 0)::bigint as rejected,
            coalesce(sum(skipped), 0)::bigint as skipped,
            coalesce(sum(pending), 0)::bigint as pending
          from inbox_books
          where (?::text is null or connection = ?) and slice in (select slice from inbox_slice)
          """);

  private static final Sql RATES =
      Sql.of(
          """
          select date_bin(?::interval, settled_at, ?::timestamptz) as bucket,
            sum(records)::bigint as events
          from inbox_chunk where settled_at >= ?::timestamptz and settled_at < ?::timestamptz
            and slice >= (select coalesce(max(slice), 0) from inbox_slice
              where opened_at <= ?::timestamptz) - 1
          group by 1 order by 1
          """);

  private final Database database;
  private final EventLog log;

  public EventStates(Database database, EventLog log) {
    this.database = database;
    this.log = log;
  }

  /// Events with their states, newest first; see [EventLog#find(EventFilter, String, int)].
  public Page<EventState> list(EventFilter filter, @Nullable String cursor, int size) {
    Page<EventHead> events = log.find(filter, cursor, size);
    return new Page<>(states(events.items()), events.next());
  }

  /// Events in a state, newest first. Of a state that most events leave or never come to, a page
  /// may be short, or empty, and yet have a next one.
  public Page<EventState> list(
      EventFilter filter, EventState.State wanted, @Nullable String cursor, int size) {
    return new StateSearch(database, log, this::states).list(filter, wanted, cursor, size);
  }

  /// Events, repeated deliveries or both, newest first. A page may be short, or empty, and yet have
  /// a next one.
  ///
  /// @param state only events in it; repeated deliveries have none
  /// @param cursor of the page before, whatever it held; null: from the newest
  public Page<Arrival> arrivals(
      EventFilter filter,
      Arrival.What what,
      EventState.@Nullable State state,
      @Nullable String cursor,
      int size) {
    return new ArrivalSearch(this, log).list(filter, what, state, cursor, size);
  }

  /// Events with their states in the order of arrival, none missed.
  ///
  /// @param until follow from there
  public record FollowedStates(List<EventState> events, long until) {
    public FollowedStates {
      events = List.copyOf(events);
    }
  }

  /// Events with their states as they come; see [EventLog#follow].
  public FollowedStates follow(EventFilter filter, @Nullable Long after, int size) {
    Followed followed = log.follow(filter, after, size);
    return new FollowedStates(states(followed.events()), followed.until());
  }

  /// One event.
  public Optional<EventState> find(long position) {
    return log.head(position).map(event -> states(List.of(event)).getFirst());
  }

  /// All that happened to an event, oldest first.
  public List<EventStep> history(EventState event) {
    return database.read(connection -> EventStory.of(connection, List.of(event)));
  }

  private List<EventState> states(List<EventHead> events) {
    Map<Long, EventHead> byPosition = new HashMap<>();
    events.forEach(event -> byPosition.put(event.position(), event));
    Map<Long, EventState> states = new HashMap<>();
    if (!events.isEmpty()) {
      database
          .read(connection ->
              STATES
                  .with(
                      Outcomes.longs(events, EventHead::position),
                      Outcomes.array(events, EventHead::lane))
                  .list(connection, row -> state(row, byPosition)))
          .forEach(state -> states.put(state.event().position(), state));
    }
    return events.stream()
        .flatMap(e -> Optional.ofNullable(states.get(e.position())).stream())
        .toList();
  }

  private static EventState state(Row row, Map<Long, EventHead> events) {
    EventHead event = events.get(row.int8("position"));
    if (event == null) {
      throw new IllegalStateException("asked for other events than " + events.keySet());
    }
    Integer index = row.int4OrNull("index");
    Map<String, Character> handlers = new HashMap<>();
    if (index != null) {
      CodesJson.readVectors(row.json("vectors"))
          .forEach((handler, vector) -> handlers.put(handler, vector.charAt(index)));
    }
    Instant since = row.instantOrNull("since");
    EventState.Waits waits =
        since == null
            ? null
            : new EventState.Waits(
                row.int4("attempts"),
                row.instantOrNull("due_at"),
                row.textOrNull("handler"),
                row.textOrNull("code"),
                row.textOrNull("reason"),
                since);
    return new EventState(
        event,
        event.erasedAt() != null
            ? EventState.State.ERASED
            : state(row.textOrNull("outcome"), waits, row.bool("parked")),
        handlers,
        waits == null ? row.instantOrNull("settled_at") : null,
        waits,
        row.int8OrNull("letter"),
        row.int8("duplicates"));
  }

  private static EventState.State state(
      @Nullable String outcome, EventState.@Nullable Waits waits, boolean parked) {
    if (outcome == null) {
      return EventState.State.ACCEPTED;
    }
    return switch (Outcome.ofCode(outcome.charAt(0))) {
      case WRITTEN -> EventState.State.WRITTEN;
      case UNCHANGED -> EventState.State.UNCHANGED;
      case SKIPPED -> EventState.State.SKIPPED;
      case REJECTED -> EventState.State.REJECTED;
      case PENDING -> {
        if (parked) {
          yield EventState.State.PARKED;
        }
        yield waits != null && waits.dueAt() != null
            ? EventState.State.WAITING
            : EventState.State.BEHIND;
      }
    };
  }

  /// Where each lane is.
  public List<LaneState> lanes() {
    return database.read(connection ->
        LANES.list(
            connection,
            row ->
                new LaneState(
                    row.int4("lane"),
                    row.int8("position"),
                    row.textOrNull("node"),
                    row.int8("waiting"),
                    row.int8("parked"))));
  }

  /// Keys that wait or are parked, by tenant and name.
  public Page<WaitingKey> keys(@Nullable String cursor, int size) {
    String after = cursor == null ? "" : cursor;
    int limit = size + 1;
    List<WaitingKey> found =
        database.read(connection ->
            KEYS.with(after, limit, after, limit, limit).list(connection, EventStates::key));
    boolean more = found.size() > size;
    List<WaitingKey> shown = more ? found.subList(0, size) : found;
    return new Page<>(shown, more ? shown.getLast().hold() : null);
  }

  private static WaitingKey key(Row row) {
    return new WaitingKey(
        row.text("tenant"),
        row.text("key"),
        row.int4("lane"),
        row.int8("events"),
        row.instantOrNull("oldest"),
        row.instantOrNull("due_at"),
        row.int4("attempts"),
        row.textOrNull("code"),
        row.textOrNull("reason"),
        row.textOrNull("by"),
        row.textOrNull("parked_for"));
  }

  /// How handing on goes.
  ///
  /// @param connection whose books; null: all. The other figures are always of all.
  public LaneFigures figures(@Nullable String connection) {
    return database.read(session -> figures(session, connection));
  }

  private static LaneFigures figures(Connection session, @Nullable String connection) {
    record Backlog(long events, @Nullable Instant oldest) {}
    Backlog backlog =
        BACKLOG
            .with(LONGEST_BACKLOG, LONGEST_BACKLOG)
            .one(session, row -> new Backlog(row.int8("events"), row.instantOrNull("oldest")));
    return WAITING.one(
        session,
        row ->
            new LaneFigures(
                BOOKS.with(connection, connection).one(session, Ledger::books),
                backlog.events(),
                age(backlog.oldest(), row.instant("now")),
                row.int8("waiting"),
                age(row.instantOrNull("oldest"), row.instant("now")),
                row.int8("parked"),
                row.int8("letters"),
                row.int4("nodes")));
  }

  private static Duration age(@Nullable Instant since, Instant now) {
    return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }

  /// How many events got their first outcome, in stretches of equal length; empty ones are left
  /// out.
  public List<HandedOn> handedOn(Instant from, Instant to, Duration stretch) {
    return database.read(connection ->
        RATES
            .with(stretch, from, from, to, from)
            .list(connection, row -> new HandedOn(row.instant("bucket"), row.int8("events"))));
  }
}
