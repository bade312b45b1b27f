package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.lanes.ReplaySearch.Found;
import dev.entrepot.inbox.lanes.ReplaySearch.Scope;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.KeptSlices;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Outcome;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Hands events on once more, marked as a replay, in the order of their arrival per key; new events
/// of such a key wait meanwhile. An event that a person mended is handed on as it was mended last
/// ([MendedBodies]). Once it comes to its end well, what failed of it before is no dead letter any
/// more ([CuredLetters]). Every replay has books of its own: a batch of the ledger. Safe for use by
/// many threads and nodes.
public final class Replays {
  /// More at once would hold the lanes up for too long.
  public static final int MOST = 100_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TRIED = 500;
  private static final int CHUNK = 5_000;

  private static final Sql ADD =
      Sql.of(
          """
          insert into inbox_waiting
            (lane, tenant, key, position, connection, topic, bytes, replay, record, handlers, body)
          select e.lane, inbox_tenant(e.connection), e.key, e.position, e.connection, e.topic,
            coalesce(octet_length(m.body), inbox_payload_bytes(e.payload)), ?, p.record, ?::text[],
            m.body
          from unnest(?::bigint[]) with ordinality as p (position, record)
          join inbox_event e on e.position = p.position
          left join (NEWEST) m on m.position = p.position
          """
              .replace("NEWEST", MendedBodies.NEWEST));

  private static final Sql INSERT =
      Sql.of(
          """
          insert into inbox_replay (id, asked, handlers, events, left_out, by)
          values (?, ?, ?, ?, ?, ?)
          """);

  private static final Sql ERASED =
      Sql.of(
          """
          select position from inbox_event
          where position = any(?::bigint[]) and get_byte(substring(payload from 1 for 1), 0) = 2
          order by position limit 1
          """);

  private static final String REPLAY =
      """
      select r.*, b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending
      from inbox_replay r join batch b on b.id = r.id
      """;

  private static final Sql MARKS = Sql.of("select lane, position from inbox_lane");

  private final Database database;
  private final EventLog log;
  private final Ledger ledger;
  private final ActivityLog activities;
  private final Senders senders;
  private final List<EventHandler> handlers;
  private final Runnable added;
  private final ReplayCheck check;
  private final ReplaySearch search;

  /// @param handlers those of the lanes
  /// @param added called when there is something to hand on; see [Lanes#wake]
  public Replays(
      Database database,
      EventLog log,
      ActivityLog activities,
      Senders senders,
      List<EventHandler> handlers,
      Runnable added) {
    this.database = database;
    this.log = log;
    this.ledger = new Ledger(database);
    this.activities = activities;
    this.senders = senders;
    this.handlers = List.copyOf(handlers);
    this.added = added;
    this.check = new ReplayCheck(database, this.handlers);
    this.search = new ReplaySearch(log);
  }

  /// To whom alone events can be handed on again, by name.
  public List<String> handlers() {
    return handlers.stream().map(EventHandler::name).sorted().toList();
  }

  /// What a replay would do. Nothing is changed; handlers really run, and are rolled back.
  ///
  /// @throws InboxException INVALID when it names a handler that there is not, or no time
  public ReplayPreview preview(ReplayRequest request) {
    check.require(request);
    List<Found> found = database.read(connection -> search.find(connection, request, Scope.ALL));
    List<Found> skipped = database.read(connection -> search.skipped(connection, request));
    requireOneTenant(request, found);
    List<Long> tried = found.stream().map(Found::position).limit(TRIED).toList();
    List<EventHandler> asked =
        handlers.stream().filter(h -> ReplayPlace.reaches(request.handlers(), h.name())).toList();
    return new ReplayTrial(database, log, senders, asked)
        .run(found.size(), tried, request.handlers())
        .with(
            database.read(connection ->
                new ReplayPreview.Skipped(
                    skipped.size(),
                    request.skipped() == ReplayRequest.Skipped.HANDED_ON,
                    ReplaySearch.told(connection, skipped))),
            database.read(connection -> ReplaySearch.parked(connection, found)));
  }

  /// Looks once more which of the events that a replay would hand on are still meant.
  public interface LastLook {
    /// @param transaction the replay's: others who begin one with these events wait for it
    /// @return of the positions those that are still meant
    List<Long> at(Connection transaction, List<Long> positions);
  }

  /// Begins a replay.
  ///
  /// @throws InboxException INVALID when it concerns no event, or too many, and as [#preview]
  public Replay start(Actor actor, ReplayRequest request) {
    return start(actor, request, (_, positions) -> positions);
  }

  /// Begins a replay of what is still meant when nobody else can begin one with these events.
  ///
  /// @throws InboxException as [#start(Actor, ReplayRequest)]
  public Replay start(Actor actor, ReplayRequest request, LastLook lastLook) {
    check.require(request);
    UUID id = SortableId.next();
    database.write(transaction -> {
      Map<Integer, Long> marks = marks(transaction);
      List<Found> first = search.find(transaction, request, Scope.ALL);
      long leftOut =
          request.skipped() == ReplayRequest.Skipped.LEFT_OUT
              ? search.skipped(transaction, request).size()
              : 0;
      marks.keySet().retainAll(first.stream().map(Found::lane).collect(Collectors.toSet()));
      LetterActs.lock(transaction, marks.keySet());
      KeptSlices.holdAll(transaction);
      List<Found> found =
          still(transaction, lastLook, findAgain(transaction, request, first, marks));
      requireNoneErased(transaction, request);
      requireOneTenant(request, found);
      requireSome(found.size(), leftOut);
      add(transaction, actor, id, request, found, leftOut);
      return found.size();
    });
    added.run();
    return find(id);
  }

  private static List<Found> still(Connection transaction, LastLook lastLook, List<Found> found) {
    Set<Long> meant =
        Set.copyOf(lastLook.at(transaction, found.stream().map(Found::position).toList()));
    return found.stream().filter(one -> meant.contains(one.position())).toList();
  }

  /// By lane the position of the last event that has an outcome.
  private static Map<Integer, Long> marks(Connection connection) {
    Map<Integer, Long> marks = new TreeMap<>();
    MARKS.list(connection, row -> marks.put(row.int4("lane"), row.int8("position")));
    return marks;
  }

  /// Under the locks, which nobody shall wait for long: only what was found, as far as it is still
  /// so, and what was settled since.
  private List<Found> findAgain(
      Connection transaction, ReplayRequest request, List<Found> first, Map<Integer, Long> marks) {
    SortedMap<Long, Found> found = new TreeMap<>();
    Long[] positions = Outcomes.longs(first, Found::position);
    search
        .find(
            transaction,
            request,
            new Scope(" and e.position = any(?::bigint[])", List.of((Object) positions)))
        .forEach(one -> found.put(one.position(), one));
    long start = marks.values().stream().mapToLong(mark -> mark).min().orElse(Long.MAX_VALUE);
    Scope since =
        new Scope(
            """
             and e.position > ? and exists (
              select from unnest(?::int[], ?::bigint[]) as m (lane, position)
              where m.lane = e.lane and m.position < e.position)
            """,
            List.of(
                start,
                marks.keySet().toArray(Integer[]::new),
                marks.values().toArray(Long[]::new)));
    search.find(transaction, request, since).forEach(one -> found.put(one.position(), one));
    return List.copyOf(found.values());
  }

  /// Whose events are meant by a key that several have must be said.
  private static void requireOneTenant(ReplayRequest request, List<Found> found) {
    if (request.filter().key() != null && request.filter().tenant() == null) {
      List<String> tenants = found.stream().map(Found::tenant).distinct().sorted().toList();
      HeldKeys.requireOne(request.filter().key(), "is of", tenants);
    }
  }

  /// Named one by one, they must be there; asked for by a filter, they are left out.
  private static void requireNoneErased(Connection connection, ReplayRequest request) {
    ERASED
        .with((Object) request.positions().toArray(Long[]::new))
        .first(connection, row -> row.int8("position"))
        .ifPresent(position -> {
          throw new InboxException(
              InboxException.Code.CONFLICT,
              "event "
                  + Positions.text(position)
                  + " was erased, as the law wants it; nothing is left to hand on, leave it out");
        });
  }

  private static void requireSome(int events, long leftOut) {
    if (events == 0 && leftOut > 0) {
      throw new InboxException(
          InboxException.Code.INVALID,
          "with_skipped",
          "%d %s, but somebody skipped %s; look at why (entrepot dead-letters list --state skipped), or ask for %s, too (--with-skipped)"
              .formatted(
                  leftOut,
                  leftOut == 1 ? "event fits" : "events fit",
                  leftOut == 1 ? "it" : "them all",
                  leftOut == 1 ? "it" : "them"));
    }
    if (events == 0 || events > MOST) {
      throw new InboxException(
          InboxException.Code.INVALID,
          events == 0
              ? "no event that was handed on fits; look for some first"
              : "a replay takes at most " + MOST + " events; ask for a shorter time");
    }
  }

  private void add(
      Connection transaction,
      Actor actor,
      UUID id,
      ReplayRequest request,
      List<Found> found,
      long leftOut) {
    Map<String, Object> asked = asked(request);
    String words = JSON.writeValueAsString(asked);
    ledger.open(transaction, id, ReplayBooks.KIND, "", actor.reference(), words);
    for (int from = 0; from < found.size(); from += CHUNK) {
      int size = Math.min(CHUNK, found.size() - from);
      ledger.settle(transaction, id, from + 1L, Collections.nCopies(size, Outcome.PENDING));
    }
    ledger.close(transaction, id);
    String[] reached = request.handlers().toArray(String[]::new);
    INSERT
        .with(id, new Json(words), reached, (long) found.size(), leftOut, actor.reference())
        .updateOne(transaction);
    Long[] positions = Outcomes.longs(found, Found::position);
    ADD.with(id, reached, positions, positions).update(transaction);
    String to =
        request.handlers().isEmpty()
            ? null
            : "to " + String.join(", ", new TreeSet<>(request.handlers()));
    EventHistory.replayed(transaction, actor, id, to, positions);
    Waiting.settleHolds(
        transaction,
        found.stream().map(Found::hold).collect(Collectors.toCollection(TreeSet::new)));
    activities.record(transaction, actor, "events.replay", "event-replay/" + id, asked);
  }

  private static Map<String, Object> asked(ReplayRequest request) {
    EventFilter filter = request.filter();
    Map<String, Object> asked = new LinkedHashMap<>();
    if (!request.positions().isEmpty()) {
      asked.put("events", request.positions().stream().map(Positions::text).limit(100).toList());
    }
    put(asked, "tenant", filter.tenant());
    put(asked, "connection", filter.connection());
    put(asked, "topic", filter.topic());
    put(asked, "key", filter.key());
    put(asked, "id", filter.externalId());
    put(asked, "from", filter.from());
    put(asked, "to", filter.to());
    put(asked, "handlers", request.handlers().isEmpty() ? null : request.handlers());
    put(asked, "with_skipped", request.skipped() == ReplayRequest.Skipped.HANDED_ON ? "yes" : null);
    return asked;
  }

  private static void put(Map<String, Object> asked, String name, @Nullable Object value) {
    if (value != null) {
      asked.put(name, value instanceof Instant ? value.toString() : value);
    }
  }

  /// The replay with an id.
  ///
  /// @throws InboxException NOT_FOUND
  public Replay find(UUID id) {
    return database
        .read(connection ->
            Sql.of(REPLAY + " where r.id = ?").with(id).first(connection, Replays::replay))
        .orElseThrow(
            () -> new InboxException(InboxException.Code.NOT_FOUND, "there is no replay " + id));
  }

  /// The newest replays, newest first.
  public List<Replay> newest(int size) {
    return database.read(connection ->
        Sql.of(REPLAY + " order by r.id desc limit ?")
            .with(size)
            .list(connection, Replays::replay));
  }

  private static Replay replay(Row row) {
    return new Replay(
        row.uuid("id"),
        row.json("asked"),
        row.int8("events"),
        row.int8("left_out"),
        row.text("by"),
        row.instant("at"),
        Ledger.books(row));
  }
}
