package dev.entrepot.flow.budgets;

import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.LimitNotice;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A sliding window over the latest calls of all nodes: never more than the limit within any
/// stretch of its time, and no later than that demands. No connection is held while it waits.
final class SharedBudget implements Budget {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBudget.class);

  // Calls arrive later than they are counted, some more, some less.
  private static final int MARGIN_PER_CENT = 1;
  private static final Duration TOLD_LIMIT_HOLDS = Duration.ofHours(1);

  // A pause that another node learns of is to be seen while this one waits.
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  private static final Sql TAKE = Sql.of("select flow_budget_take(?, ?, ?, ?) as wait");
  private static final Sql PAUSE =
      Sql.of(
          """
          insert into flow_budget as b (account, tenant, paused_until)
          values (?, ?, clock_timestamp() + ?)
          on conflict (account) do update
            set paused_until = greatest(b.paused_until, excluded.paused_until)
          """);
  private static final Sql TELL =
      Sql.of(
          """
          insert into flow_budget (account, tenant, told_calls, told_until)
          values (?, ?, ?, clock_timestamp() + ?)
          on conflict (account) do update
            set told_calls = excluded.told_calls, told_until = excluded.told_until
          """);

  private final Database database;
  private final String tenant;
  private final String account;
  private final RateLimit limit;
  private final Duration window;
  private final ReentrantLock queue;

  SharedBudget(
      Database database, String tenant, String account, RateLimit limit, ReentrantLock queue) {
    this.database = database;
    this.tenant = tenant;
    this.account = account;
    this.limit = limit;
    this.window = limit.per().plus(limit.per().multipliedBy(MARGIN_PER_CENT).dividedBy(100));
    this.queue = queue;
  }

  @Override
  public void take() throws InterruptedException {
    queue.lockInterruptibly();
    try {
      for (long micros = ask(); micros > 0; micros = ask()) {
        TimeUnit.MICROSECONDS.sleep(
            Math.min(micros, TimeUnit.NANOSECONDS.toMicros(LONGEST_SLEEP.toNanos())));
      }
    } finally {
      queue.unlock();
    }
  }

  /// @return 0: the call is counted; else how many microseconds to wait
  private long ask() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return database.write(connection ->
          TAKE.with(account, tenant, limit.calls(), window)
              .one(connection, row -> row.int8("wait")));
    } catch (StorageException e) {
      // An interrupt closes the connection of a virtual thread. At worst a call is counted that is
      // not made.
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw e;
    }
  }

  @Override
  public void learn(LimitNotice notice) {
    try {
      Notices.pause(notice)
          .ifPresent(pause ->
              database.write(connection -> PAUSE.with(account, tenant, pause).update(connection)));
      Integer told = notice.limit();
      if (told != null && told > 0 && told < limit.calls() && sameTime(notice.per())) {
        LOG.warn(
            "account {} allows {} calls per {}, not {} as configured: the lower one is kept for {}",
            account,
            told,
            limit.per(),
            limit.calls(),
            TOLD_LIMIT_HOLDS);
        database.write(
            connection -> TELL.with(account, tenant, told, TOLD_LIMIT_HOLDS).update(connection));
      }
    } catch (StorageException e) {
      LOG.warn("what account {} says of its limit was not kept: {}", account, e.getMessage());
    }
  }

  /// A limit without its time, such as `X-RateLimit-Limit: 10`, may be one per second.
  private boolean sameTime(@Nullable Duration per) {
    return limit.per().equals(per);
  }
}
