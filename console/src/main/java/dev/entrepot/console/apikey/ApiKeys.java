package dev.entrepot.console.apikey;

import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.AccountException;
import dev.entrepot.console.account.AccountException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// API keys of the form `ek_<id>_<secret>`, of which `ek_<id>` is no secret. Only a hash of the
/// secret is kept; a plain SHA-256 suffices, as the secret is 256 random bits and cannot be guessed
/// from it. Changes are recorded as activities. Safe for use by many threads.
public final class ApiKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
  private static final Pattern KEY = Pattern.compile("(ek_[0-9a-f]{16})_([A-Za-z0-9_-]{43})");
  private static final Duration USED_EVERY = Duration.ofMinutes(1);
  private static final int LONGEST_NAME = 200;
  private static final String COLUMNS =
      "id, name, role, vendor, created_by, created_at, last_used_at, expires_at, revoked_at";

  /// A key as an administrator wants it.
  ///
  /// @param expiresAt of no use from then on; null: until it is revoked
  public record Draft(
      String name, Role role, @Nullable String vendor, @Nullable Instant expiresAt) {
    /// @throws AccountException INVALID naming the field that does not fit
    public Draft {
      name = name.strip();
      if (name.isEmpty() || name.length() > LONGEST_NAME) {
        throw invalid("name", "the name must have 1 to " + LONGEST_NAME + " characters");
      }
      if (role == Role.SUPPLIER && vendor == null) {
        throw invalid("vendor", "a supplier's key belongs to a vendor; name its code");
      }
      if (role != Role.SUPPLIER && vendor != null) {
        throw invalid(
            "vendor",
            "only a supplier's key belongs to a vendor; leave it out for role " + role.code());
      }
    }
  }

  /// A key just made.
  ///
  /// @param secret the whole key as programs send it; not kept and never shown again
  public record Created(ApiKey key, String secret) {}

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /// By the hash of the secret, in hex.
  private final Map<String, ApiKey> processKeys = new ConcurrentHashMap<>();

  public ApiKeys(Database database, ActivityLog activities, Clock clock) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
  }

  /// Makes a key.
  ///
  /// @throws AccountException INVALID when the vendor does not exist or the key would be over
  ///   already
  public Created create(Actor actor, Draft draft) {
    Instant now = clock.instant();
    if (draft.expiresAt() != null && !draft.expiresAt().isAfter(now)) {
      throw invalid(
          "expires_at", draft.expiresAt() + " is past; name a later time, or none at all");
    }
    byte[] idBytes = new byte[8];
    random.nextBytes(idBytes);
    String id = "ek_" + HexFormat.of().formatHex(idBytes);
    byte[] secretBytes = new byte[32];
    random.nextBytes(secretBytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(secretBytes);
    try {
      ApiKey key = database.write(connection -> insert(connection, actor, draft, id, secret, now));
      return new Created(key, id + "_" + secret);
    } catch (StorageException e) {
      if (e.constraint().orElse("").equals("api_key_vendor_fkey")) {
        throw invalid(
            "vendor", "there is no vendor " + draft.vendor() + "; create it first or name another");
      }
      throw e;
    }
  }

  /// Makes a key that is good while this program runs: kept in memory alone, listed nowhere. For
  /// commands of whoever may read this program's files.
  ///
  /// @param name under which it acts
  /// @return the whole key as programs send it
  public String createForThisProcess(String name, Role role) {
    String id = randomId();
    String secret = randomSecret();
    ApiKey key =
        new ApiKey("local", name, role, null, "system:serve", clock.instant(), null, null, null);
    processKeys.put(HexFormat.of().formatHex(hash(secret)), key);
    return "ek_" + id + "_" + secret;
  }

  /// The key behind a text that a program sent, if it is right, not over and not revoked.
  public Optional<ApiKey> find(String text) {
    Matcher matcher = KEY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    byte[] hash = hash(matcher.group(2));
    ApiKey own = processKeys.get(HexFormat.of().formatHex(hash));
    if (own != null) {
      return Optional.of(own);
    }
    Optional<ApiKey> found =
        database.read(connection ->
            Sql.of(
                    "select secret_hash, "
                        + COLUMNS
                        + " from api_key where id = ? and revoked_at is null"
                        + " and (expires_at is null or expires_at > ?)")
                .with(matcher.group(1), now)
                .first(
                    connection,
                    row ->
                        MessageDigest.isEqual(row.bytes("secret_hash"), hash)
                            ? Optional.of(key(row))
                            : Optional.<ApiKey>empty())
                .flatMap(key -> key));
    found.filter(key -> due(key, now)).ifPresent(key -> used(key, now));
    return found;
  }

  /// All keys, revoked ones included, latest first.
  public List<ApiKey> list() {
    return database.read(connection ->
        Sql.of("select " + COLUMNS + " from api_key order by created_at desc, id")
            .list(connection, ApiKeys::key));
  }

  /// Takes a key out of use for good. Revoking twice changes nothing.
  ///
  /// @throws AccountException NOT_FOUND
  public void revoke(Actor actor, String id) {
    database.write(connection -> {
      boolean known =
          Sql.of("select id from api_key where id = ?")
              .with(id)
              .first(connection, row -> row.text("id"))
              .isPresent();
      if (!known) {
        throw new AccountException(
            Code.NOT_FOUND, null, "there is no API key " + id + "; list them to see their ids");
      }
      int revoked =
          Sql.of("update api_key set revoked_at = ? where id = ? and revoked_at is null")
              .with(clock.instant(), id)
              .update(connection);
      if (revoked > 0) {
        activities.record(connection, actor, "api_key.revoke", "api_key/" + id, Map.of());
      }
      return revoked;
    });
  }

  private ApiKey insert(
      Connection connection, Actor actor, Draft draft, String id, String secret, Instant now) {
    ApiKey key =
        Sql.of(
                """
                insert into api_key
                  (id, secret_hash, name, role, vendor, created_by, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) returning
                """
                    + COLUMNS)
            .with(
                id,
                hash(secret),
                draft.name(),
                draft.role().code(),
                draft.vendor(),
                actor.reference(),
                now,
                draft.expiresAt())
            .one(connection, ApiKeys::key);
    activities.record(
        connection,
        actor,
        "api_key.create",
        "api_key/" + id,
        Map.of("name", key.name(), "role", key.role().code()));
    return key;
  }

  private String randomId() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private String randomSecret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static boolean due(ApiKey key, Instant now) {
    return key.lastUsedAt() == null || key.lastUsedAt().plus(USED_EVERY).isBefore(now);
  }

  private void used(ApiKey key, Instant now) {
    try {
      database.write(connection -> {
        Sql.of("update api_key set last_used_at = ? where id = ?")
            .with(now, key.id())
            .updateOne(connection);
        return key;
      });
    } catch (StorageException e) {
      // On a full disk programs can still read.
      LOG.debug("the key's last use is not noted", e);
    }
  }

  private static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static ApiKey key(Row row) {
    String role = row.text("role");
    return new ApiKey(
        row.text("id"),
        row.text("name"),
        Role.ofCode(role)
            .orElseThrow(() -> new IllegalStateException("a key has the unknown role " + role)),
        row.textOrNull("vendor"),
        row.text("created_by"),
        row.instant("created_at"),
        row.instantOrNull("last_used_at"),
        row.instantOrNull("expires_at"),
        row.instantOrNull("revoked_at"));
  }

  private static AccountException invalid(String field, String message) {
    return new AccountException(Code.INVALID, field, message);
  }
}
