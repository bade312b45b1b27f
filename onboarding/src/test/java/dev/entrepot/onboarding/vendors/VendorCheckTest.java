package dev.entrepot.onboarding.vendors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.onboarding.OnboardingException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorCheckTest {
  private final VendorCheck check = new VendorCheck(WebhookReach.PUBLIC, Topics.none());

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "vend1", "-A", "_A", "A B", "Ä1", "A\n", "A/B"})
  void codes(String code) {
    refused("code", VendorDraft.of(code, "Name"));
  }

  @Test
  void codesHaveTwoToFortyCharacters() {
    assertThat(check.checked(VendorDraft.of("A".repeat(40), "Name")).code()).hasSize(40);
    refused("code", VendorDraft.of("A".repeat(41), "Name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "a\u0000b", "a\uD800b", "a\u2028b"})
  void names(String name) {
    refused("name", VendorDraft.of("VEND001", name));
    refused("name", VendorDraft.of("VEND001", "x".repeat(201)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna",
        "anna@",
        "@example.com",
        "anna@@example.com",
        "anna@exa mple.com",
        "anna@example.com\nBcc: all@example.com",
        "anna@example.com, bob@example.com",
        "Anna <anna@example.com>",
        "anna@-example.com",
        "änna@example.com",
        ".anna@example.com",
        "an..na@example.com",
        "anna@exam_ple.com"
      })
  void wrongMailAddresses(String email) {
    refused("email", with(email, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@example.com",
        "anna+files@sub.example.co.uk",
        "o'brien@example.com",
        "anna@müller.example",
        "root@localhost",
        " anna@example.com "
      })
  void mailAddresses(String email) {
    assertThat(check.checked(with(email, null, null)).email()).isEqualTo(email.strip());
  }

  @Test
  void aBlankMailAddressIsNone() {
    assertThat(check.checked(with("  ", null, null)).email()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "ftp://example.com/",
        "https:///path",
        "//example.com/",
        "hooks",
        "mailto:a@example.com",
        "https://user:secret@example.com/",
        "https://example.com/#part",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/"
      })
  void wrongWebhooks(String url) {
    refused("webhookUrl", with(null, URI.create(url), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/hooks?x=1",
        "HTTPS://example.com:8443",
        "https://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"
      })
  void webhooks(String url) {
    assertThat(check.checked(with(null, URI.create(url), null)).webhookUrl())
        .isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.5", "1000.1", "0.1234567", "1E+400", "1E-400"})
  void wrongPriceMoves(String share) {
    refused("priceMoveShare", with(null, null, new BigDecimal(share)));
  }

  @Test
  void priceMovesAreAsWritten() {
    assertThat(check.checked(with(null, null, new BigDecimal("1E+2"))).priceMoveShare())
        .isEqualTo(new BigDecimal("100"));
    assertThat(check.checked(with(null, null, null)).priceMoveShare()).isNull();
  }

  @Test
  void currencyRegionAndLaunch() {
    refused("currency", other("XXX", "US", null));
    refused("currency", other("XAU", "US", null));
    refused("phoneRegion", other("USD", "us", null));
    refused("phoneRegion", other("USD", "ZZ", null));
    refused("launchAt", other("USD", "US", Instant.MAX));
    refused("launchAt", other("USD", "US", Instant.EPOCH));
    assertThat(check.checked(other("JPY", "JP", null)).phoneRegion()).isEqualTo("JP");
  }

  private void refused(String field, VendorDraft draft) {
    assertThatExceptionOfType(OnboardingException.class)
        .isThrownBy(() -> check.checked(draft))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(OnboardingException.Code.INVALID);
          assertThat(refusal.field()).isEqualTo(field);
          assertThat(refusal.getMessage()).doesNotContain("%s").contains(";");
        });
  }

  private static VendorDraft with(
      @Nullable String email, @Nullable URI webhook, @Nullable BigDecimal share) {
    return new VendorDraft(
        "VEND001",
        "Name",
        VendorStatus.ACTIVE,
        email,
        Currency.getInstance("USD"),
        KnownKeyPolicy.REJECT,
        ApprovalPolicy.AUTOMATIC,
        null,
        share,
        UploadLimits.DEFAULT,
        "US",
        webhook);
  }

  private static VendorDraft other(String currency, String region, @Nullable Instant launchAt) {
    return new VendorDraft(
        "VEND001",
        "Name",
        VendorStatus.ACTIVE,
        null,
        Currency.getInstance(currency),
        KnownKeyPolicy.REJECT,
        ApprovalPolicy.AUTOMATIC,
        launchAt,
        null,
        UploadLimits.DEFAULT,
        region,
        null);
  }
}
