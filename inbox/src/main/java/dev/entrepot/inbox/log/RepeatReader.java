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

  // The limit keeps it a look-up of one event each, whatever the planner thinks of the tables.
  private static final String WITH_EVENTS =
      """
      select d.position as repeat, d.first, d.connection as source, d.received_at as came_at, e.*
      from %s d
      left join lateral (
        select position, lane, connection, external_id, topic, key, received_at, triggered_at,
          verified, test, octet_length(payload) as packed, substring(payload from 1 for ?) as beginning
        from inbox_event where position = d.first limit 1) e on true
      """;

  private static final String FITTING =
      """
        and (?::text is null or d.connection = ?)
        and (?::text is null or e.topic = ?)
        and (?::text is null or e.external_id = ?)
        and (?::timestamptz is null or d.received_at >= ?)
        and (?::timestamptz is null or d.received_at < ?)
      order by d.position desc
      limit ?
      """;

  private static final Sql BETWEEN =
      Sql.of(
          WITH_EVENTS.formatted("inbox_duplicate")
              + "where d.position < ? and d.position >= ?\n"
              + FITTING);

  private static final Sql OF_EVENTS =
      Sql.of(
          WITH_EVENTS.formatted(
                  """
                  (
                    select position from inbox_event
                    where key_hash = ?::bigint and (?::bigint is null or position = ?) and key = ?
                    union
                    select ?::bigint where ?::text is null) k
                  cross join lateral (
                    select * from inbox_duplicate
                    where first = k.position and position > k.position offset 0)\
                  """)
              + "where d.position < ?\n"
              + FITTING);

  private static final Sql AT =
      Sql.of(WITH_EVENTS.formatted("inbox_duplicate") + "where d.position = ?");

  private static final Sql OF_ONE =
      Sql.of(
          WITH_EVENTS.formatted("inbox_duplicate")
              + "where d.first = ? and d.position > ? order by d.position limit ?");

  private static final Sql REACH =
      Sql.of(
          """
          select min(position) as reached, count(*) as looked from (
            select position from inbox_duplicate where position < ? and position >= ?
            order by position desc limit ?) looked
          """);

  private RepeatReader() {}

  static Page<Repeat> find(
      Connection connection, EventFilter filter, @Nullable String cursor, int size) {
    long before = EventReader.before(cursor);
    if (filter.key() != null || (filter.connection() != null && filter.externalId() != null)) {
      return page(ofEvents(connection, filter, before, size + 1), size, null);
    }
    SliceSpan span = SliceSpan.of(connection, filter, before);
    Long reached = reach(connection, filter, span.from(), span.to()).orElse(null);
    long from = reached == null ? span.from() : reached;
    return page(between(connection, filter, from, span.to(), size + 1), size, reached);
  }

  /// The last one that is looked at; empty: there is no need for a bound.
  private static Optional<Long> reach(
      Connection connection, EventFilter filter, long from, long before) {
    if (filter.equals(EventFilter.ALL)) {
      return Optional.empty();
    }
    int most =
        filter.topic() == null && filter.externalId() == null ? MOST_ALONE : MOST_WITH_EVENTS;
    return REACH
        .with(before, from, most)
        .one(
            connection,
            row ->
                row.int8("looked") < most
                    ? Optional.<Long>empty()
                    : Optional.of(row.int8("reached")));
  }

  private static Page<Repeat> page(List<Repeat> found, int size, @Nullable Long reached) {
    if (found.size() > size) {
      List<Repeat> shown = found.subList(0, size);
      return new Page<>(shown, Positions.text(shown.getLast().position()));
    }
    return new Page<>(found, reached == null ? null : Positions.text(reached));
  }

  private static List<Repeat> between(
      Connection connection, EventFilter filter, long from, long before, int limit) {
    return BETWEEN
        .with(
            Payload.PREFACE,
            before,
            from,
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
        .list(connection, RepeatReader::repeat);
  }

  private static List<Repeat> ofEvents(
      Connection connection, EventFilter filter, long before, int limit) {
    Long exact = EventReader.exact(connection, filter).orElse(null);
    String key = filter.key() == null ? null : StorableText.repair(filter.key());
    Long keyHash = key == null ? null : Digests.key(key);
    return OF_EVENTS
        .with(
            keyHash,
            exact,
            exact,
            key,
            exact,
            key,
            Payload.PREFACE,
            before,
            filter.connection(),
            filter.connection(),
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
