package dev.entrepot.console.idempotency;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Remembers for a day what was answered to requests with an `Idempotency-Key`. A claim decides who
/// of several carries the request out. Of a claim that is neither completed nor released within ten
/// minutes (the program died) nobody knows what came: it is not given to another unless that one
/// takes it over. Safe for use by many threads and nodes.
public final class Idempotency {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration ABANDONED = Duration.ofMinutes(10);

  /// What an attempt to claim came to.
  public sealed interface Claim {
    /// The request is to be carried out; then complete or release it.
    record Fresh(UUID id) implements Claim {}

    /// It was answered before.
    ///
    /// @param fingerprint of the request that was answered
    record Answered(String fingerprint, String answer) implements Claim {}

    /// It is being carried out right now.
    record InFlight() implements Claim {}

    /// It was begun long ago and never answered: it acted, or it did not.
    ///
    /// @param id of the claim that was left behind, for [Idempotency#takeOver]
    record Unknown(UUID id) implements Claim {}
  }

  private record Kept(
      UUID claim, Instant since, @Nullable String fingerprint, @Nullable String answer) {}

  private final Database database;
  private final Clock clock;

  public Idempotency(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// @param principal whose key it is
  /// @param key as sent
  public Claim claim(String principal, String key) {
    Instant now = clock.instant();
    UUID claim = UUID.randomUUID();
    byte[] hash = Vault.hash(key);
    return database.write(connection -> {
      int _ =
          Sql.of(
                  """
                  delete from idempotency
                  where principal = ? and key_hash = ? and created_at < ?
                  """)
              .with(principal, hash, now.minus(KEPT))
              .update(connection);
      int inserted =
          Sql.of(
                  """
                  insert into idempotency (principal, key_hash, claim, created_at)
                  values (?, ?, ?, ?) on conflict do nothing
                  """)
              .with(principal, hash, claim, now)
              .update(connection);
      if (inserted == 1) {
        return new Claim.Fresh(claim);
      }
      return find(connection, principal, key)
          .map(kept -> claimed(kept, now))
          // Released between the two statements: its owner's client may just as well wait.
          .orElseGet(Claim.InFlight::new);
    });
  }

  private static Claim claimed(Kept kept, Instant now) {
    if (kept.answer() != null && kept.fingerprint() != null) {
      return new Claim.Answered(kept.fingerprint(), kept.answer());
    }
    return kept.since().isBefore(now.minus(ABANDONED))
        ? new Claim.Unknown(kept.claim())
        : new Claim.InFlight();
  }

  /// Takes a claim over that was left behind, to carry the request out once more. Only for what may
  /// act twice.
  ///
  /// @return [Claim.Fresh], or [Claim.InFlight] when somebody else was faster
  public Claim takeOver(String principal, String key, Claim.Unknown left) {
    UUID claim = UUID.randomUUID();
    int taken =
        database.write(connection ->
            Sql.of(
                    """
                    update idempotency set claim = ?, created_at = ?
                    where principal = ? and key_hash = ? and claim = ? and answer is null
                    """)
                .with(claim, clock.instant(), principal, Vault.hash(key), left.id())
                .update(connection));
    return taken == 1 ? new Claim.Fresh(claim) : new Claim.InFlight();
  }

  /// Keeps the answer.
  ///
  /// @return whether the claim still held; if not, somebody else carries the request out as well
  public boolean complete(
      String principal, String key, UUID claim, String fingerprint, String answer) {
    return database.write(connection ->
        Sql.of(
                """
                update idempotency set fingerprint = ?, answer = ?
                where principal = ? and key_hash = ? and claim = ?
                """)
            .with(fingerprint, Vault.seal(key, answer), principal, Vault.hash(key), claim)
            .update(connection))
        == 1;
  }

  /// Gives the claim back: nothing was done.
  public void release(String principal, String key, UUID claim) {
    int _ =
        database.write(connection ->
            Sql.of("delete from idempotency where principal = ? and key_hash = ? and claim = ?")
                .with(principal, Vault.hash(key), claim)
                .update(connection));
  }

  /// Removes what is older than a day.
  ///
  /// @return how many answers
  public int removeOld() {
    return database.write(connection ->
        Sql.of("delete from idempotency where created_at < ?")
            .with(clock.instant().minus(KEPT))
            .update(connection));
  }

  private static Optional<Kept> find(Connection connection, String principal, String key) {
    return Sql.of(
            """
            select claim, created_at, fingerprint, answer from idempotency
            where principal = ? and key_hash = ?
            """)
        .with(principal, Vault.hash(key))
        .first(
            connection,
            row -> {
              byte[] answer = row.bytesOrNull("answer");
              return new Kept(
                  row.uuid("claim"),
                  row.instant("created_at"),
                  row.textOrNull("fingerprint"),
                  answer == null ? null : Vault.open(key, answer));
            });
  }
}
