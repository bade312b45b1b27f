package dev.entrepot.inbox.log;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Up to where the log is final.
///
/// Positions are taken from a sequence before the commit, so a smaller one may become visible after
/// a greater one. Therefore whoever writes holds a shared advisory lock whose second number is the
/// low half of the sequence's value before its first position. A reader takes the sequence's value
/// and *then* looks at the locks: a writer it does not see there either has committed, or takes
/// greater positions than that value. Only writers of the log hold readers up; other long
/// transactions do not.
final class Horizon {
  /// Lock class: transactions that write.
  static final int LOCK_CLASS = 0x1b0c_0002;

  private static final Sql LAST = Sql.of("select last_value from inbox_position");

  private static final Sql WRITERS =
      Sql.of(
          """
          select l.objid::bigint as low
          from pg_locks l
          where l.locktype = 'advisory' and l.classid = ?::oid and l.objsubid = 2
            and l.database = (select oid from pg_database where datname = current_database())
          """);

  private static final Sql HOLDERS =
      Sql.of(
          """
          select l.pid, coalesce(host(a.client_addr), 'its own machine') as host,
            extract(epoch from clock_timestamp() - a.xact_start)::bigint as seconds
          from pg_locks l
          join pg_stat_activity a on a.pid = l.pid
          where l.locktype = 'advisory' and l.classid = ?::oid and l.objsubid = 2 and l.granted
            and l.database = (select oid from pg_database where datname = current_database())
            and a.xact_start <= clock_timestamp() - ?
          order by a.xact_start
          """);

  private static final Logger LOG = LoggerFactory.getLogger(Horizon.class);

  private Horizon() {}

  /// Warns of writers that hold readers up for long.
  ///
  /// @return how many
  static int tellWhoHoldsIt(Connection connection, Duration longest) {
    return HOLDERS
        .with((long) LOCK_CLASS, longest)
        .list(
            connection,
            row -> {
              LOG.warn(
                  "session {} of the database, from {}, has been writing events for {} s; later ones"
                      + " are not handed on before it ends: look at that machine, or end the session"
                      + " with pg_terminate_backend",
                  row.int4("pid"),
                  row.text("host"),
                  row.int8("seconds"));
              return row.int4("pid");
            })
        .size();
  }

  /// The first position that is not final.
  static long of(Connection connection) {
    long last = LAST.one(connection, row -> row.int8("last_value"));
    List<Long> writers = WRITERS.with((long) LOCK_CLASS).list(connection, row -> row.int8("low"));
    long horizon = last;
    for (long low : writers) {
      horizon = Math.min(horizon, rebuilt(last, low));
    }
    return horizon + 1;
  }

  /// The value nearest to `last` with the given low half: writers that began after `last` was read
  /// may be ahead of it.
  private static long rebuilt(long last, long low) {
    int distance = (int) low - (int) last;
    return last + distance;
  }
}
