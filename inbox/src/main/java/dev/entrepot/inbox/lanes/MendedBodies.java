package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Message;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What persons made of the bodies of events, in `inbox_edit`: of each the newest edit counts, but
/// for those of letters that were skipped.
public final class MendedBodies {
  /// Together.
  private static final long MOST_BYTES = 16 << 20;

  /// By position; wants the array of positions.
  static final String NEWEST =
      """
      select distinct on (d.position) d.position, x.body
      from inbox_dead_letter d join inbox_edit x on x.letter = d.id
      where d.position = any(?::bigint[]) and d.state <> 'skipped'
      order by d.position, x.at desc, x.id desc
      """;

  private static final Sql SOME =
      Sql.of(
          """
          select position, case when so_far <= ? or so_far = bytes then body end as body
          from (
            select *, sum(bytes) over (order by position) as so_far
            from (select *, octet_length(body)::bigint as bytes from (NEWEST) m) l) s
          order by position
          """
              .replace("NEWEST", NEWEST));

  // A letter that was open before may have that body, or a newer one.
  private static final Sql BODY =
      Sql.of(
          """
          update inbox_dead_letter d set body = w.body from inbox_waiting w
          where d.id = ? and w.id = ? and d.state = 'open' and d.body is distinct from w.body
            and (d.body is null or w.body = (
              select x.body from inbox_dead_letter o join inbox_edit x on x.letter = o.id
              where o.position = d.position and o.state <> 'skipped'
              order by x.at desc, x.id desc limit 1))
          """);

  // An edit keeps who made it, and when: what is newest does not change.
  private static final Sql EDIT =
      Sql.of(
          """
          insert into inbox_edit (letter, body, by, at)
          select ?, w.body, x.by, x.at
          from inbox_waiting w
          join inbox_dead_letter d on d.position = w.position
          join inbox_edit x on x.letter = d.id and x.body = w.body
          where w.id = ? order by x.at desc, x.id desc limit 1
          """);

  /// @param bodies by position
  /// @param cutAt of events from there on it is not known: they were too much together
  public record Loaded(Map<Long, Body> bodies, long cutAt) {
    public Loaded {
      bodies = Map.copyOf(bodies);
    }
  }

  private MendedBodies() {}

  /// Those of the first of these events that are not too much together, but never none.
  public static Loaded some(Connection connection, Collection<Long> positions) {
    Map<Long, Body> bodies = new HashMap<>();
    long[] cutAt = {Long.MAX_VALUE};
    SOME.with(MOST_BYTES, positions.toArray(Long[]::new))
        .list(
            connection,
            row -> {
              byte[] body = row.bytesOrNull("body");
              long position = row.int8("position");
              if (body == null) {
                cutAt[0] = Math.min(cutAt[0], position);
              } else {
                bodies.put(position, Body.of(body));
              }
              return position;
            });
    return new Loaded(bodies, cutAt[0]);
  }

  /// An event as it is handed on with a mended body.
  public static Message message(LoggedEvent event, Body mended, EventSource source) {
    Message came = event.message();
    return Reader.identified(
        new Message(came.identity(), came.headers(), mended, came.receivedAt()), source);
  }

  /// Gives the dead letter of an event that was replayed as a person had mended it that body, with
  /// who made it; to be called while its waiting row is still there.
  static void handOver(Connection transaction, long waiting, long letter) {
    if (BODY.with(letter, waiting).update(transaction) > 0) {
      int _ = EDIT.with(letter, waiting).update(transaction);
    }
  }
}
