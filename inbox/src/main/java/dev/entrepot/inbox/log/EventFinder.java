package dev.entrepot.inbox.log;

import dev.entrepot.model.Page;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds events for people, newest first, without headers and bodies.
///
/// Of a key, or of a connection and the sender's id, they are found along an index. Of a tenant, a
/// connection, a topic or an id alone they are looked through up to a bound, behind which the next
/// page goes on: a page may be short, or empty, and yet have a next one.
final class EventFinder {
  /// For one page; those outside of the times asked for do not count.
  private static final int MOST_LOOKED_AT = 20_000;

  private static final String HEAD =
      """
      select position, lane, connection, external_id, topic, key, received_at, triggered_at,
        verified, test, handed_topic, handed_key, octet_length(payload) as packed, substring(payload from 1 for ?) as beginning
      """;

  private static final Sql FIND =
      Sql.of(
          HEAD
              + """
              from inbox_event
              where position < ? and position >= ?
                and (?::bigint is null or position = ?)
                and (?::bigint[] is null or position = any(?::bigint[]))
                and (?::text is null or (key_hash = ?::bigint and key = ?)
                  or (handed_hash = ?::bigint and handed_key = ?))
                and (?::text is null or connection in (
                  select name from inbox_connection where tenant = ?))
                and (?::text is null or connection = ?)
                and (?::text is null or topic = ? or handed_topic is not distinct from ?)
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
                , fits, at_bound
              from (
                select l.*, row_number() over (order by position desc) = ? as at_bound,
                  (?::text is null or connection in (
                    select name from inbox_connection where tenant = ?))
                  and (?::text is null or connection = ?)
                  and (?::text is null or topic = ? or handed_topic is not distinct from ?)
                  and (?::text is null or external_id = ?) as fits
                from (
                  select * from inbox_event
                  where position < ? and position >= ?
                    and (?::timestamptz is null or received_at >= ?)
                    and (?::timestamptz is null or received_at < ?)
                  order by position desc limit ?) l) looked
              where fits or at_bound
              order by position desc
              limit ?
              """);

  private EventFinder() {}

  static Page<EventHead> find(
      Connection connection, EventFilter filter, @Nullable String cursor, int size) {
    long before = EventReader.before(cursor);
    if (isRare(filter)) {
      return look(connection, filter, before, size);
    }
    SliceSpan span = SliceSpan.of(connection, filter, before);
    return new LookedThrough<>(find(connection, filter, null, span, size + 1), null)
        .page(size, EventHead::position);
  }

  /// Whether it may fit few of many, which no index finds.
  private static boolean isRare(EventFilter filter) {
    return filter.key() == null
        && (filter.connection() == null || filter.externalId() == null)
        && (filter.tenant() != null
            || filter.connection() != null
            || filter.topic() != null
            || filter.externalId() != null);
  }

  private static Page<EventHead> look(
      Connection connection, EventFilter filter, long before, int size) {
    SliceSpan span = SliceSpan.of(connection, filter, before);
    Sql statement =
        LOOK_THROUGH.with(
            Payload.PREFACE,
            MOST_LOOKED_AT,
            filter.tenant(),
            filter.tenant(),
            filter.connection(),
            filter.connection(),
            filter.topic(),
            filter.topic(),
            filter.topic(),
            filter.externalId(),
            filter.externalId(),
            span.to(),
            span.from(),
            filter.from(),
            filter.from(),
            filter.to(),
            filter.to(),
            MOST_LOOKED_AT,
            size + 1);
    return LookedThrough.of(connection, statement, "position", EventReader::head)
        .page(size, EventHead::position);
  }

  /// Those of these events that fit, newest first.
  static List<EventHead> among(
      Connection connection, EventFilter filter, Collection<Long> positions) {
    return positions.isEmpty()
        ? List.of()
        : find(
            connection,
            filter,
            positions.toArray(Long[]::new),
            new SliceSpan(0, Long.MAX_VALUE),
            positions.size());
  }

  private static List<EventHead> find(
      Connection connection,
      EventFilter filter,
      Long @Nullable [] among,
      SliceSpan span,
      int limit) {
    Long exact = EventReader.exact(connection, filter).orElse(null);
    String key = filter.key() == null ? null : StorableText.repair(filter.key());
    Long keyHash = key == null ? null : Digests.key(key);
    return FIND.with(
            Payload.PREFACE,
            span.to(),
            span.from(),
            exact,
            exact,
            among,
            among,
            key,
            keyHash,
            key,
            keyHash,
            key,
            filter.tenant(),
            filter.tenant(),
            filter.connection(),
            filter.connection(),
            filter.topic(),
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
