package dev.entrepot.inbox.chores;

import dev.entrepot.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Keeps a machine whose clock is fast from deleting, for all, what is not old yet. The database's
/// clock is the right one. Safe for use by many threads.
public final class ClockCheck {
  private static final Duration MOST_AHEAD = Duration.ofMinutes(5);

  private final Database database;
  private final Clock clock;

  /// @param clock by which chores tell what is old
  public ClockCheck(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The same chore, which fails where the clock is fast; nodes with a right one do it instead.
  public Chore guard(Chore chore) {
    return new Chore(
        chore.name(),
        chore.pace(),
        goOn -> {
          requireRight();
          return chore.work().run(goOn);
        });
  }

  private void requireRight() {
    Instant now = database.now();
    Duration ahead = Duration.between(now, clock.instant());
    if (ahead.compareTo(MOST_AHEAD) > 0) {
      throw new IllegalStateException(
          "the clock of this machine is "
              + ahead.toSeconds()
              + " s ahead of the database's, so it deletes nothing that may not be old; set it, and"
              + " keep it right by NTP");
    }
  }
}
