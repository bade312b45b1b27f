package dev.entrepot.console.account;

import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.AccountException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The accounts of people. Every change is recorded as an activity, never with a password. Safe for
/// use by many threads.
public final class Accounts {
  private static final int HASHES_AT_A_TIME = 2;
  private static final String COLUMNS =
      "id, email, name, role, vendor, active, locked_until, created_at, last_sign_in_at,"
          + " password_changed_at, version";

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final Passwords passwords;
  private final UnknownAddresses unknown;

  public Accounts(Database database, ActivityLog activities, Clock clock) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
    this.passwords = new Passwords(new SecureRandom(), HASHES_AT_A_TIME);
    this.unknown = new UnknownAddresses();
  }

  /// Makes an account.
  ///
  /// @throws AccountException CONFLICT when the address is taken, INVALID when the password breaks
  ///   a rule or the vendor does not exist
  public Account create(Actor actor, AccountDraft draft, String password) {
    passwords.requireGood(password, draft.email());
    String hash = passwords.hash(password);
    return guarded(
        draft, () -> database.write(connection -> insert(connection, actor, draft, hash)));
  }

  /// Makes the first administrator of an installation that has no account yet.
  ///
  /// @return empty when there are accounts already: nothing was changed
  public Optional<Account> bootstrap(AccountDraft draft, String password) {
    if (draft.role() != Role.ADMIN) {
      throw new IllegalArgumentException("the first account must be an administrator's");
    }
    if (any()) {
      return Optional.empty();
    }
    passwords.requireGood(password, draft.email());
    String hash = passwords.hash(password);
    return database.write(connection -> {
      int _ = Sql.of("lock table account in share row exclusive mode").update(connection);
      boolean taken =
          Sql.of("select exists (select from account) taken")
              .one(connection, row -> row.bool("taken"));
      return taken
          ? Optional.<Account>empty()
          : Optional.of(insert(connection, Actor.system("bootstrap"), draft, hash));
    });
  }

  /// Whether there is any account.
  public boolean any() {
    return database.read(connection ->
        Sql.of("select exists (select from account) found")
            .one(connection, row -> row.bool("found")));
  }

  /// All accounts by address.
  public List<Account> list() {
    return database.read(connection ->
        Sql.of("select " + COLUMNS + " from account order by lower(email)")
            .list(connection, Accounts::account));
  }

  public Optional<Account> find(UUID id) {
    return database.read(connection -> find(connection, id));
  }

  /// The account of an address, whatever its case.
  public Optional<Account> findByEmail(String email) {
    return database.read(connection ->
        Sql.of("select " + COLUMNS + " from account where lower(email) = lower(?)")
            .with(email.strip())
            .first(connection, Accounts::account));
  }

  /// Changes an account. A change of role or vendor, and switching it off, act on its next request.
  ///
  /// @param version the version the change was made from
  /// @throws AccountException NOT_FOUND, CONFLICT when the account was changed meanwhile or the
  ///   address is taken, INVALID when the vendor does not exist or no administrator would be left
  public Account update(Actor actor, UUID id, AccountDraft draft, int version) {
    return guarded(
        draft,
        () ->
            database.write(connection -> {
              Account before = find(connection, id).orElseThrow(() -> missing(id));
              requireAdministratorLeft(connection, before, draft);
              Account after =
                  Sql.of(
                          "update account set email = ?, name = ?, role = ?, vendor = ?, active = ?,"
                              + " version = version + 1 where id = ? and version = ? returning "
                              + COLUMNS)
                      .with(
                          draft.email(),
                          draft.name(),
                          draft.role().code(),
                          draft.vendor(),
                          draft.active(),
                          id,
                          version)
                      .first(connection, Accounts::account)
                      .orElseThrow(() -> changedMeanwhile(before, version));
              activities.record(
                  connection,
                  actor,
                  "account.update",
                  subject(id),
                  Map.of(
                      "email", after.email(),
                      "role", after.role().code(),
                      "active", after.active()));
              return after;
            }));
  }

  /// Sets a new password, takes away the lock, and ends all sessions of the account.
  ///
  /// @throws AccountException NOT_FOUND, or INVALID when the password breaks a rule
  public void setPassword(Actor actor, UUID id, String password) {
    Account account = find(id).orElseThrow(() -> missing(id));
    passwords.requireGood(password, account.email());
    String hash = passwords.hash(password);
    database.write(connection -> {
      Sql.of(
              """
              update account set password_hash = ?, password_changed_at = ?, failed_attempts = 0,
                locked_until = null
              where id = ?
              """)
          .with(hash, clock.instant(), id)
          .updateOne(connection);
      activities.record(connection, actor, "account.set_password", subject(id), Map.of());
      return account;
    });
  }

  /// Changes one's own password; ends all sessions of the account, the present one included. A
  /// wrong current password counts as a failed attempt to sign in, and locks as one.
  ///
  /// @return whether the current password was right; if not, nothing was changed
  /// @throws AccountException INVALID when the new password breaks a rule, LATER when too many
  ///   wrong ones were given
  public boolean changePassword(Account account, String current, String password) {
    passwords.requireGood(password, account.email());
    Instant now = clock.instant();
    LockOut.Attempt attempt =
        database
            .write(connection -> LockOut.claimAttempt(connection, account.email(), now))
            .orElseThrow(() -> missing(account.id()));
    return switch (attempt) {
      case LockOut.Attempt.Locked locked ->
          throw AccountException.later("current_password", Duration.between(now, locked.until()));
      case LockOut.Attempt.Claimed claimed -> {
        boolean right = passwords.matches(current, claimed.hash());
        if (right) {
          setPassword(account.principal().actor(), account.id(), password);
        }
        yield right;
      }
    };
  }

  /// Tries to sign in. Takes the same time and gives the same answers whether or not there is such
  /// an account.
  public SignIn signIn(String email, String password) {
    String address = email.strip().toLowerCase(Locale.ROOT);
    Instant now = clock.instant();
    Optional<LockOut.Attempt> attempt =
        database.write(connection -> LockOut.claimAttempt(connection, address, now));
    if (attempt.isEmpty()) {
      SignIn outcome = unknown.attempt(address, now);
      boolean _ = outcome instanceof SignIn.Refused && passwords.matches(password, null);
      return outcome;
    }
    return switch (attempt.get()) {
      case LockOut.Attempt.Locked locked ->
          new SignIn.Locked(Duration.between(now, locked.until()));
      case LockOut.Attempt.Claimed claimed ->
          passwords.matches(password, claimed.hash()) && claimed.active()
              ? new SignIn.Accepted(accept(claimed, now), now)
              : new SignIn.Refused();
    };
  }

  private Account accept(LockOut.Attempt.Claimed claimed, Instant now) {
    return database.write(connection ->
        Sql.of(
                """
                update account set failed_attempts = 0, locked_until = null, last_sign_in_at = ?
                where id = ? returning
                """
                    + COLUMNS)
            .with(now, claimed.id())
            .one(connection, Accounts::account));
  }

  private Account insert(Connection connection, Actor actor, AccountDraft draft, String hash) {
    Instant now = clock.instant();
    Account account =
        Sql.of(
                """
                insert into account (id, email, name, role, vendor, password_hash,
                  password_changed_at, active, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning
                """
                    + COLUMNS)
            .with(
                SortableId.next(),
                draft.email(),
                draft.name(),
                draft.role().code(),
                draft.vendor(),
                hash,
                now,
                draft.active(),
                now)
            .one(connection, Accounts::account);
    activities.record(
        connection,
        actor,
        "account.create",
        subject(account.id()),
        Map.of("email", account.email(), "role", account.role().code()));
    return account;
  }

  private static void requireAdministratorLeft(
      Connection connection, Account before, AccountDraft draft) {
    boolean loses =
        before.role() == Role.ADMIN
            && before.active()
            && (draft.role() != Role.ADMIN || !draft.active());
    if (!loses) {
      return;
    }
    // Locked, so that two administrators cannot switch each other off at once.
    List<UUID> administrators =
        Sql.of("select id from account where role = 'admin' and active order by id for update")
            .list(connection, row -> row.uuid("id"));
    if (administrators.stream().allMatch(before.id()::equals)) {
      throw new AccountException(
          Code.INVALID,
          before.active() == draft.active() ? "role" : "active",
          before.email() + " is the last administrator; make somebody else one first");
    }
  }

  private static <T> T guarded(AccountDraft draft, Supplier<T> work) {
    try {
      return work.get();
    } catch (StorageException e) {
      String constraint = e.constraint().orElse("");
      if (constraint.equals("account_email")) {
        throw new AccountException(
            Code.CONFLICT, "email", "there is an account for " + draft.email() + " already");
      }
      if (constraint.equals("account_vendor_fkey")) {
        throw new AccountException(
            Code.INVALID,
            "vendor",
            "there is no vendor " + draft.vendor() + "; create it first or name another");
      }
      throw e;
    }
  }

  private static Optional<Account> find(Connection connection, UUID id) {
    return Sql.of("select " + COLUMNS + " from account where id = ?")
        .with(id)
        .first(connection, Accounts::account);
  }

  private static Account account(Row row) {
    return new Account(
        row.uuid("id"),
        row.text("email"),
        row.text("name"),
        role(row),
        row.textOrNull("vendor"),
        row.bool("active"),
        row.instantOrNull("locked_until"),
        row.instant("created_at"),
        row.instantOrNull("last_sign_in_at"),
        row.instant("password_changed_at"),
        row.int4("version"));
  }

  private static Role role(Row row) {
    String code = row.text("role");
    return Role.ofCode(code)
        .orElseThrow(() -> new IllegalStateException("an account has the unknown role " + code));
  }

  private static String subject(UUID id) {
    return "account/" + id;
  }

  private static AccountException missing(UUID id) {
    return new AccountException(
        Code.NOT_FOUND, null, "there is no account " + id + "; list them to see their ids");
  }

  private static AccountException changedMeanwhile(Account account, @Nullable Integer version) {
    return new AccountException(
        Code.CONFLICT,
        "version",
        account.email()
            + " is at version "
            + account.version()
            + ", the change was made from "
            + version
            + "; read it again and repeat the change");
  }
}
