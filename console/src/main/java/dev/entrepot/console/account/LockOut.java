package dev.entrepot.console.account;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Counts failures and locks: the fifth failure in a row locks for a minute, each further one for
/// twice as long, up to an hour. An attempt is counted before the password is looked at and taken
/// back when it was right, so that attempts at the same moment cannot pass the count.
final class LockOut {
  static final int FAILURES = 5;
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 10;

  private LockOut() {}

  /// An attempt on an existing account.
  sealed interface Attempt {
    /// Counted as a failure; the password may be looked at.
    record Claimed(UUID id, String hash, boolean active) implements Attempt {}

    record Locked(Instant until) implements Attempt {}
  }

  /// @return empty when there is no such account
  static Optional<Attempt> claimAttempt(Connection connection, String email, Instant now) {
    Optional<Attempt> claimed =
        Sql.of(
                """
                update account set failed_attempts = failed_attempts + 1,
                  locked_until = case when failed_attempts + 1 >= ? then
                    ?::timestamptz + least(?::interval,
                      ?::interval * power(2, least(failed_attempts + 1 - ?, ?))) end
                where lower(email) = lower(?) and (locked_until is null or locked_until <= ?)
                returning id, password_hash, active
                """)
            .with(FAILURES, now, LONGEST, FIRST, FAILURES, MOST_DOUBLINGS, email, now)
            .first(
                connection,
                row ->
                    new Attempt.Claimed(
                        row.uuid("id"), row.text("password_hash"), row.bool("active")));
    if (claimed.isPresent()) {
      return claimed;
    }
    return Sql.of("select locked_until from account where lower(email) = lower(?)")
        .with(email)
        .first(connection, row -> new Attempt.Locked(row.instant("locked_until")));
  }

  /// How long the given number of failures in a row locks.
  static Duration lockAfter(int failures) {
    if (failures < FAILURES) {
      return Duration.ZERO;
    }
    Duration lock = FIRST.multipliedBy(1L << Math.min(failures - FAILURES, MOST_DOUBLINGS));
    return lock.compareTo(LONGEST) > 0 ? LONGEST : lock;
  }
}
