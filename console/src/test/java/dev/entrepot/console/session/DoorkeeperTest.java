package dev.entrepot.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.entrepot.console.TestClock;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.AccountDraft;
import dev.entrepot.console.account.AccountException;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.account.SignIn;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
  private static final Actor TEST = Actor.system("test");
  private static final String GOOD = "correct horse battery staple";

  private final Database database = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final Accounts accounts = new Accounts(database, new ActivityLog(database), clock);
  private final Sessions sessions = new Sessions(database, clock);
  private final Doorkeeper doorkeeper = new Doorkeeper(accounts, sessions, clock);

  @AfterEach
  void close() {
    database.close();
  }

  private Sessions.Opened enter() {
    accounts.create(TEST, anna(true), GOOD);
    return doorkeeper.enter("anna@example.com", GOOD, "10.0.0.1", "x".repeat(900))
            instanceof Doorkeeper.Entry.Entered entered
        ? entered.opened()
        : fail("not let in");
  }

  @Test
  void anAddressThatGuessesIsTurnedAway() {
    Sessions.Opened opened = enter();
    for (int i = 0; i < 20; i++) {
      assertThat(doorkeeper.enter("guess" + i + "@example.com", "wrong", "10.0.0.9", ""))
          .isInstanceOf(Doorkeeper.Entry.Refused.class);
    }
    assertThat(doorkeeper.enter("anna@example.com", GOOD, "10.0.0.9", ""))
        .isEqualTo(new Doorkeeper.Entry.Later(Duration.ofMinutes(10)));
    assertThat(doorkeeper.enter("anna@example.com", GOOD, "10.0.0.8", ""))
        .isInstanceOf(Doorkeeper.Entry.Entered.class);
    clock.advance(Duration.ofMinutes(10));
    assertThat(doorkeeper.enter("anna@example.com", GOOD, "10.0.0.9", ""))
        .isInstanceOf(Doorkeeper.Entry.Entered.class);
    assertThat(sessions.list(opened.session().accountId())).hasSize(3);
  }

  @Test
  void whoIsInStaysInWhileNothingCanBeWritten() {
    Sessions.Opened opened = enter();
    int _ =
        database.write(connection ->
            Sql.of(
                    """
                    create function full_disk() returns trigger language plpgsql as $$ begin
                      raise exception 'no space left' using errcode = 'disk_full'; end $$;
                    create trigger full_disk before update on session
                      for each row execute function full_disk()
                    """)
                .update(connection));
    clock.advance(Duration.ofMinutes(5));
    assertThat(sessions.find(opened.token())).isPresent();
  }

  @Test
  void aSessionIsOfTheTimeAtWhichThePasswordWasGiven() {
    accounts.create(TEST, anna(true), GOOD);
    Instant asked = clock.instant();
    SignIn.Accepted accepted =
        accounts.signIn("anna@example.com", GOOD) instanceof SignIn.Accepted in
            ? in
            : fail("refused");
    clock.advance(Duration.ofSeconds(2));
    Sessions.Opened opened = sessions.open(accepted.account().id(), "10.0.0.1", "", accepted.at());
    assertThat(opened.session().createdAt()).isEqualTo(asked);
  }

  @Test
  void aNetworkOfIpv6ThatGuessesIsTurnedAway() {
    enter();
    for (int i = 0; i < 20; i++) {
      doorkeeper.enter("guess" + i + "@example.com", "wrong", "2001:db8::" + i, "");
    }
    assertThat(doorkeeper.enter("anna@example.com", GOOD, "2001:db8::ffff", ""))
        .isInstanceOf(Doorkeeper.Entry.Later.class);
    assertThat(doorkeeper.enter("anna@example.com", GOOD, "2001:db8:0:1::1", ""))
        .isInstanceOf(Doorkeeper.Entry.Entered.class);
  }

  @Test
  void wrongCurrentPasswordsCountLikeThoseOfSigningIn() {
    Account anna = accounts.find(enter().session().accountId()).orElseThrow();
    String next = "another good password";
    for (int i = 0; i < 5; i++) {
      assertThat(change(anna, "wrong", next, "10.0.0.1").code())
          .isEqualTo(AccountException.Code.INVALID);
    }
    AccountException locked = change(anna, GOOD, next, "10.0.0.1");
    assertThat(locked.code()).isEqualTo(AccountException.Code.LATER);
    assertThat(locked.retryAfter()).contains(Duration.ofMinutes(1));
    assertThat(doorkeeper.enter("anna@example.com", GOOD, "10.0.0.2", ""))
        .isInstanceOf(Doorkeeper.Entry.Later.class);
    clock.advance(Duration.ofMinutes(1));
    doorkeeper.changePassword(anna, GOOD, next, "10.0.0.1");
    assertThat(doorkeeper.enter("anna@example.com", next, "10.0.0.2", ""))
        .isInstanceOf(Doorkeeper.Entry.Entered.class);
  }

  @Test
  void aNewPasswordThatIsRefusedCountsAsNoFailure() {
    Account anna = accounts.find(enter().session().accountId()).orElseThrow();
    for (int i = 0; i < 9; i++) {
      assertThat(change(anna, GOOD, "short", "10.0.0.1").field()).isEqualTo("password");
    }
    assertThat(doorkeeper.enter("anna@example.com", GOOD, "10.0.0.2", ""))
        .isInstanceOf(Doorkeeper.Entry.Entered.class);
  }

  private AccountException change(Account account, String current, String next, String address) {
    return catchThrowableOfType(
        AccountException.class, () -> doorkeeper.changePassword(account, current, next, address));
  }

  @Test
  void anAccountThatWasSwitchedOffSignsInAnew() {
    Sessions.Opened opened = enter();
    Account anna = accounts.find(opened.session().accountId()).orElseThrow();
    Account off = doorkeeper.update(TEST, anna.id(), anna(false), anna.version());
    doorkeeper.update(TEST, anna.id(), anna(true), off.version());
    assertThat(sessions.find(opened.token())).isEmpty();
  }

  private static AccountDraft anna(boolean active) {
    return new AccountDraft("anna@example.com", "Anna", Role.VIEWER, null, active);
  }

  @Test
  void theTokenIsNotKept() {
    Sessions.Opened opened = enter();
    String rows =
        database.read(connection ->
            Sql.of("select string_agg(session::text, ' ') rows from session")
                .one(connection, row -> row.text("rows")));
    assertThat(opened.token()).hasSize(43);
    assertThat(rows).doesNotContain(opened.token());
    assertThat(opened.session().agent()).hasSize(200);
  }

  @Test
  void whatIsOverIsRemoved() {
    Sessions.Opened opened = enter();
    assertThat(sessions.removeOver()).isZero();
    for (int day = 0; day < 13; day++) {
      clock.advance(Duration.ofHours(11));
      assertThat(sessions.find(opened.token())).isPresent();
    }
    // Seven days in all, never idle for long.
    clock.advance(Sessions.LONGEST.minusHours(13 * 11));
    assertThat(sessions.find(opened.token())).isEmpty();
    assertThat(sessions.removeOver()).isEqualTo(1);
  }

  @Test
  void oneSessionOrAllAreClosed() {
    Sessions.Opened first = enter();
    Sessions.Opened second = sessions.open(first.session().accountId(), "10.0.0.2", "");
    Sessions.Opened third = sessions.open(first.session().accountId(), "10.0.0.3", "");
    assertThat(sessions.close(first.session().accountId(), first.session().id())).isTrue();
    assertThat(sessions.find(first.token())).isEmpty();
    assertThat(sessions.find(second.token())).isPresent();
    assertThat(sessions.closeAll(first.session().accountId())).isEqualTo(2);
    assertThat(sessions.find(third.token())).isEmpty();
  }
}
