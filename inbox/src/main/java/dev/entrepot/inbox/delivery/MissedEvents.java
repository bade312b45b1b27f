package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.SliceSpan;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.ActivityLog.Activity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Events that were handed on while a destination was disabled, the last time it was: nothing is
/// written down for such a destination, so they are looked for in the log, by what it wants now.
/// Safe for use by many threads.
public final class MissedEvents {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_ACTS = 500;

  /// More are looked through at another time.
  private static final int MOST_LOOKED_AT = 200_000;

  private static final int MOST = 100_000;

  /// What came so long before can have been handed on only then.
  private static final Duration LAG = Duration.ofHours(1);

  private static final String LOOKED =
      """
      select * from inbox_event
      where position >= ? and position < ? and received_at >= ?
        and (?::timestamptz is null or received_at < ?)
      order by position limit ?\
      """;

  private static final Sql COUNT =
      Sql.of("select count(*) as n from (LOOKED) l".replace("LOOKED", LOOKED));

  // Those that wait are given to it when their turn comes; so are dead letters that are retried.
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
            and not exists (
              select from delivery d where d.position = e.position and d.destination = ?)
            and not exists (
              select from inbox_waiting w where w.position = e.position
                and (w.replay is null or w.handlers = '{}' or w.handlers && ?::text[]))
            and not exists (
              select from inbox_dead_letter d where d.position = e.position and d.replay is null
                and d.state in ('open', 'retrying'))
          order by e.position limit ?
          """
              .replace("LOOKED", LOOKED));

  /// What a destination was not told of.
  ///
  /// @param since it was disabled
  /// @param until it was enabled again; null: it is disabled
  /// @param positions of the events, oldest first
  /// @param more whether there may be others besides: so many were looked through, or found
  public record Missed(Instant since, @Nullable Instant until, List<Long> positions, boolean more) {
    public Missed {
      positions = List.copyOf(positions);
    }
  }

  private record Outage(Instant since, @Nullable Instant until) {}

  private final Database database;
  private final EventLog log;
  private final ActivityLog activities;

  public MissedEvents(Database database, EventLog log, ActivityLog activities) {
    this.database = database;
    this.log = log;
    this.activities = activities;
  }

  /// To whom alone such events are handed on again; see [dev.entrepot.inbox.handling.DueEvent#to].
  public static String handler(Destination destination) {
    return DeliveryHandler.NAME + "/" + destination.name();
  }

  /// Empty when it was never disabled, as far as is known.
  public Optional<Missed> of(Destination destination) {
    return database.read(connection ->
        outage(connection, destination).map(outage -> missed(connection, destination, outage)));
  }

  /// The events that can be sent now.
  ///
  /// @throws InboxException CONFLICT when it is disabled, or has missed none
  public List<Long> requireSendable(Destination destination) {
    if (destination.state() == Destination.State.DISABLED) {
      throw new InboxException(
          Code.CONFLICT,
          "destination "
              + destination.name()
              + " is disabled; enable it first: entrepot destination enable "
              + destination.name());
    }
    List<Long> positions = of(destination).map(Missed::positions).orElse(List.of());
    if (positions.isEmpty()) {
      throw new InboxException(
          Code.CONFLICT,
          "destination " + destination.name() + " has missed no event that is still kept");
    }
    return positions;
  }

  private Optional<Outage> outage(Connection connection, Destination destination) {
    Outage last = null;
    for (Activity act :
        activities.newest(connection, "destination/" + destination.name(), MOST_ACTS).reversed()) {
      Optional<Boolean> off = disables(act);
      if (off.isEmpty()) {
        continue;
      }
      if (off.get() && (last == null || last.until() != null)) {
        last = new Outage(act.at(), null);
      } else if (!off.get() && last != null && last.until() == null) {
        last = new Outage(last.since(), act.at());
      }
    }
    return Optional.ofNullable(last);
  }

  /// Whether it is disabled after an act; empty: the act changes nothing of that.
  private static Optional<Boolean> disables(Activity act) {
    return switch (act.action()) {
      case "destination.disable" -> Optional.of(true);
      case "destination.create", "destination.update" ->
          Optional.of(
              JSON.readTree(act.details())
                  .path("state")
                  .asString("")
                  .equalsIgnoreCase(Destination.State.DISABLED.name()));
      default -> Optional.empty();
    };
  }

  private Missed missed(Connection connection, Destination destination, Outage outage) {
    Instant from = outage.since().minus(LAG);
    Instant until = outage.until();
    SliceSpan span = log.span(connection, new EventFilter(null, null, null, null, from, until));
    String[] connections = destination.connections().toArray(String[]::new);
    String[] topics = destination.topics().toArray(String[]::new);
    List<Long> found =
        FIND.with(
                span.from(),
                span.to(),
                from,
                until,
                until,
                MOST_LOOKED_AT,
                destination.tenant(),
                connections,
                connections,
                topics,
                topics,
                outage.since(),
                outage.since(),
                destination.name(),
                new String[] {DeliveryHandler.NAME, handler(destination)},
                MOST + 1)
            .list(connection, row -> row.int8("position"));
    long looked =
        COUNT
            .with(span.from(), span.to(), from, until, until, MOST_LOOKED_AT)
            .one(connection, row -> row.int8("n"));
    return new Missed(
        outage.since(),
        until,
        found.subList(0, Math.min(found.size(), MOST)),
        found.size() > MOST || looked >= MOST_LOOKED_AT);
  }
}
