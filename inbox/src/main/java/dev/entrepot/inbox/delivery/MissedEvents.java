package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.delivery.Outages.Outage;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.SliceSpan;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Events that were handed on while a destination was disabled, however often it was: nothing is
/// written down for such a destination, so they are looked for in the log, by what it wants now.
/// Safe for use by many threads.
public final class MissedEvents {
  /// What came so long before can have been handed on only then.
  private static final Duration LAG = Duration.ofHours(1);

  private static final String LOOKED =
      """
      select * from inbox_event
      where position >= ? and position < ? and received_at >= ?
        and (?::timestamptz is null or received_at < ?)\
      """;

  private static final Sql STEP =
      Sql.of(
          """
          select count(*) as n, coalesce(max(position), 0) as last
          from (LOOKED order by position limit ?) l
          """
              .replace("LOOKED", LOOKED));

  private static final String UNSENT =
      """
      not exists (
        select from delivery d where d.position = e.position and d.destination = ?)
      and not exists (
        select from inbox_waiting w where w.position = e.position
          and (w.replay is null or w.handlers = '{}' or w.handlers && ?::text[]))\
      """;

  // Those that wait are given to it when their turn comes; so are dead letters that are retried.
  // What somebody skipped is meant for nobody.
  private static final Sql FIND =
      Sql.of(
          """
          select e.position from (LOOKED) e
          join inbox_lane n on n.lane = e.lane and e.position <= n.position
          join inbox_connection c on c.name = e.connection and c.tenant = ?
          where not e.test and get_byte(substring(e.payload from 1 for 1), 0) <> 2
            and (cardinality(?::text[]) = 0 or e.connection = any(?::text[]))
            and (cardinality(?::text[]) = 0 or exists (
              select from unnest(?::text[]) as t (wanted)
              where case when right(wanted, 1) = '*'
                then starts_with(coalesce(e.handed_topic, e.topic), left(wanted, -1))
                else coalesce(e.handed_topic, e.topic) = wanted end))
            and (e.received_at >= ? or exists (
              select from inbox_chunk k
              where k.slice = e.position >> 40 and k.lane = e.lane and k.last_position >= e.position
                and k.first_position <= e.position and k.settled_at >= ?))
            and UNSENT
            and not exists (
              select from inbox_dead_letter d where d.position = e.position
                and d.replay is null and d.state in ('open', 'retrying', 'skipped'))
          order by e.position limit ?
          """
              .replace("LOOKED", LOOKED)
              .replace("UNSENT", UNSENT));

  private static final Sql STILL =
      Sql.of(
          """
          select e.position from unnest(?::bigint[]) as e (position) where UNSENT order by e.position
          """
              .replace("UNSENT", UNSENT));

  /// What a destination was not told of.
  ///
  /// @param since it was disabled, the first time of those that are looked at
  /// @param until it was enabled again, the last time; null: it is disabled
  /// @param outages how many times it was disabled
  /// @param positions of the events, oldest first
  /// @param next where to go on: so many were found, or so much was looked through; null: that was
  ///   all
  public record Missed(
      Instant since,
      @Nullable Instant until,
      int outages,
      List<Long> positions,
      @Nullable String next) {
    public Missed {
      positions = List.copyOf(positions);
    }

    /// Whether there may be others besides.
    public boolean more() {
      return next != null;
    }

    /// Whether it is known that there is none.
    public boolean none() {
      return positions.isEmpty() && !more();
    }
  }

  /// How far to look.
  ///
  /// @param step so many events, of all tenants, are looked through at once
  /// @param steps so often at most
  /// @param most so many events are found at most
  record Reach(int step, int steps, int most) {
    static final Reach WHOLE = new Reach(100_000, 5, 100_000);
    static final Reach GLANCE = new Reach(2_000, 5, 1_000);
  }

  private final Database database;
  private final EventLog log;
  private final ActivityLog activities;
  private final Reach whole;
  private final Reach glance;

  public MissedEvents(Database database, EventLog log, ActivityLog activities) {
    this(database, log, activities, Reach.WHOLE, Reach.GLANCE);
  }

  MissedEvents(Database database, EventLog log, ActivityLog activities, Reach whole, Reach glance) {
    this.database = database;
    this.log = log;
    this.activities = activities;
    this.whole = whole;
    this.glance = glance;
  }

  /// To whom alone such events are handed on again; see [dev.entrepot.inbox.handling.DueEvent#to].
  public static String handler(Destination destination) {
    return DeliveryHandler.NAME + "/" + destination.name();
  }

  /// Those of a long stretch of the log, but no more than a replay takes; [Missed#next()] says
  /// where to go on. Empty when it was never disabled, as far as is known.
  ///
  /// @param after where a search before came to; null: from the beginning
  /// @throws InboxException INVALID when no search gave that place
  public Optional<Missed> of(Destination destination, @Nullable String after) {
    return look(destination, after, whole);
  }

  /// Those that are found quickly, as [#of]: a bounded part of the log is read.
  public Optional<Missed> glance(Destination destination) {
    return look(destination, null, glance);
  }

  /// The events that can be sent now, of the stretch that [#of] looks through.
  ///
  /// @throws InboxException as [#of]; CONFLICT when it is disabled, or has missed none
  public List<Long> requireSendable(Destination destination, @Nullable String after) {
    if (destination.state() == Destination.State.DISABLED) {
      throw new InboxException(
          Code.CONFLICT,
          "destination "
              + destination.name()
              + " is disabled; enable it first: entrepot destination enable "
              + destination.name());
    }
    Optional<Missed> missed = of(destination, after);
    List<Long> positions = missed.map(Missed::positions).orElse(List.of());
    if (positions.isEmpty()) {
      String next = missed.map(Missed::next).orElse(null);
      throw new InboxException(
          Code.CONFLICT,
          "destination "
              + destination.name()
              + (next == null
                  ? " has missed no event that is still kept"
                  : " has missed no event of those looked through; go on after " + next));
    }
    return positions;
  }

  /// Those of some events that are still not sent, nor on their way: somebody else may have begun
  /// to send them since they were looked for.
  ///
  /// @param transaction holds the locks under which events are given to a replay
  /// @throws InboxException CONFLICT when that is none of them
  public List<Long> requireStill(
      Connection transaction, Destination destination, List<Long> positions) {
    List<Long> still =
        STILL
            .with(positions.toArray(Long[]::new), destination.name(), handlers(destination))
            .list(transaction, row -> row.int8("position"));
    if (still.isEmpty() && !positions.isEmpty()) {
      throw new InboxException(
          Code.CONFLICT,
          "the events that destination "
              + destination.name()
              + " has missed are on their way to it already; look at the replays");
    }
    return still;
  }

  private static String[] handlers(Destination destination) {
    return new String[] {DeliveryHandler.NAME, handler(destination)};
  }

  private Optional<Missed> look(Destination destination, @Nullable String after, Reach reach) {
    MissedPlace from = after == null ? null : MissedPlace.parse(after);
    List<Outage> outages =
        database.read(connection -> Outages.of(connection, activities, destination.name()));
    if (outages.isEmpty()) {
      return Optional.empty();
    }
    Search search = new Search(destination, reach);
    for (Outage outage : outages) {
      if (from != null && outage.since().isBefore(from.outage())) {
        continue;
      }
      search.during(
          outage, from != null && outage.since().equals(from.outage()) ? from.position() : 0);
    }
    return Optional.of(
        new Missed(
            outages.getFirst().since(),
            outages.getLast().until(),
            outages.size(),
            List.copyOf(search.found),
            search.next == null ? null : search.next.text()));
  }

  /// Goes through the log, on from where it came to: what was sent since is passed over.
  private final class Search {
    private final Destination destination;
    private final Reach reach;
    private final SortedSet<Long> found = new TreeSet<>();
    private int steps;
    private @Nullable MissedPlace next;

    Search(Destination destination, Reach reach) {
      this.destination = destination;
      this.reach = reach;
    }

    private boolean ended() {
      return steps >= reach.steps() || found.size() >= reach.most();
    }

    /// @param from of its positions
    void during(Outage outage, long from) {
      if (next != null) {
        return;
      }
      SliceSpan span =
          database.read(connection ->
              log.span(
                  connection,
                  new EventFilter(
                      null, null, null, null, outage.since().minus(LAG), outage.until())));
      SliceSpan rest = new SliceSpan(Math.max(from, span.from()), span.to());
      while (rest.from() < rest.to()) {
        if (ended()) {
          next = new MissedPlace(outage.since(), rest.from());
          return;
        }
        steps++;
        SliceSpan now = rest;
        rest = database.read(connection -> step(connection, outage, now));
      }
    }

    /// @return what is still to be looked through
    private SliceSpan step(Connection connection, Outage outage, SliceSpan span) {
      Instant from = outage.since().minus(LAG);
      SliceSpan looked =
          STEP.with(span.from(), span.to(), from, outage.until(), outage.until(), reach.step())
              .one(
                  connection,
                  row ->
                      row.int8("n") < reach.step()
                          ? span
                          : new SliceSpan(span.from(), row.int8("last") + 1));
      int most = reach.most() - found.size();
      List<Long> some = find(connection, outage, looked, most);
      found.addAll(some);
      return new SliceSpan(some.size() < most ? looked.to() : some.getLast() + 1, span.to());
    }

    private List<Long> find(Connection connection, Outage outage, SliceSpan span, int most) {
      String[] connections = destination.connections().toArray(String[]::new);
      String[] topics = destination.topics().toArray(String[]::new);
      return FIND.with(
              span.from(),
              span.to(),
              outage.since().minus(LAG),
              outage.until(),
              outage.until(),
              destination.tenant(),
              connections,
              connections,
              topics,
              topics,
              outage.since(),
              outage.since(),
              destination.name(),
              handlers(destination),
              most)
          .list(connection, row -> row.int8("position"));
    }
  }
}
