package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Lanes in PostgreSQL. Owns `inbox_lane`; the rest belongs to [Outcomes], [Waiting],
/// [DeadLetterTable] and [EventHistory].
///
/// A settling locks the rows of its lanes first, and requires that they are as they were read. That
/// alone makes settlings and operators' acts of a lane happen one after the other; the leases in
/// the same transaction keep out nodes that were taken for dead.
final class PostgresLaneStore implements LaneStore {
  // Of a key that waits, one is due sometime, or the key is parked: there is an index of those.
  private static final Sql MARKS =
      Sql.of(
          """
          select l.lane, l.position, l.revision,
            exists (select from inbox_waiting w
              where w.lane = l.lane and w.due_at <= clock_timestamp()) as due,
            exists (select from inbox_waiting w where w.lane = l.lane and w.due_at is not null)
              or exists (select from inbox_parked p where p.lane = l.lane) as holding
          from inbox_lane l where l.lane = any(?::int[])
          """);

  private static final Sql TENANTS =
      Sql.of("select name, tenant from inbox_connection where name = any(?::text[])");

  private static final Sql ADVANCE =
      Sql.of(
          """
          with locked as (
            select l.lane, read.target from inbox_lane l
            join unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[])
              as read (lane, position, revision, target)
              on read.lane = l.lane and read.position = l.position and read.revision = l.revision
            order by l.lane for update of l)
          update inbox_lane l set position = locked.target, revision = l.revision + 1
          from locked where l.lane = locked.lane
          """);

  // A node that stands still in the middle of a transaction holds its lanes' leases: the server
  // ends such a session, so that others can take over.
  private static final Sql BOUND =
      Sql.of("select set_config('idle_in_transaction_session_timeout', ?, true) as bound");

  private static final Duration SILENCE = Duration.ofMinutes(1);

  private record Found(LaneMark mark, boolean due, boolean holding) {}

  /// Thrown to roll a settling back that came too late.
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken() {
      super("the lanes changed since they were read", null, false, false);
    }
  }

  private final Database database;
  private final Leases leases;
  private final EventLog log;
  private final Ledger ledger;
  private final Duration longestSilence;

  /// @param longestSilence a settling that says nothing to the server for so long is ended by it
  PostgresLaneStore(
      Database database, Leases leases, EventLog log, Ledger ledger, Duration longestSilence) {
    this.longestSilence = longestSilence;
    this.database = database;
    this.leases = leases;
    this.log = log;
    this.ledger = ledger;
  }

  @Override
  public Reading read(List<LaneLease> lanes, ReadLimits limits) {
    return database.read(SILENCE, connection -> read(connection, lanes, limits));
  }

  /// First the marks, then all else: what changes in between changes a mark, too.
  private Reading read(Connection connection, List<LaneLease> lanes, ReadLimits limits) {
    List<Found> found =
        MARKS
            .with((Object) Outcomes.array(lanes, LaneLease::lane))
            .list(
                connection,
                row ->
                    new Found(
                        new LaneMark(row.int4("lane"), row.int8("position"), row.int8("revision")),
                        row.bool("due"),
                        row.bool("holding")));
    Map<Integer, Long> after = new TreeMap<>();
    found.forEach(f -> after.put(f.mark().lane(), f.mark().position()));
    List<KeptEvent> fresh =
        kept(connection, log.read(connection, after, log.horizon(connection), limits.perLane()));
    List<Integer> dueLanes = found.stream().filter(Found::due).map(f -> f.mark().lane()).toList();
    List<WaitingEvent> due =
        dueLanes.isEmpty() ? List.of() : Waiting.due(connection, log, dueLanes, limits.waiting());
    Set<String> held =
        fresh.isEmpty() || found.stream().noneMatch(Found::holding)
            ? Set.of()
            : Waiting.held(connection, holds(fresh), due);
    Set<Integer> busy = new HashSet<>();
    fresh.forEach(event -> busy.add(event.lane()));
    due.forEach(waiting -> busy.add(waiting.event().lane()));
    List<LaneMark> marks =
        found.stream().map(Found::mark).filter(mark -> busy.contains(mark.lane())).toList();
    return new Reading(marks, fresh, due, held);
  }

  /// With their tenants, as they are now: who gives a connection to another waits for the lanes.
  private static List<KeptEvent> kept(Connection connection, List<LoggedEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    String[] connections =
        events.stream().map(LoggedEvent::connection).distinct().toArray(String[]::new);
    Map<String, String> tenants = new HashMap<>();
    TENANTS
        .with((Object) connections)
        .list(connection, row -> tenants.put(row.text("name"), row.text("tenant")));
    return events.stream()
        .map(event -> kept(event, tenants.getOrDefault(event.connection(), "")))
        .toList();
  }

  static KeptEvent kept(LoggedEvent event, String tenant) {
    return new KeptEvent(
        event.position(), event.lane(), event.connection(), tenant, event.message(), nature(event));
  }

  private static KeptEvent.Nature nature(LoggedEvent event) {
    if (event.erasedAt() != null) {
      return KeptEvent.Nature.ERASED;
    }
    return switch (event.purpose()) {
      case LIVE -> KeptEvent.Nature.LIVE;
      case TEST -> KeptEvent.Nature.TEST;
    };
  }

  private static Set<String> holds(List<KeptEvent> events) {
    return events.stream().map(KeptEvent::hold).collect(Collectors.toSet());
  }

  @Override
  public Settled settle(List<LaneLease> lanes, Reading reading, Work work) {
    Set<Integer> marked = reading.marks().stream().map(LaneMark::lane).collect(Collectors.toSet());
    List<dev.entrepot.storage.Lease> required =
        lanes.stream().filter(lane -> marked.contains(lane.lane())).map(LaneLease::lease).toList();
    try {
      return database.write(
          SILENCE,
          transaction -> {
            BOUND
                .with(String.valueOf(longestSilence.toMillis()))
                .one(transaction, row -> row.text("bound"));
            leases.requireAll(transaction, required);
            advance(transaction, reading);
            enter(transaction, work.run(transaction));
            return Settled.DONE;
          });
    } catch (Overtaken e) {
      return Settled.OVERTAKEN;
    }
  }

  private static void advance(Connection transaction, Reading reading) {
    Map<Integer, Long> ends = reading.ends();
    List<LaneMark> marks = reading.marks();
    int moved =
        ADVANCE
            .with(
                Outcomes.array(marks, LaneMark::lane),
                Outcomes.longs(marks, LaneMark::position),
                Outcomes.longs(marks, LaneMark::revision),
                Outcomes.longs(marks, mark -> ends.getOrDefault(mark.lane(), mark.position())))
            .update(transaction);
    if (moved != marks.size()) {
      throw new Overtaken();
    }
  }

  private void enter(Connection transaction, Settlement settlement) {
    Outcomes.insert(transaction, settlement.chunks());
    leave(transaction, settlement);
    Waiting.again(transaction, settlement.again());
    Waiting.join(transaction, settlement.joined());
    for (Settlement.Named one : settlement.named()) {
      log.handedOn(
          transaction,
          one.event().position(),
          one.asItCame() ? null : new HandedAs(one.topic(), one.key()));
    }
    InboxBooks.move(transaction, settlement.books());
    Set<String> holds = new TreeSet<>();
    settlement.left().forEach(left -> holds.add(left.waiting().event().hold()));
    settlement.dead().forEach(dead -> holds.add(dead.event().hold()));
    Waiting.settleHolds(transaction, holds);
  }

  /// Events that waited and are done with, well or badly, and fresh dead letters.
  private void leave(Connection transaction, Settlement settlement) {
    if (settlement.left().isEmpty() && settlement.dead().isEmpty()) {
      return;
    }
    List<Outcomes.Move> moves = new ArrayList<>();
    List<Outcomes.Move> ofGone = new ArrayList<>();
    List<ReplayBooks.Move> replayed = new ArrayList<>();
    List<WaitingEvent> gone = new ArrayList<>();
    Map<Long, Outcome> resolved = new HashMap<>();
    for (Settlement.Left left : settlement.left()) {
      gone.add(left.waiting());
      Waiting.moves(left.waiting(), left.outcome(), left.codes(), moves, replayed);
      if (left.waiting().letter() != null) {
        resolved.put(left.waiting().letter(), left.outcome());
      }
    }
    for (Settlement.Dead dead : settlement.dead()) {
      if (dead.waiting() != null) {
        gone.add(dead.waiting());
        Waiting.moves(
            dead.waiting(),
            Outcome.REJECTED,
            dead.codes(),
            dead.event().isGone() ? ofGone : moves,
            replayed);
      }
    }
    EventHistory.left(transaction, settlement.left());
    cure(transaction, settlement.left(), moves, replayed);
    List<Long> letters = DeadLetterTable.bury(transaction, settlement.dead());
    EventHistory.dead(transaction, settlement.dead(), letters);
    Waiting.remove(transaction, gone);
    Outcomes.move(transaction, moves);
    moveGone(transaction, ofGone);
    replayed.addAll(SharedLetters.moves(transaction, resolved));
    ReplayBooks.move(ledger, transaction, replayed);
    DeadLetterTable.resolve(transaction, resolved.keySet());
  }

  private static void cure(
      Connection transaction,
      List<Settlement.Left> left,
      List<Outcomes.Move> moves,
      List<ReplayBooks.Move> replayed) {
    BooksMove.Sum books = new BooksMove.Sum();
    Map<Long, Outcome> outcomes = new HashMap<>();
    for (CuredLetters.Cured cured : CuredLetters.resolve(transaction, left)) {
      outcomes.put(cured.id(), cured.outcome());
      CuredLetters.Place place = cured.place();
      if (place == null) {
        moves.add(
            new Outcomes.Move(
                cured.position(),
                cured.connection(),
                cured.lane(),
                Outcome.REJECTED,
                cured.outcome(),
                cured.codes()));
        books.move(cured.books(), Outcome.REJECTED, cured.outcome());
      } else {
        replayed.add(
            new ReplayBooks.Move(
                place.replay(), place.record(), Outcome.REJECTED, cured.outcome()));
      }
    }
    replayed.addAll(SharedLetters.moves(transaction, outcomes));
    InboxBooks.move(transaction, books.moves());
  }

  /// Outcomes of events that the log has lost, as far as the outcomes are there.
  private static void moveGone(Connection transaction, List<Outcomes.Move> moves) {
    List<Outcomes.Move> present = Outcomes.present(transaction, moves);
    Outcomes.move(transaction, present);
    BooksMove.Sum books = new BooksMove.Sum();
    for (Outcomes.Move move : present) {
      books.move(
          new BooksMove.Place(Slices.of(move.position()), move.connection(), move.lane()),
          move.from(),
          move.to());
    }
    InboxBooks.move(transaction, books.moves());
  }
}
