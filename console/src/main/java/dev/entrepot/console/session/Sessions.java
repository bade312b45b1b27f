package dev.entrepot.console.session;

import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions in the database, found by the hash of a random token that only the browser has. A
/// session ends after 12 hours without a request, after 7 days in any case, at sign-out, and when
/// the account's password changes. Safe for use by many threads.
public final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /// Without a request for so long, a session is over.
  public static final Duration IDLE = Duration.ofHours(12);

  /// No session lasts longer.
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
  private static final int TOKEN_BYTES = 32;
  private static final int LONGEST_AGENT = 200;
  private static final String COLUMNS =
      "id, account_id, csrf_token, created_at, seen_at, expires_at, address, agent";

  /// A session just opened.
  ///
  /// @param token for the browser's cookie; not kept and never shown again
  public record Opened(Session session, String token) {}

  private final Database database;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public Sessions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Opens a session with a token of its own; whatever token the browser had before stays without
  /// meaning.
  public Opened open(UUID accountId, String address, String agent) {
    return open(accountId, address, agent, clock.instant());
  }

  /// As [#open(UUID, String, String)], for somebody who asked for it a little before.
  Opened open(UUID accountId, String address, String agent, Instant now) {
    String token = token();
    Session session =
        database.write(connection ->
            Sql.of(
                    """
                    insert into session (id, token_hash, account_id, csrf_token, created_at, seen_at,
                      expires_at, address, agent)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning
                    """
                        + COLUMNS)
                .with(
                    SortableId.next(),
                    hash(token),
                    accountId,
                    token(),
                    now,
                    now,
                    now.plus(LONGEST),
                    address,
                    agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent)
                .one(connection, Sessions::session));
    return new Opened(session, token);
  }

  /// The session of a token, if it is not over. Whether the account still may is for the caller.
  public Optional<Session> find(String token) {
    Instant now = clock.instant();
    Optional<Session> found =
        database.read(connection ->
            Sql.of(
                    "select "
                        + COLUMNS
                        + " from session where token_hash = ? and expires_at > ? and seen_at > ?")
                .with(hash(token), now, now.minus(IDLE))
                .first(connection, Sessions::session));
    found
        .filter(session -> session.seenAt().plus(SEEN_EVERY).isBefore(now))
        .ifPresent(session -> seen(session, now));
    return found;
  }

  /// The sessions of an account that are not over, latest first.
  public List<Session> list(UUID accountId) {
    Instant now = clock.instant();
    return database.read(connection ->
        Sql.of(
                "select "
                    + COLUMNS
                    + " from session where account_id = ? and expires_at > ? and seen_at > ?"
                    + " order by id desc")
            .with(accountId, now, now.minus(IDLE))
            .list(connection, Sessions::session));
  }

  /// Ends one session of an account.
  ///
  /// @return whether there was such a session
  public boolean close(UUID accountId, UUID id) {
    return database.write(connection ->
        Sql.of("delete from session where id = ? and account_id = ?")
            .with(id, accountId)
            .update(connection))
        > 0;
  }

  /// Ends all sessions of an account.
  ///
  /// @return how many there were
  public int closeAll(UUID accountId) {
    return database.write(connection ->
        Sql.of("delete from session where account_id = ?").with(accountId).update(connection));
  }

  /// Removes sessions that are over.
  ///
  /// @return how many
  public int removeOver() {
    Instant now = clock.instant();
    return database.write(connection ->
        Sql.of("delete from session where expires_at <= ? or seen_at <= ?")
            .with(now, now.minus(IDLE))
            .update(connection));
  }

  private void seen(Session session, Instant now) {
    // The session may have been closed meanwhile: nothing to note then.
    try {
      int _ =
          database.write(connection ->
              Sql.of("update session set seen_at = ? where id = ?")
                  .with(now, session.id())
                  .update(connection));
    } catch (StorageException e) {
      // On a full disk people can still read.
      LOG.debug("the session's last use is not noted", e);
    }
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Session session(Row row) {
    return new Session(
        row.uuid("id"),
        row.uuid("account_id"),
        row.text("csrf_token"),
        row.instant("created_at"),
        row.instant("seen_at"),
        row.instant("expires_at"),
        row.text("address"),
        row.text("agent"));
  }
}
