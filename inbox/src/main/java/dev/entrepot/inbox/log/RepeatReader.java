package dev.entrepot.inbox.log;

import dev.entrepot.model.Page;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads repeated deliveries out of their table, each with the event that was kept.
///
/// Of a key, or of a connection and the sender's id, they are found by their events. Else they are
/// looked through, newest first, up to a bound, behind which the next page goes on: a page may be
/// short, or empty, and yet have a next one.
final class RepeatReader {
  /// How many are looked at for one page when each one's event must be read to know.
  private static final int MOST_WITH_EVENTS = 20_000;

  /// The same when they tell by themselves.
  private static final int MOST_ALONE = 100_000;

  private static final String REPEAT =
      """
      d.position as repeat, d.first, d.connection as source, d.received_at as came_at, e.*
      """;

  // The limit keeps it a look-up of one event each, whatever the planner thinks of the tables.
  private static final String EVENT =
      """
      left join lateral (
        select position, lane, connection, external_id, topic, key, received_at, triggered_at,
          verified, test, handed_topic, handed_key, octet_length(payload) as packed, substring(payload from 1 for ?) as beginning
        from inbox_event where position = d.first limit 1) e on true
      """;

  private static final String WITH_EVENTS = "select " + REPEAT + " from %s d\n" + EVENT;

  private static final String FITS =
      """
      (?::text is null or d.connection in (select name from inbox_connection where tenant = ?))
        and (?::text is null or d.connection = ?)
        and (?::text is null or e.topic = ? or e.handed_topic = ?)
        and (?::text is null or e.external_id = ?)
        and (?::timestamptz is null or d.received_at >= ?)
        and (?::timestamptz is null or d.received_at < ?)
      """;

  // In their order, so that it ends as soon as enough is found.
  private static final Sql LOOK_THROUGH =
      Sql.of(
          """
          select * from (
            select d.at_bound, coalesce(FITS, false) as fits, REPEAT
            from (
              select l.*, row_number() over (order by position desc) = ? as at_bound from (
                select * from inbox_duplicate where position < ? and position >= ?
                order by position desc limit ?) l) d
            EVENT) looked
          where fits or at_bound
          order by repeat desc
          limit ?
          """
              .replace("FITS", FITS)
              .replace("REPEAT", REPEAT)
              .replace("EVENT", EVENT));

  private static final Sql OF_EVENTS =
      Sql.of(
          WITH_EVENTS.formatted(
                  """
                  (
                    select position from inbox_event
                    where (key_hash = ?::bigint and key = ? or handed_hash = ?::bigint and handed_key = ?)
                      and (?::bigint is null or position = ?)
                    union
                    select ?::bigint where ?::text is null) k
                  cross join lateral (
                    select * from inbox_duplicate
                    where first = k.position and position > k.position offset 0)\
                  """)
              + "where d.position < ? and "
              + FITS
              + "order by d.position desc limit ?");

  private static final Sql AT =
      Sql.of(WITH_EVENTS.formatted("inbox_duplicate") + "where d.position = ?");

  private static final Sql OF_ONE =
      Sql.of(
          WITH_EVENTS.formatted("inbox_duplicate")
              + "where d.first = ? and d.position > ? order by d.position limit ?");

  private RepeatReader() {}

  static Page<Repeat> find(
      Connection connection, EventFilter filter, @Nullable String cursor, int size) {
    long before = EventReader.before(cursor);
    if (filter.key() != null || (filter.connection() != null && filter.externalId() != null)) {
      return new LookedThrough<>(ofEvents(connection, filter, before, size + 1), null)
          .page(size, Repeat::position);
    }
    return look(connection, filter, SliceSpan.ofRepeats(connection, filter, before), size)
        .page(size, Repeat::position);
  }

  private static LookedThrough<Repeat> look(
      Connection connection, EventFilter filter, SliceSpan span, int size) {
    int most = most(filter);
    Sql statement =
        LOOK_THROUGH.with(
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
            most,
            span.to(),
            span.from(),
            most,
            Payload.PREFACE,
            size + 1);
    return LookedThrough.of(connection, statement, "repeat", RepeatReader::repeat);
  }

  /// How many are looked at: all fit where nothing is asked for.
  private static int most(EventFilter filter) {
    if (filter.equals(EventFilter.ALL)) {
      return Integer.MAX_VALUE;
    }
    return filter.topic() == null && filter.externalId() == null ? MOST_ALONE : MOST_WITH_EVENTS;
  }

  private static List<Repeat> ofEvents(
      Connection connection, EventFilter filter, long before, int limit) {
    Long exact = EventReader.exact(connection, filter).orElse(null);
    String key = filter.key() == null ? null : StorableText.repair(filter.key());
    Long keyHash = key == null ? null : Digests.key(key);
    return OF_EVENTS
        .with(
            keyHash,
            key,
            keyHash,
            key,
            exact,
            exact,
            exact,
            key,
            Payload.PREFACE,
            before,
            filter.tenant(),
            filter.tenant(),
            filter.connection(),
            filter.connection(),
            filter.topic(),
            filter.topic(),
            filter.topic(),
            exact == null ? filter.externalId() : null,
            exact == null ? filter.externalId() : null,
            filter.from(),
            filter.from(),
            filter.to(),
            filter.to(),
            limit)
        .list(connection, RepeatReader::repeat);
  }

  static Optional<Repeat> at(Connection connection, long position) {
    return AT.with(Payload.PREFACE, position).first(connection, RepeatReader::repeat);
  }

  static List<Repeat> of(Connection connection, long first, int most) {
    return OF_ONE.with(Payload.PREFACE, first, first, most).list(connection, RepeatReader::repeat);
  }

  private static Repeat repeat(Row row) {
    return new Repeat(
        row.int8("repeat"),
        row.int8("first"),
        row.text("source"),
        row.instant("came_at"),
        row.int8OrNull("position") == null ? null : EventReader.head(row));
  }
}
