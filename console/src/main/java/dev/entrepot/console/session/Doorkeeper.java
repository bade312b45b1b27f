package dev.entrepot.console.session;

import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.AccountDraft;
import dev.entrepot.console.account.AccountException;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.account.SignIn;
import dev.entrepot.model.Actor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Lets people in: checks the password, opens a session, and turns away networks from which
/// guessing comes; shows people out whose account is switched off. Safe for use by many threads.
public final class Doorkeeper {
  private static final String CURRENT_PASSWORD = "current_password";
  private static final int MOST_FAILURES = 20;
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int MOST_NETWORKS = 10_000;

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
          return size() > MOST_NETWORKS;
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
    String network = ClientNetwork.of(address);
    Duration wait = wait(network);
    if (!wait.isZero()) {
      return new Entry.Later(wait);
    }
    return switch (accounts.signIn(email, password)) {
      case SignIn.Accepted accepted ->
          new Entry.Entered(
              accepted.account(),
              sessions.open(accepted.account().id(), address, agent, accepted.at()));
      case SignIn.Refused _ -> {
        failed(network);
        yield new Entry.Refused();
      }
      case SignIn.Locked locked -> {
        failed(network);
        yield new Entry.Later(locked.remaining());
      }
    };
  }

  /// Changes one's own password; ends all sessions of the account. Wrong passwords count as those
  /// of people who sign in do.
  ///
  /// @param address the client's
  /// @throws AccountException INVALID when the current password is wrong or the new one breaks a
  ///   rule, LATER after too many failures
  public void changePassword(Account account, String current, String password, String address) {
    String network = ClientNetwork.of(address);
    Duration wait = wait(network);
    if (!wait.isZero()) {
      throw AccountException.later(CURRENT_PASSWORD, wait);
    }
    if (!accounts.changePassword(account, current, password)) {
      failed(network);
      throw new AccountException(
          AccountException.Code.INVALID,
          CURRENT_PASSWORD,
          "the current password is wrong; type it again");
    }
  }

  /// Changes an account as [Accounts#update] does. One that is switched off is signed out
  /// everywhere, so that switching it on again opens no session of before.
  public Account update(Actor actor, UUID id, AccountDraft draft, int version) {
    Account account = accounts.update(actor, id, draft, version);
    if (!account.active()) {
      int _ = sessions.closeAll(id);
    }
    return account;
  }

  private Duration wait(String network) {
    Instant now = clock.instant();
    synchronized (failures) {
      Failures known = failures.get(network);
      if (known == null || known.count() < MOST_FAILURES) {
        return Duration.ZERO;
      }
      Duration rest = Duration.between(now, known.since().plus(WINDOW));
      return rest.isPositive() ? rest : Duration.ZERO;
    }
  }

  private void failed(String network) {
    Instant now = clock.instant();
    synchronized (failures) {
      failures.merge(
          network,
          new Failures(1, now),
          (known, one) ->
              known.since().plus(WINDOW).isBefore(now)
                  ? one
                  : new Failures(known.count() + 1, known.since()));
    }
  }
}
