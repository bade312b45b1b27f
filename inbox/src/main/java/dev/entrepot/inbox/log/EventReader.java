package dev.entrepot.inbox.log;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads events out of their table.
final class EventReader {
  /// How much is read at once, packed and unpacked; one event may be longer.
  private static final long MOST_BYTES = 16 << 20;

  // The least of all bounds once more, alone, so that old partitions are left out early.
  private static final Sql READ =
      Sql.of(
          """
          select * from (
            select e.*,
              sum(octet_length(e.payload)) over (order by e.position)
                - octet_length(e.payload) as bytes_before
            from unnest(?::int[], ?::bigint[]) as l(lane, after)
            cross join lateral (
              select * from inbox_event
              where lane = l.lane::smallint and position > l.after and position > ? and position < ?
              order by position
              limit ?
            ) e) fit
          where bytes_before < ?
          order by position
          """);

  // One more than fits, for its position.
  private static final Sql SOME =
      Sql.of(
          """
          select position, lane, connection, external_id, topic, key, received_at, triggered_at,
            verified, test, case when bytes_before < ? then payload end as payload
          from (
            select *,
              sum(octet_length(payload)) over (order by position)
                - octet_length(payload) as bytes_before,
              lag(octet_length(payload), 1, 0) over (order by position) as last_bytes
            from inbox_event where position = any(?::bigint[])) fit
          where bytes_before - last_bytes < ?
          order by position
          """);

  private static final Sql LOOK =
      Sql.of(
          """
          select position, connection, octet_length(payload) as bytes from inbox_event
          where position > ? and position < ? order by position limit ?
          """);

  private static final Sql ERASE =
      Sql.of(
          """
          update inbox_event
          set payload = ?, handed_topic = null, handed_key = null, handed_hash = null
          where position = any(?::bigint[]) and get_byte(substring(payload from 1 for 1), 0) <> 2
          """);

  private static final Sql LOAD =
      Sql.of("select * from inbox_event where position = any(?::bigint[]) order by position");

  private static final Sql HEAD =
      Sql.of(
          """
          select position, lane, connection, external_id, topic, key, received_at, triggered_at,
            verified, test, handed_topic, handed_key, octet_length(payload) as packed, substring(payload from 1 for ?) as beginning
          from inbox_event where position = ?
          """);

  private static final Sql FIRST_SEEN =
      Sql.of("select min(position) as position from inbox_seen where digest = ?");

  private static final Sql FOLLOW =
      Sql.of(
          """
          select position, lane, connection, external_id, topic, key, received_at, triggered_at,
            verified, test, handed_topic, handed_key, octet_length(payload) as packed, substring(payload from 1 for ?) as beginning
          from inbox_event
          where position > ? and position < ?
            and (?::bigint is null or key_hash = ?)
            and (?::text is null or key = ?)
            and (?::text is null or connection in (
              select name from inbox_connection where tenant = ?))
            and (?::text is null or connection = ?)
            and (?::text is null or topic = ?)
          order by position
          limit ?
          """);

  private static final Sql NEWEST_SINCE =
      Sql.of(
          """
          select received_at from inbox_event
          where connection = ? and received_at >= ? and position >= (
            select coalesce(min(slice), 0)::bigint << 40 from inbox_slice
            where closed_at is null or closed_at >= ?)
          order by position desc limit 1
          """);

  private EventReader() {}

  static Optional<Instant> newestSince(Connection connection, String name, Instant since) {
    return NEWEST_SINCE
        .with(name, since, since)
        .first(connection, row -> row.instant("received_at"));
  }

  static List<LoggedEvent> read(
      Connection connection, Map<Integer, Long> after, long horizon, int perLane) {
    if (after.isEmpty()) {
      return List.of();
    }
    Integer[] lanes = after.keySet().toArray(Integer[]::new);
    Long[] positions = after.values().toArray(Long[]::new);
    long least = after.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    return READ
        .with(lanes, positions, least, horizon, perLane, MOST_BYTES)
        .list(connection, bounded())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /// Those of these events that come first and are not too much together.
  static EventLog.Loaded loadSome(Connection connection, Collection<Long> positions) {
    AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
    Sql.RowMapper<Optional<LoggedEvent>> bounded = bounded();
    List<LoggedEvent> events =
        SOME
            .with(MOST_BYTES, positions.toArray(Long[]::new), MOST_BYTES)
            .list(
                connection,
                row -> {
                  Optional<LoggedEvent> event =
                      row.bytesOrNull("payload") == null ? Optional.empty() : bounded.map(row);
                  if (event.isEmpty()) {
                    cutAt.accumulateAndGet(row.int8("position"), Math::min);
                  }
                  return event;
                })
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return new EventLog.Loaded(events, cutAt.get());
  }

  /// What is short when packed may be long: from the bound on nothing more is unpacked.
  private static Sql.RowMapper<Optional<LoggedEvent>> bounded() {
    AtomicLong bytes = new AtomicLong();
    return row -> {
      byte[] packed = row.bytes("payload");
      int more = Payload.Preface.of(packed, packed.length).bytes();
      long before = bytes.getAndAdd(more);
      return before == 0 || before + more <= MOST_BYTES
          ? Optional.of(event(row, packed))
          : Optional.empty();
    };
  }

  private record Glance(long position, String connection, int bytes) {}

  static EventLog.Scanned scan(
      Connection connection,
      long after,
      long horizon,
      int limit,
      Set<String> connections,
      Consumer<LoggedEvent> visitor) {
    List<Glance> glances =
        LOOK.with(after, horizon, limit)
            .list(
                connection,
                row -> new Glance(row.int8("position"), row.text("connection"), row.int4("bytes")));
    List<Long> wanted = new ArrayList<>();
    long bytes = 0;
    long reached = after;
    boolean cut = glances.size() == limit;
    for (Glance glance : glances) {
      if (connections.contains(glance.connection())) {
        bytes += glance.bytes();
        if (bytes > MOST_BYTES && !wanted.isEmpty()) {
          cut = true;
          break;
        }
        wanted.add(glance.position());
      }
      reached = glance.position();
    }
    if (!wanted.isEmpty()) {
      LOAD.with((Object) wanted.toArray(Long[]::new))
          .list(
              connection,
              row -> {
                visitor.accept(event(row, row.bytes("payload")));
                return true;
              });
    }
    return new EventLog.Scanned(reached, !cut);
  }

  static int erase(Connection transaction, Collection<Long> positions, Instant at) {
    return positions.isEmpty()
        ? 0
        : ERASE.with(Payload.erased(at), positions.toArray(Long[]::new)).update(transaction);
  }

  static List<LoggedEvent> load(Connection connection, Collection<Long> positions) {
    return positions.isEmpty()
        ? List.of()
        : LOAD.with((Object) positions.toArray(Long[]::new))
            .list(connection, row -> event(row, row.bytes("payload")));
  }

  /// Of the filter, ids and times do not count.
  static Followed follow(
      Connection connection, EventFilter filter, @Nullable Long after, int size) {
    long horizon = Horizon.of(connection);
    long last = horizon - 1;
    if (after == null || after >= last) {
      return new Followed(List.of(), after == null ? last : after);
    }
    String key = filter.key() == null ? null : StorableText.repair(filter.key());
    Long keyHash = key == null ? null : Digests.key(key);
    List<EventHead> found =
        FOLLOW
            .with(
                Payload.PREFACE,
                after,
                horizon,
                keyHash,
                keyHash,
                key,
                key,
                filter.tenant(),
                filter.tenant(),
                filter.connection(),
                filter.connection(),
                filter.topic(),
                filter.topic(),
                size)
            .list(connection, EventReader::head);
    return new Followed(found, found.size() < size ? last : found.getLast().position());
  }

  static Optional<EventHead> head(Connection connection, long position) {
    return HEAD.with(Payload.PREFACE, position).first(connection, EventReader::head);
  }

  /// Where the page after a cursor begins; null: at the newest.
  static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Positions.parse(cursor);
    } catch (IllegalArgumentException e) {
      throw new InboxException(
          InboxException.Code.INVALID,
          "cursor",
          "the cursor is not one that a page of this list gave; start again without one");
    }
  }

  /// Where the one event must be that the filter names by its id, 0 when there is none such.
  static Optional<Long> exact(Connection connection, EventFilter filter) {
    if (filter.connection() == null || filter.externalId() == null) {
      return Optional.empty();
    }
    Long position =
        FIRST_SEEN
            .with(Digests.seen(filter.connection(), filter.externalId()))
            .list(connection, row -> Optional.ofNullable(row.int8OrNull("position")).orElse(0L))
            .getFirst();
    return Optional.of(position);
  }

  private static LoggedEvent event(Row row, byte[] packed) {
    Payload payload = Payload.unpack(packed);
    return new LoggedEvent(
        row.int8("position"),
        row.int4("lane"),
        row.text("connection"),
        identity(row),
        payload.headers(),
        payload.body(),
        row.instant("received_at"),
        row.int4OrNull("verified"),
        row.bool("test") ? Purpose.TEST : Purpose.LIVE,
        payload.erasedAt());
  }

  static EventHead head(Row row) {
    Payload.Preface preface = Payload.Preface.of(row.bytes("beginning"), row.int4("packed"));
    return new EventHead(
        row.int8("position"),
        row.int4("lane"),
        row.text("connection"),
        identity(row),
        preface.bytes(),
        row.instant("received_at"),
        row.int4OrNull("verified"),
        row.bool("test") ? Purpose.TEST : Purpose.LIVE,
        preface.erasedAt(),
        HandedAs.of(row.textOrNull("handed_topic"), row.textOrNull("handed_key")));
  }

  private static Identity identity(Row row) {
    return new Identity(
        row.text("external_id"),
        row.text("topic"),
        row.text("key"),
        row.instantOrNull("triggered_at"));
  }
}
