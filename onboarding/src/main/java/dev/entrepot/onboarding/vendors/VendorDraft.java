package dev.entrepot.onboarding.vendors;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// A vendor as a person wants it; see [Vendor] for the fields. Start from [#of(String, String)] and
/// change what differs from the defaults.
public record VendorDraft(
    String code,
    String name,
    VendorStatus status,
    @Nullable String email,
    Currency currency,
    KnownKeyPolicy knownKey,
    ApprovalPolicy approval,
    @Nullable Instant launchAt,
    @Nullable BigDecimal priceMoveShare,
    UploadLimits limits,
    String phoneRegion,
    @Nullable URI webhookUrl) {

  /// An active vendor with the strict defaults: known keys are rejected, default limits, US
  /// dollars.
  public static VendorDraft of(String code, String name) {
    return new VendorDraft(
        code,
        name,
        VendorStatus.ACTIVE,
        null,
        Currency.getInstance("USD"),
        KnownKeyPolicy.REJECT,
        ApprovalPolicy.AUTOMATIC,
        null,
        new BigDecimal("0.5"),
        UploadLimits.DEFAULT,
        "US",
        null);
  }
}
