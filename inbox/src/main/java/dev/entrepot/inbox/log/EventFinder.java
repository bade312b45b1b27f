package dev.entrepot.inbox.log;

import dev.entrepot.model.Page;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Finds events for people, newest first, without headers and bodies.
///
/// Of a key, or of a connection and the sender's id, they are found along an index. Of a
/// connection, a topic or an id alone they are looked through up to a bound, behind which the next
/// page goes on: a page may be short, or empty, and yet have a next one.
final class EventFinder {
  /// For one page; those outside of the times asked for do not count.
  private static final int MOST_LOOKED_AT = 20_000;

  private static final String HEAD =
      """
      select position, lane, connection, external_id, topic, key, received_at, triggered_at,
        verified, test, octet_length(payload) as packed, substring(payload from 1 for ?) as beginning
      """;

  private static final Sql FIND =
      Sql.of(
          HEAD
              + """
              from inbox_event
              where position < ?
                and (?::bigint is null or position = ?)
                and (?::bigint[] is null or position = any(?::bigint[]))
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

  // In their order, so that it ends as soon as enough is found.
  private static final Sql LOOK_THROUGH =
      Sql.of(
          HEAD
              + """
              from (
                select * from inbox_event
                where position < ? and position >= ?
                  and (?::timestamptz is null or received_at >= ?)
                  and (?::timestamptz is null or received_at < ?)
                order by position desc limit ?) looked
              where (?::text is null or connection = ?)
                and (?::text is null or topic = ?)
                and (?::text is null or external_id = ?)
              order by position desc
              limit ?
              """);

  private static final Sql REACH =
      Sql.of(
          """
          select min(position) as reached, count(*) as looked from (
            select position from inbox_event
            where position < ? and position >= ?
              and (?::timestamptz is null or received_at >= ?)
              and (?::timestamptz is null or received_at < ?)
            order by position desc limit ?) looked
          """);

  private EventFinder() {}

  static Page<EventHead> find(
      Connection connection, EventFilter filter, @Nullable String cursor, int size) {
    long before = EventReader.before(cursor);
    if (isRare(filter)) {
      return look(connection, filter, before, size);
    }
    List<EventHead> found = find(connection, filter, null, before, size + 1);
    boolean more = found.size() > size;
    List<EventHead> shown = more ? found.subList(0, size) : found;
    return new Page<>(shown, more ? Positions.text(shown.getLast().position()) : null);
  }

  /// Whether it may fit few of many, which no index finds.
  private static boolean isRare(EventFilter filter) {
    return filter.key() == null
        && (filter.connection() == null || filter.externalId() == null)
        && (filter.connection() != null || filter.topic() != null || filter.externalId() != null);
  }

  private static Page<EventHead> look(
      Connection connection, EventFilter filter, long before, int size) {
    SliceSpan span = SliceSpan.of(connection, filter, before);
    List<EventHead> found =
        LOOK_THROUGH
            .with(
                Payload.PREFACE,
                span.to(),
                span.from(),
                filter.from(),
                filter.from(),
                filter.to(),
                filter.to(),
                MOST_LOOKED_AT,
                filter.connection(),
                filter.connection(),
                filter.topic(),
                filter.topic(),
                filter.externalId(),
                filter.externalId(),
                size + 1)
            .list(connection, EventReader::head);
    if (found.size() > size) {
      List<EventHead> shown = found.subList(0, size);
      return new Page<>(shown, Positions.text(shown.getLast().position()));
    }
    // What is committed meanwhile may shorten the reach: nothing is to be found twice.
    OptionalLong reached = reach(connection, filter, span);
    long last = found.isEmpty() ? Long.MAX_VALUE : found.getLast().position();
    return new Page<>(
        found, reached.isEmpty() ? null : Positions.text(Math.min(reached.getAsLong(), last)));
  }

  /// The last one that was looked at; empty: all there are.
  private static OptionalLong reach(Connection connection, EventFilter filter, SliceSpan span) {
    return REACH
        .with(
            span.to(),
            span.from(),
            filter.from(),
            filter.from(),
            filter.to(),
            filter.to(),
            MOST_LOOKED_AT)
        .one(
            connection,
            row ->
                row.int8("looked") < MOST_LOOKED_AT
                    ? OptionalLong.empty()
                    : OptionalLong.of(row.int8("reached")));
  }

  /// Those of these events that fit, newest first.
  static List<EventHead> among(
      Connection connection, EventFilter filter, Collection<Long> positions) {
    return positions.isEmpty()
        ? List.of()
        : find(
            connection, filter, positions.toArray(Long[]::new), Long.MAX_VALUE, positions.size());
  }

  private static List<EventHead> find(
      Connection connection, EventFilter filter, Long @Nullable [] among, long before, int limit) {
    Long exact = EventReader.exact(connection, filter).orElse(null);
    String key = filter.key() == null ? null : StorableText.repair(filter.key());
    Long keyHash = key == null ? null : Digests.key(key);
    return FIND.with(
            Payload.PREFACE,
            before,
            exact,
            exact,
            among,
            among,
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
            limit)
        .list(connection, EventReader::head);
  }
}
