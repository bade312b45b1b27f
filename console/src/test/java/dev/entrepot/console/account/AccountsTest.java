package dev.entrepot.console.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.console.TestClock;
import dev.entrepot.console.access.Role;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Actor TEST = Actor.system("test");
  private static final String GOOD = "correct horse battery staple";

  private final Database database = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final ActivityLog activities = new ActivityLog(database);
  private final Accounts accounts = new Accounts(database, activities, clock);

  @AfterEach
  void close() {
    database.close();
  }

  private static AccountDraft draft(String email, Role role) {
    return new AccountDraft(email, "Test", role, null, true);
  }

  @Test
  void theFirstAdministratorIsMadeOnce() {
    assertThat(accounts.bootstrap(draft("first@example.com", Role.ADMIN), GOOD)).isPresent();
    assertThat(accounts.bootstrap(draft("second@example.com", Role.ADMIN), GOOD)).isEmpty();
    assertThat(accounts.list()).extracting(Account::email).containsExactly("first@example.com");
  }

  @Test
  void thereIsOneAccountForAnAddress() {
    accounts.create(TEST, draft("Anna@Example.com", Role.VIEWER), GOOD);
    assertThatThrownBy(() -> accounts.create(TEST, draft("anna@example.com", Role.ADMIN), GOOD))
        .isInstanceOfSatisfying(
            AccountException.class,
            e -> assertThat(e.code()).isEqualTo(AccountException.Code.CONFLICT));
    assertThat(accounts.findByEmail("ANNA@example.com")).isPresent();
  }

  @Test
  void passwordsKeepTheRules() {
    for (String bad :
        List.of("short", "aaaaaaaaaaaaaa", "xxanna.smithxxx", "anna.smith@example.com")) {
      assertThatThrownBy(
              () -> accounts.create(TEST, draft("anna.smith@example.com", Role.VIEWER), bad))
          .as(bad)
          .isInstanceOfSatisfying(
              AccountException.class, e -> assertThat(e.field()).isEqualTo("password"));
    }
    assertThatThrownBy(
            () -> accounts.create(TEST, draft("a@example.com", Role.VIEWER), "x1".repeat(101)))
        .isInstanceOf(AccountException.class);
  }

  @Test
  void whatIsKeptIsNoPassword() {
    accounts.create(TEST, draft("anna@example.com", Role.VIEWER), GOOD);
    String hash =
        database.read(connection ->
            Sql.of("select password_hash from account")
                .one(connection, row -> row.text("password_hash")));
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(GOOD);
    assertThat(activities.list("account/", null, null, 10).items().toString())
        .contains("account.create")
        .doesNotContain(GOOD);
  }

  @Test
  void passwordsAreTheSameHoweverTheyAreTyped() {
    accounts.create(TEST, draft("anna@example.com", Role.VIEWER), "Zu\u0308rich im Winter");
    assertThat(accounts.signIn("anna@example.com", "Z\u00fcrich im Winter"))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void tooManyFailuresLockForLongerAndLonger() {
    accounts.create(TEST, draft("anna@example.com", Role.VIEWER), GOOD);
    for (String email : List.of("anna@example.com", "nobody@example.com")) {
      for (int i = 0; i < 5; i++) {
        assertThat(accounts.signIn(email, "wrong")).isInstanceOf(SignIn.Refused.class);
      }
      assertThat(accounts.signIn(email, GOOD)).isEqualTo(new SignIn.Locked(Duration.ofMinutes(1)));
    }
    clock.advance(Duration.ofMinutes(1));
    for (String email : List.of("anna@example.com", "nobody@example.com")) {
      assertThat(accounts.signIn(email, "wrong")).isInstanceOf(SignIn.Refused.class);
      assertThat(accounts.signIn(email, "wrong"))
          .isEqualTo(new SignIn.Locked(Duration.ofMinutes(2)));
    }
    clock.advance(Duration.ofMinutes(2));
    assertThat(accounts.signIn("anna@example.com", GOOD)).isInstanceOf(SignIn.Accepted.class);
    assertThat(accounts.signIn("anna@example.com", "wrong")).isInstanceOf(SignIn.Refused.class);
  }

  @Test
  void theLockGrowsToAnHour() {
    accounts.create(TEST, draft("anna@example.com", Role.VIEWER), GOOD);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 16; i++) {
      accounts.signIn("anna@example.com", "wrong");
      if (accounts.signIn("anna@example.com", "wrong") instanceof SignIn.Locked locked) {
        longest = locked.remaining();
        clock.advance(longest);
      }
    }
    assertThat(longest).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void attemptsAtTheSameMomentAreCounted() throws Exception {
    accounts.create(TEST, draft("anna@example.com", Role.VIEWER), GOOD);
    List<Callable<SignIn>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      attempts.add(() -> accounts.signIn("anna@example.com", "wrong"));
    }
    int refused = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SignIn> attempt : executor.invokeAll(attempts)) {
        refused += attempt.get() instanceof SignIn.Refused ? 1 : 0;
      }
    }
    assertThat(refused).isEqualTo(LockOut.FAILURES);
  }

  @Test
  void aNewPasswordTakesAwayTheLock() {
    Account anna = accounts.create(TEST, draft("anna@example.com", Role.VIEWER), GOOD);
    for (int i = 0; i < 5; i++) {
      accounts.signIn("anna@example.com", "wrong");
    }
    accounts.setPassword(TEST, anna.id(), "another good one");
    assertThat(accounts.signIn("anna@example.com", "another good one"))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void anAccountThatIsSwitchedOffIsRefusedLikeAWrongPassword() {
    accounts.create(
        TEST, new AccountDraft("anna@example.com", "Anna", Role.VIEWER, null, false), GOOD);
    assertThat(accounts.signIn("anna@example.com", GOOD)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void theLastAdministratorStays() {
    Account only = accounts.create(TEST, draft("a@example.com", Role.ADMIN), GOOD);
    AccountDraft off = new AccountDraft("a@example.com", "A", Role.ADMIN, null, false);
    assertThatThrownBy(() -> accounts.update(TEST, only.id(), off, only.version()))
        .isInstanceOfSatisfying(
            AccountException.class, e -> assertThat(e.field()).isEqualTo("active"));
    assertThatThrownBy(
            () -> accounts.update(TEST, only.id(), draft("a@example.com", Role.VIEWER), 1))
        .isInstanceOfSatisfying(
            AccountException.class, e -> assertThat(e.field()).isEqualTo("role"));
    accounts.create(TEST, draft("b@example.com", Role.ADMIN), GOOD);
    assertThat(accounts.update(TEST, only.id(), off, only.version()).active()).isFalse();
    assertThatThrownBy(() -> accounts.update(TEST, only.id(), off, only.version()))
        .isInstanceOfSatisfying(
            AccountException.class,
            e -> assertThat(e.code()).isEqualTo(AccountException.Code.CONFLICT));
  }
}
