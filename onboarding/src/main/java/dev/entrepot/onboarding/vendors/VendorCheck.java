package dev.entrepot.onboarding.vendors;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.StorableText;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.math.BigDecimal;
import java.net.IDN;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks what a person wants a vendor to be, and brings it into the form in which it is stored.
final class VendorCheck {
  private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9_-]{1,39}");
  private static final Pattern MAILBOX =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^@\\s\\p{Cntrl}]{1,255}");
  private static final Set<String> REGIONS = Set.copyOf(Arrays.asList(Locale.getISOCountries()));
  private static final BigDecimal MOST_MOVE = new BigDecimal(1_000);
  private static final Instant FIRST_LAUNCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST_LAUNCH = Instant.parse("9999-12-31T23:59:59Z");

  private final WebhookReach reach;
  private final Topics topics;

  VendorCheck(WebhookReach reach, Topics topics) {
    this.reach = reach;
    this.topics = topics;
  }

  /// @throws OnboardingException INVALID, for the first field that does not fit
  VendorDraft checked(VendorDraft draft) {
    return new VendorDraft(
        code(draft.code()),
        name(draft.name()),
        draft.status(),
        email(draft.email()),
        currency(draft.currency()),
        draft.knownKey(),
        draft.approval(),
        launchAt(draft.launchAt()),
        priceMoveShare(draft.priceMoveShare()),
        draft.limits(),
        phoneRegion(draft.phoneRegion()),
        webhookUrl(draft.webhookUrl()));
  }

  private static String code(String code) {
    if (!CODE.matcher(code).matches()) {
      throw invalid(
          "code",
          ("the vendor code \"%s\" does not fit; take 2 to 40 of A-Z, 0-9, _ and -, beginning with a"
                  + " letter or digit")
              .formatted(code));
    }
    return code;
  }

  private static String name(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty()) {
      throw invalid("name", "the vendor's name is blank; give the name people know it by");
    }
    if (stripped.length() > 200) {
      throw invalid(
          "name",
          "the vendor's name has %s characters; shorten it to at most 200"
              .formatted(stripped.length()));
    }
    if (!StorableText.accepts(stripped)
        || stripped
            .chars()
            .anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw invalid("name", "the vendor's name contains a control character; take it out");
    }
    return stripped;
  }

  private static @Nullable String email(@Nullable String email) {
    if (email == null || email.isBlank()) {
      return null;
    }
    String stripped = email.strip();
    if (!isMailbox(stripped)) {
      throw invalid(
          "email",
          "\"%s\" is not an e-mail address; give one like name@example.com, without a display name"
              .formatted(stripped));
    }
    return stripped;
  }

  private static boolean isMailbox(String email) {
    if (email.length() > 254 || !MAILBOX.matcher(email).matches()) {
      return false;
    }
    int at = email.indexOf('@');
    try {
      String domain = IDN.toASCII(email.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      new InternetAddress(email.substring(0, at + 1) + domain, true).validate();
      return domain.length() <= 253;
    } catch (AddressException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Currency currency(Currency currency) {
    if (currency.getDefaultFractionDigits() < 0) {
      throw invalid(
          "currency",
          "%s is not a currency that prices are in; give one like EUR or USD"
              .formatted(currency.getCurrencyCode()));
    }
    return currency;
  }

  private static @Nullable Instant launchAt(@Nullable Instant launchAt) {
    if (launchAt == null) {
      return null;
    }
    if (launchAt.isBefore(FIRST_LAUNCH) || launchAt.isAfter(LAST_LAUNCH)) {
      throw invalid(
          "launchAt",
          "the launch time %s is out of range; give one from 2000 to 9999, or none"
              .formatted(launchAt));
    }
    return launchAt.truncatedTo(ChronoUnit.MICROS);
  }

  private static @Nullable BigDecimal priceMoveShare(@Nullable BigDecimal share) {
    if (share == null) {
      return null;
    }
    if (share.signum() <= 0 || share.compareTo(MOST_MOVE) > 0 || share.scale() > 6) {
      throw invalid(
          "priceMoveShare",
          ("the price move share %s does not fit; give a share above 0 and up to 1000 with at most 6"
                  + " decimals (0.5 is 50 %%), or none for no warning")
              .formatted(share));
    }
    return new BigDecimal(share.stripTrailingZeros().toPlainString());
  }

  private static String phoneRegion(String region) {
    if (!REGIONS.contains(region)) {
      throw invalid(
          "phoneRegion",
          "\"%s\" is not an ISO 3166 region; give two capital letters such as US or DE"
              .formatted(region));
    }
    return region;
  }

  private @Nullable URI webhookUrl(@Nullable URI url) {
    if (url != null) {
      String address = url.toString();
      topics
          .of(address)
          .map(publisher -> publisher.objection(address))
          .orElseGet(() -> reach.objection(url))
          .ifPresent(objection -> {
            throw invalid("webhookUrl", objection);
          });
    }
    return url;
  }

  private static OnboardingException invalid(String field, String message) {
    return new OnboardingException(Code.INVALID, field, message);
  }
}
