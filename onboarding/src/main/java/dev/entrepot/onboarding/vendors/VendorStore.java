package dev.entrepot.onboarding.vendors;

import dev.entrepot.kit.outbound.SigningSecret;
import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The vendors in the table `vendor`. Every change is one transaction with its activity.
///
/// Webhook secrets are stored sealed by a [SecretSeal]; a copy of the database alone does not give
/// them away. A new secret replaces the old one at once: events signed meanwhile that the receiver
/// refuses are tried again, signed with the new one.
public final class VendorStore implements Vendors {

  private static final Sql INSERT =
      Sql.of(
          """
          insert into vendor (code, name, status, email, currency, known_key, approval, launch_at,
            price_move_share, max_file_bytes, max_file_rows, max_uploads_per_day, max_rows_per_day,
            phone_region, webhook_url, created_at, updated_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (code) do nothing
          returning *
          """);

  private static final Sql UPDATE =
      Sql.of(
          """
          update vendor
          set name = ?, status = ?, email = ?, currency = ?, known_key = ?, approval = ?,
            launch_at = ?, price_move_share = ?, max_file_bytes = ?, max_file_rows = ?,
            max_uploads_per_day = ?, max_rows_per_day = ?, phone_region = ?, webhook_url = ?,
            updated_at = ?, version = version + 1
          where code = ? and version = ?
          returning *
          """);

  private static final Sql FIND = Sql.of("select * from vendor where code = ?");

  private static final Sql FIND_LOCKED = Sql.of("select * from vendor where code = ? for update");

  private static final Sql LIST =
      Sql.of(
          """
          select * from vendor
          where code > ?
            and (?::text is null or status = ?)
            and (?::text is null or strpos(lower(code), lower(?)) > 0
              or strpos(lower(name), lower(?)) > 0)
          order by code
          limit ?
          """);

  private static final Sql SET_SECRET =
      Sql.of("update vendor set webhook_secret = ?, updated_at = ? where code = ?");

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final SecretSeal seal;
  private final VendorCheck check;

  /// @param reach which webhook addresses are accepted; give the same one to those who post
  /// @param topics whose addresses are accepted instead
  public VendorStore(
      Database database,
      ActivityLog activities,
      Clock clock,
      SecretSeal seal,
      WebhookReach reach,
      Topics topics) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
    this.seal = seal;
    this.check = new VendorCheck(reach, topics);
  }

  @Override
  public Vendor create(Actor actor, VendorDraft draft) {
    VendorDraft wanted = check.checked(draft);
    return database.write(transaction -> {
      Vendor vendor =
          insert(transaction, wanted)
              .orElseThrow(() ->
                  new OnboardingException(
                      Code.CONFLICT,
                      "code",
                      "vendor "
                          + wanted.code()
                          + " exists already; change it, or take another code"));
      activities.record(
          transaction, actor, "vendor.create", subject(wanted.code()), VendorRow.fields(wanted));
      return vendor;
    });
  }

  private Optional<Vendor> insert(Connection transaction, VendorDraft draft) {
    Instant now = clock.instant();
    return INSERT
        .with(
            draft.code(),
            draft.name(),
            VendorRow.stored(draft.status()),
            draft.email(),
            draft.currency().getCurrencyCode(),
            VendorRow.stored(draft.knownKey()),
            VendorRow.stored(draft.approval()),
            draft.launchAt(),
            draft.priceMoveShare(),
            draft.limits().fileBytes(),
            draft.limits().fileRows(),
            draft.limits().uploadsPerDay(),
            draft.limits().rowsPerDay(),
            draft.phoneRegion(),
            VendorRow.stored(draft.webhookUrl()),
            now,
            now)
        .first(transaction, VendorRow::read);
  }

  /// Changes nothing, the version included, when the vendor is already as wanted.
  @Override
  public Vendor update(Actor actor, VendorDraft draft, int version) {
    VendorDraft wanted = check.checked(draft);
    return database.write(transaction -> {
      Vendor current =
          FIND_LOCKED
              .with(wanted.code())
              .first(transaction, VendorRow::read)
              .orElseThrow(() -> absent(wanted.code()));
      if (current.version() != version) {
        throw new OnboardingException(
            Code.CONFLICT,
            "version",
            "vendor "
                + wanted.code()
                + " was changed meanwhile: its version is "
                + current.version()
                + ", not "
                + version
                + "; read it again and repeat the change");
      }
      if (current.draft().equals(wanted)) {
        return current;
      }
      Vendor changed = update(transaction, wanted, version);
      activities.record(
          transaction,
          actor,
          "vendor.update",
          subject(wanted.code()),
          VendorRow.changes(current.draft(), wanted));
      return changed;
    });
  }

  private Vendor update(Connection transaction, VendorDraft draft, int version) {
    return UPDATE
        .with(
            draft.name(),
            VendorRow.stored(draft.status()),
            draft.email(),
            draft.currency().getCurrencyCode(),
            VendorRow.stored(draft.knownKey()),
            VendorRow.stored(draft.approval()),
            draft.launchAt(),
            draft.priceMoveShare(),
            draft.limits().fileBytes(),
            draft.limits().fileRows(),
            draft.limits().uploadsPerDay(),
            draft.limits().rowsPerDay(),
            draft.phoneRegion(),
            VendorRow.stored(draft.webhookUrl()),
            clock.instant(),
            draft.code(),
            version)
        .one(transaction, VendorRow::read);
  }

  @Override
  public Optional<Vendor> find(String code) {
    if (!StorableText.accepts(code)) {
      return Optional.empty();
    }
    return database.read(connection -> find(connection, code));
  }

  @Override
  public Optional<Vendor> find(Connection transaction, String code) {
    return FIND.with(code).first(transaction, VendorRow::read);
  }

  @Override
  public Page<Vendor> list(
      @Nullable VendorStatus status, @Nullable String text, @Nullable String cursor, int size) {
    int lookAhead = Cursor.lookAhead(size);
    String after = Cursor.parse(cursor).map(Cursor::key).orElse("");
    String state = status == null ? null : VendorRow.stored(status);
    String part = text == null || text.isBlank() ? null : StorableText.repair(text.strip());
    return database.read(connection ->
        Cursor.page(
            LIST.with(after, state, state, part, part, part, lookAhead)
                .list(connection, VendorRow::read),
            size,
            Vendor::code));
  }

  /// The vendor's version stays: the secret is no part of what a person edits.
  @Override
  public String rotateWebhookSecret(Actor actor, String code) {
    String secret = SigningSecret.make();
    database.write(transaction -> {
      if (FIND_LOCKED.with(code).first(transaction, VendorRow::read).isEmpty()) {
        throw absent(code);
      }
      SET_SECRET.with(seal.seal(code, secret), clock.instant(), code).updateOne(transaction);
      activities.record(
          transaction, actor, "vendor.rotate_webhook_secret", subject(code), Map.of());
      return code;
    });
    return secret;
  }

  /// The secret that signs a vendor's webhooks, for those who post them; empty when none was made
  /// or there is no such vendor.
  ///
  /// @throws IllegalStateException when it cannot be opened with the present key
  public Optional<String> webhookSecret(String code) {
    return database
        .read(connection ->
            Sql.of("select webhook_secret from vendor where code = ?")
                .with(code)
                .first(connection, row -> Optional.ofNullable(row.textOrNull("webhook_secret"))))
        .flatMap(sealed -> sealed)
        .map(sealed -> seal.open(code, sealed));
  }

  private static String subject(String code) {
    return "vendor/" + code;
  }

  private static OnboardingException absent(String code) {
    return new OnboardingException(
        Code.NOT_FOUND, "there is no vendor " + code + "; look at the list of vendors");
  }
}
