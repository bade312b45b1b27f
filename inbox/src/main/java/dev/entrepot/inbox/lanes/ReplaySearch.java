package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.SliceSpan;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks for the events that a replay is about: those that have an outcome and do not wait.
final class ReplaySearch {
  private static final int SAMPLE = 20;

  // Few are.
  private static final String SKIPPED =
      "(select from inbox_dead_letter d where d.position = e.position and d.state = 'skipped')";

  private static final Sql LETTERS =
      Sql.of(
          """
          select distinct on (position) position, key, id, by, at, note
          from inbox_dead_letter where position = any(?::bigint[]) and state = 'skipped'
          order by position, at desc, id desc
          """);

  private static final Sql PARKED =
      Sql.of(
          """
          select tenant, key, by, reason, since, hold from inbox_parked
          where hold = any(?::text[]) order by tenant, key
          """);

  record Found(long position, int lane, String tenant, String key) {
    String hold() {
      return KeptEvent.hold(tenant, key);
    }
  }

  /// Where to look.
  record Scope(String condition, List<Object> arguments) {
    static final Scope ALL = new Scope("", List.of());

    /// Those that a person left out, or those that nobody did.
    Scope skipped(boolean they) {
      return new Scope(
          condition + (they ? " and exists " : " and not exists ") + SKIPPED, arguments);
    }
  }

  private final EventLog log;

  ReplaySearch(EventLog log) {
    this.log = log;
  }

  /// Those that would be handed on, in the order of their positions.
  List<Found> find(Connection connection, ReplayRequest request, Scope scope) {
    return all(
        connection,
        request,
        switch (request.skipped()) {
          case LEFT_OUT -> scope.skipped(false);
          case HANDED_ON -> scope;
        });
  }

  /// Those that somebody skipped, whether they would be handed on or not.
  List<Found> skipped(Connection connection, ReplayRequest request) {
    return all(connection, request, Scope.ALL.skipped(true));
  }

  /// For people: the first ones, with who skipped them and why.
  static List<ReplayPreview.SkippedEvent> told(Connection connection, List<Found> skipped) {
    Long[] first = Outcomes.longs(skipped.stream().limit(SAMPLE).toList(), Found::position);
    return LETTERS
        .with((Object) first)
        .list(
            connection,
            row ->
                new ReplayPreview.SkippedEvent(
                    row.int8("position"),
                    row.text("key"),
                    row.int8("id"),
                    row.textOrNull("by"),
                    row.instantOrNull("at"),
                    row.textOrNull("note")));
  }

  /// Those of them whose key is held by somebody.
  static ReplayPreview.Parked parked(Connection connection, Collection<Found> found) {
    Map<String, Long> events = new LinkedHashMap<>();
    found.forEach(one -> events.merge(one.hold(), 1L, Long::sum));
    long[] waiting = {0};
    List<ReplayPreview.ParkedKey> keys =
        PARKED
            .with((Object) events.keySet().toArray(String[]::new))
            .list(
                connection,
                row -> {
                  waiting[0] += events.getOrDefault(row.text("hold"), 0L);
                  return new ReplayPreview.ParkedKey(
                      row.text("tenant"),
                      row.text("key"),
                      row.text("by"),
                      row.text("reason"),
                      row.instant("since"));
                });
    return new ReplayPreview.Parked(waiting[0], keys.size(), keys.stream().limit(SAMPLE).toList());
  }

  private List<Found> all(Connection connection, ReplayRequest request, Scope scope) {
    StringBuilder text =
        new StringBuilder(
            """
            select e.position, e.lane, inbox_tenant(e.connection) as tenant, e.key from inbox_event e
            join inbox_lane l on l.lane = e.lane and e.position <= l.position
            where e.position >> 40 in (select slice from inbox_slice)
              and not exists (select from inbox_waiting w
              where w.position = e.position and w.replay is null)
              and get_byte(substring(e.payload from 1 for 1), 0) <> 2
            """);
    List<Object> arguments = new ArrayList<>();
    EventFilter filter = request.filter();
    if (request.positions().isEmpty()) {
      // Samples are for nobody; asked for one by one, they are told of.
      text.append(" and not e.test");
    } else {
      text.append(" and e.position = any(?::bigint[])");
      arguments.add(request.positions().toArray(Long[]::new));
    }
    times(connection, text, arguments, filter);
    about(text, arguments, filter);
    narrow(
        text,
        arguments,
        " and e.connection in (select name from inbox_connection where tenant = ?)",
        filter.tenant());
    narrow(text, arguments, " and e.connection = ?", filter.connection());
    narrow(text, arguments, " and e.external_id = ?", filter.externalId());
    text.append(scope.condition());
    arguments.addAll(scope.arguments());
    text.append(" order by e.position limit ?");
    arguments.add(Replays.MOST + 1);
    return Sql.of(text.toString())
        .with(arguments.toArray())
        .list(
            connection,
            row ->
                new Found(
                    row.int8("position"), row.int4("lane"), row.text("tenant"), row.text("key")));
  }

  private void times(
      Connection connection, StringBuilder text, List<Object> arguments, EventFilter filter) {
    Instant from = filter.from();
    Instant to = filter.to();
    if (from != null || to != null) {
      SliceSpan span = log.span(connection, filter);
      text.append(" and e.position >= ? and e.position < ?");
      arguments.add(span.from());
      arguments.add(span.to());
    }
    narrow(text, arguments, " and e.received_at >= ?", from);
    narrow(text, arguments, " and e.received_at < ?", to);
  }

  /// As it came, or as it was handed on since it was mended.
  private void about(StringBuilder text, List<Object> arguments, EventFilter filter) {
    String key = filter.key();
    if (key != null) {
      text.append(" and (e.key_hash = ? and e.key = ? or e.handed_hash = ? and e.handed_key = ?)");
      arguments.addAll(List.of(log.keyHash(key), key, log.keyHash(key), key));
    }
    if (filter.topic() != null) {
      text.append(" and (e.topic = ? or e.handed_topic = ?)");
      arguments.addAll(List.of(filter.topic(), filter.topic()));
    }
  }

  private static void narrow(
      StringBuilder text, List<Object> arguments, String condition, @Nullable Object value) {
    if (value != null) {
      text.append(condition);
      arguments.add(value);
    }
  }
}
