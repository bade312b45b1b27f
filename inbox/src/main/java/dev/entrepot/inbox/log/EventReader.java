package dev.entrepot.inbox.log;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.model.Page;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads events out of their table.
final class EventReader {
  // The least of all bounds once more, alone, so that old partitions are left out early.
  private static final Sql READ =
      Sql.of(
          """
          select e.*
          from unnest(?::int[], ?::bigint[]) as l(lane, after)
          cross join lateral (
            select * from inbox_event
            where lane = l.lane::smallint and position > l.after and position > ? and position < ?
            order by position
            limit ?
          ) e
          order by e.position
          """);

  private static final Sql LOAD =
      Sql.of("select * from inbox_event where position = any(?::bigint[]) order by position");

  private static final Sql FIRST_SEEN =
      Sql.of("select min(position) as position from inbox_seen where digest = ?");

  private static final Sql FIND =
      Sql.of(
          """
          select * from inbox_event
          where position < ?
            and (?::bigint is null or position = ?)
            and (?::bigint is null or key_hash = ?)
            and (?::text is null or key = ?)
            and (?::text is null or connection = ?)
            and (?::text is null or topic = ?)
            and (?::text is null or external_id = ?)
            and (?::timestamptz is null or received_at >= ?)
            and (?::timestamptz is null or received_at < ?)
          order by position desc
          limit ?
          """);

  private static final Sql FOLLOW =
      Sql.of(
          """
          select * from inbox_event
          where position > ? and position < ?
            and (?::bigint is null or key_hash = ?)
            and (?::text is null or key = ?)
            and (?::text is null or connection = ?)
            and (?::text is null or topic = ?)
          order by position
          limit ?
          """);

  private EventReader() {}

  static List<LoggedEvent> read(
      Connection connection, Map<Integer, Long> after, long horizon, int perLane) {
    if (after.isEmpty()) {
      return List.of();
    }
    Integer[] lanes = after.keySet().toArray(Integer[]::new);
    Long[] positions = after.values().toArray(Long[]::new);
    long least = after.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    return READ.with(lanes, positions, least, horizon, perLane)
        .list(connection, EventReader::event);
  }

  static List<LoggedEvent> load(Connection connection, Collection<Long> positions) {
    return positions.isEmpty()
        ? List.of()
        : LOAD.with((Object) positions.toArray(Long[]::new)).list(connection, EventReader::event);
  }

  static Page<LoggedEvent> find(
      Connection connection, EventFilter filter, @Nullable String cursor, int size) {
    Long exact = exact(connection, filter).orElse(null);
    String key = filter.key() == null ? null : StorableText.repair(filter.key());
    Long keyHash = key == null ? null : Digests.key(key);
    List<LoggedEvent> found =
        FIND.with(
                cursor == null ? Long.MAX_VALUE : before(cursor),
                exact,
                exact,
                keyHash,
                keyHash,
                key,
                key,
                filter.connection(),
                filter.connection(),
                filter.topic(),
                filter.topic(),
                filter.externalId(),
                filter.externalId(),
                filter.from(),
                filter.from(),
                filter.to(),
                filter.to(),
                size + 1)
            .list(connection, EventReader::event);
    boolean more = found.size() > size;
    List<LoggedEvent> shown = more ? found.subList(0, size) : found;
    return new Page<>(shown, more ? Positions.text(shown.getLast().position()) : null);
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
    List<LoggedEvent> found =
        FOLLOW
            .with(
                after,
                horizon,
                keyHash,
                keyHash,
                key,
                key,
                filter.connection(),
                filter.connection(),
                filter.topic(),
                filter.topic(),
                size)
            .list(connection, EventReader::event);
    return new Followed(found, found.size() < size ? last : found.getLast().position());
  }

  private static long before(String cursor) {
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
  private static Optional<Long> exact(Connection connection, EventFilter filter) {
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

  private static LoggedEvent event(Row row) {
    Payload payload = Payload.unpack(row.bytes("payload"));
    return new LoggedEvent(
        row.int8("position"),
        row.int4("lane"),
        row.text("connection"),
        new Identity(
            row.text("external_id"),
            row.text("topic"),
            row.text("key"),
            row.instantOrNull("triggered_at")),
        payload.headers(),
        payload.body(),
        row.instant("received_at"),
        row.int4OrNull("verified"));
  }
}
