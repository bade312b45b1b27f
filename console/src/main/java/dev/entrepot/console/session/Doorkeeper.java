package dev.entrepot.console.session;

import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.account.SignIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Lets people in: checks the password, opens a session, and turns away addresses from which
/// guessing comes. Safe for use by many threads.
public final class Doorkeeper {
  private static final int MOST_FAILURES = 20;
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int MOST_ADDRESSES = 10_000;

  /// What came of it.
  public sealed interface Entry {
    /// Signed in.
    record Entered(Account account, Sessions.Opened opened) implements Entry {}

    /// The address or the password is wrong; which is not told.
    record Refused() implements Entry {}

    /// Too many failures.
    record Later(Duration remaining) implements Entry {}
  }

  private record Failures(int count, Instant since) {}

  private final Accounts accounts;
  private final Sessions sessions;
  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  public Doorkeeper(Accounts accounts, Sessions sessions, Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.clock = clock;
  }

  /// Tries to sign in.
  ///
  /// @param address the client's
  /// @param agent what the browser calls itself
  public Entry enter(String email, String password, String address, String agent) {
    Duration wait = wait(address);
    if (!wait.isZero()) {
      return new Entry.Later(wait);
    }
    return switch (accounts.signIn(email, password)) {
      case SignIn.Accepted accepted ->
          new Entry.Entered(
              accepted.account(), sessions.open(accepted.account().id(), address, agent));
      case SignIn.Refused _ -> {
        failed(address);
        yield new Entry.Refused();
      }
      case SignIn.Locked locked -> {
        failed(address);
        yield new Entry.Later(locked.remaining());
      }
    };
  }

  private Duration wait(String address) {
    Instant now = clock.instant();
    synchronized (failures) {
      Failures known = failures.get(address);
      if (known == null || known.count() < MOST_FAILURES) {
        return Duration.ZERO;
      }
      Duration rest = Duration.between(now, known.since().plus(WINDOW));
      return rest.isPositive() ? rest : Duration.ZERO;
    }
  }

  private void failed(String address) {
    Instant now = clock.instant();
    synchronized (failures) {
      failures.merge(
          address,
          new Failures(1, now),
          (known, one) ->
              known.since().plus(WINDOW).isBefore(now)
                  ? one
                  : new Failures(known.count() + 1, known.since()));
    }
  }
}
