package dev.entrepot.console.account;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Locks addresses that have no account just like those that have one, so that the answers do not
/// tell them apart. Keeps the latest few thousand, in memory. Safe for use by many threads.
final class UnknownAddresses {
  private static final int MOST = 5_000;

  private record Failures(int count, Instant lockedUntil) {}

  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST;
        }
      };

  synchronized SignIn attempt(String email, Instant now) {
    Failures before = failures.getOrDefault(email, new Failures(0, Instant.MIN));
    if (before.lockedUntil().isAfter(now)) {
      return new SignIn.Locked(Duration.between(now, before.lockedUntil()));
    }
    int count = before.count() + 1;
    failures.put(email, new Failures(count, now.plus(LockOut.lockAfter(count))));
    return new SignIn.Refused();
  }
}
