package dev.entrepot.onboarding.vendors;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// A supplier.
///
/// @param code its short name, 2 to 40 of `A-Z 0-9 _ -`, beginning with a letter or digit; never
///   changes
/// @param email where the outcome of an upload is mailed; null: nobody is told by mail
/// @param currency the currency of the prices in its files
/// @param knownKey what a row whose keys are known already means
/// @param launchAt accepted products are published at that time; null: at once
/// @param priceMoveShare a price that moved by more than this share of the last accepted one gives
///   a warning (0.5 is 50 %); null: never
/// @param phoneRegion ISO 3166 region in which phone numbers without a country code are read
/// @param webhookUrl where `upload.finished` events are posted
/// @param version counts changes; a change must name the version it was made from
public record Vendor(
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
    @Nullable URI webhookUrl,
    boolean webhookSecretSet,
    Instant createdAt,
    Instant updatedAt,
    int version) {

  /// The part that a person edits.
  public VendorDraft draft() {
    return new VendorDraft(
        code,
        name,
        status,
        email,
        currency,
        knownKey,
        approval,
        launchAt,
        priceMoveShare,
        limits,
        phoneRegion,
        webhookUrl);
  }
}
