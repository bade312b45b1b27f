package dev.entrepot.onboarding.notices;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets notices that are over, 90 days after they were written. For one thread.
final class OldNotices {
  private static final Logger LOG = LoggerFactory.getLogger(OldNotices.class);
  private static final Duration KEPT = Duration.ofDays(90);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int AT_ONCE = 1_000;

  private static final Sql FORGET =
      Sql.of(
          """
          delete from notice where id in (
            select id from notice
            where state <> 'queued' and created_at < least(clock_timestamp(), ?) - ?
            order by created_at limit ?)
          """);

  private final Database database;
  private final Clock clock;
  private long next = System.nanoTime();

  /// @param clock by which notices are dated; one that is ahead of the database's does not count
  OldNotices(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Forgets some, if it is time.
  void look() {
    if (System.nanoTime() - next < 0) {
      return;
    }
    next = System.nanoTime() + EVERY.toNanos();
    try {
      if (forget() == AT_ONCE) {
        next = System.nanoTime();
      }
    } catch (StorageException e) {
      LOG.debug("old notices are forgotten later", e);
    } catch (RuntimeException | Error e) {
      LOG.error("old notices are forgotten later, for a defect", e);
    }
  }

  /// @return how many were forgotten, at most 1,000
  int forget() {
    return database.write(
        transaction -> FORGET.with(clock.instant(), KEPT, AT_ONCE).update(transaction));
  }
}
