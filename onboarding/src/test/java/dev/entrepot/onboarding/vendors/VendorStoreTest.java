package dev.entrepot.onboarding.vendors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VendorStoreTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final byte[] KEY = new byte[32];

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  private final VendorStore vendors = store(WebhookReach.PUBLIC);

  private VendorStore store(WebhookReach reach) {
    return new VendorStore(
        database,
        activities,
        Clock.fixed(NOW, ZoneOffset.UTC),
        new SecretSeal(KEY),
        reach,
        Topics.none());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static VendorDraft everything() {
    return new VendorDraft(
        "VEND-1",
        "  Müller & Söhne ",
        VendorStatus.PENDING_APPROVAL,
        "einkauf@müller.example",
        Currency.getInstance("EUR"),
        KnownKeyPolicy.UPDATE,
        ApprovalPolicy.REQUIRED,
        Instant.parse("2027-01-01T00:00:00.123456789Z"),
        new BigDecimal("0.250"),
        new UploadLimits(1, 2, 3, 4),
        "DE",
        URI.create("https://hooks.example.com/in?token=geheim"));
  }

  @Test
  void everyFieldComesBack() {
    Vendor vendor = vendors.create(ANNA, everything());
    assertThat(vendors.find("VEND-1")).contains(vendor);
    assertThat(vendor.name()).isEqualTo("Müller & Söhne");
    assertThat(vendor.launchAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00.123456Z"));
    assertThat(vendor.priceMoveShare()).isEqualTo(new BigDecimal("0.25"));
    assertThat(vendor.version()).isEqualTo(1);
    assertThat(vendor.createdAt()).isEqualTo(NOW);
    assertThat(vendor.webhookSecretSet()).isFalse();
    VendorDraft draft = vendor.draft();
    assertThat(draft.status()).isEqualTo(VendorStatus.PENDING_APPROVAL);
    assertThat(draft.knownKey()).isEqualTo(KnownKeyPolicy.UPDATE);
    assertThat(draft.approval()).isEqualTo(ApprovalPolicy.REQUIRED);
    assertThat(draft.limits()).isEqualTo(new UploadLimits(1, 2, 3, 4));
    assertThat(vendors.find("NOBODY")).isEmpty();
    assertThat(vendors.find("\0")).isEmpty();
  }

  @Test
  void aTakenCodeIsAConflict() {
    vendors.create(ANNA, VendorDraft.of("VEND001", "One"));
    refused(Code.CONFLICT, "code", () -> vendors.create(ANNA, VendorDraft.of("VEND001", "Two")));
    assertThat(vendors.find("VEND001").orElseThrow().name()).isEqualTo("One");
  }

  @Test
  void aChangeNamesTheVersionItWasMadeFrom() {
    Vendor first = vendors.create(ANNA, VendorDraft.of("VEND001", "One"));
    Vendor second = vendors.update(ANNA, VendorDraft.of("VEND001", "Two"), first.version());
    assertThat(second.version()).isEqualTo(2);
    refused(
        Code.CONFLICT,
        "version",
        () -> vendors.update(ANNA, VendorDraft.of("VEND001", "Three"), first.version()));
    refused(Code.NOT_FOUND, null, () -> vendors.update(ANNA, VendorDraft.of("VEND002", "None"), 1));
    assertThat(vendors.find("VEND001").orElseThrow()).isEqualTo(second);
  }

  @Test
  void whatChangesNothingIsNoChange() {
    Vendor vendor = vendors.create(ANNA, everything());
    assertThat(vendors.update(ANNA, everything(), 1)).isEqualTo(vendor);
    assertThat(activities.list("vendor/VEND-1", null, null, 10).items()).hasSize(1);
  }

  @Test
  void changesAreActivitiesWithoutSecrets() {
    vendors.create(ANNA, everything());
    VendorDraft other = VendorDraft.of("VEND-1", "Müller");
    vendors.update(ANNA, other, 1);
    List<ActivityLog.Activity> told = activities.list("vendor/VEND-1", null, null, 10).items();
    assertThat(told)
        .extracting(ActivityLog.Activity::action)
        .containsExactly("vendor.update", "vendor.create");
    assertThat(told.getFirst().actor()).isEqualTo("user:anna@example.com");
    assertThat(told.getFirst().details())
        .contains("\"from\": \"Müller & Söhne\"", "\"status\"", "https://hooks.example.com/...")
        .doesNotContain("geheim", "code");
    assertThat(told.getLast().details()).doesNotContain("geheim");
  }

  @Test
  void listsByCodeInPages() {
    for (int i = 0; i < 7; i++) {
      vendors.create(ANNA, VendorDraft.of("V" + i + "0", i % 2 == 0 ? "Even Ltd" : "Odd Ltd"));
    }
    List<String> codes = new ArrayList<>();
    String cursor = null;
    do {
      Page<Vendor> page = vendors.list(VendorStatus.ACTIVE, null, cursor, 3);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
      page.items().forEach(vendor -> codes.add(vendor.code()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(codes).containsExactly("V00", "V10", "V20", "V30", "V40", "V50", "V60");
    assertThat(vendors.list(null, "ODD", null, 10).items()).hasSize(3);
    assertThat(vendors.list(null, "v2", null, 10).items()).hasSize(1);
    assertThat(vendors.list(null, "%", null, 10).items()).isEmpty();
    assertThat(vendors.list(VendorStatus.SUSPENDED, null, null, 10).items()).isEmpty();
    refused(Code.INVALID, "cursor", () -> vendors.list(null, null, "not a cursor!", 10));
    refused(Code.INVALID, "size", () -> vendors.list(null, null, null, 0));
  }

  @Test
  void webhookSecretsAreSealed() {
    vendors.create(ANNA, everything());
    assertThat(vendors.webhookSecret("VEND-1")).isEmpty();
    String secret = vendors.rotateWebhookSecret(ANNA, "VEND-1");
    assertThat(secret).startsWith("whsec_");
    assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(32);
    assertThat(vendors.webhookSecret("VEND-1")).contains(secret);
    Vendor vendor = vendors.find("VEND-1").orElseThrow();
    assertThat(vendor.webhookSecretSet()).isTrue();
    assertThat(vendor.version()).isEqualTo(1);
    String stored =
        database.read(connection ->
            Sql.of("select webhook_secret from vendor")
                .one(connection, row -> row.text("webhook_secret")));
    assertThat(stored).doesNotContain(secret.substring(6, 20));
    assertThat(activities.list("vendor/", null, null, 10).items().getFirst().action())
        .isEqualTo("vendor.rotate_webhook_secret");
    assertThat(vendors.rotateWebhookSecret(ANNA, "VEND-1")).isNotEqualTo(secret);
    refused(Code.NOT_FOUND, null, () -> vendors.rotateWebhookSecret(ANNA, "VEND-2"));
  }

  @Test
  void aSecretSealedForOneVendorDoesNotOpenForAnother() {
    vendors.create(ANNA, VendorDraft.of("AA", "A"));
    vendors.create(ANNA, VendorDraft.of("BB", "B"));
    vendors.rotateWebhookSecret(ANNA, "AA");
    int _ =
        database.write(transaction ->
            Sql.of(
                    """
                    update vendor set webhook_secret =
                      (select webhook_secret from vendor where code = 'AA')
                    where code = 'BB'
                    """)
                .update(transaction));
    assertThatIllegalStateException()
        .isThrownBy(() -> vendors.webhookSecret("BB"))
        .withMessageContaining("BB");
  }

  @Test
  void loopbackWebhooksOnlyWhenAllowed() {
    VendorStore open = store(WebhookReach.PRIVATE_TOO);
    for (String url : List.of("http://localhost:8080/x", "http://127.0.0.1/x", "http://[::1]/x")) {
      VendorDraft draft = withWebhook(VendorDraft.of("VEND001", "One"), url);
      refused(Code.INVALID, "webhookUrl", () -> vendors.create(ANNA, draft));
    }
    open.create(ANNA, withWebhook(VendorDraft.of("VEND001", "One"), "http://localhost:8080/x"));
    refused(
        Code.INVALID,
        "webhookUrl",
        () -> open.create(ANNA, withWebhook(VendorDraft.of("V2", "Two"), "http://example.com/")));
  }

  static VendorDraft withWebhook(VendorDraft draft, String url) {
    return new VendorDraft(
        draft.code(),
        draft.name(),
        draft.status(),
        draft.email(),
        draft.currency(),
        draft.knownKey(),
        draft.approval(),
        draft.launchAt(),
        draft.priceMoveShare(),
        draft.limits(),
        draft.phoneRegion(),
        URI.create(url));
  }

  private static void refused(Code code, @Nullable String field, Runnable work) {
    assertThatExceptionOfType(OnboardingException.class)
        .isThrownBy(work::run)
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(code);
          assertThat(refusal.field()).isEqualTo(field);
        });
  }
}
