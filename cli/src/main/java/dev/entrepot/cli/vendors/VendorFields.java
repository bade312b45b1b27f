package dev.entrepot.cli.vendors;

import dev.entrepot.cli.api.Api;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// What can be said of a vendor on the command line, collected as the API wants it. Only what was
/// given is in it.
final class VendorFields {
  private final ObjectNode fields = Api.object();
  private final ObjectNode limits = Api.object();

  /// Puts what was given into a vendor's description.
  void applyTo(ObjectNode vendor) {
    vendor.setAll(fields);
    if (!limits.isEmpty()) {
      vendor.withObject("limits").setAll(limits);
    }
  }

  boolean isEmpty() {
    return fields.isEmpty() && limits.isEmpty();
  }

  @Option(names = "--email", paramLabel = "ADDRESS", description = "Is told of every outcome.")
  void email(@Nullable String email) {
    put("email", email);
  }

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "Of the prices in its files, for example EUR. Default: the catalogue's")
  void currency(@Nullable String currency) {
    put("currency", currency == null ? null : currency.toUpperCase(Locale.ROOT));
  }

  @Option(
      names = "--known-key",
      paramLabel = "POLICY",
      description = "A known SKU is a duplicate (reject, the default) or updates (update).")
  void knownKey(@Nullable KnownKey policy) {
    put("known_key", policy == null ? null : policy.name().toLowerCase(Locale.ROOT));
  }

  @Option(
      names = "--approval",
      paramLabel = "POLICY",
      description =
          "Accepted rows are applied at once (automatic, the default) or wait (required).")
  void approval(@Nullable Approval policy) {
    put("approval", policy == null ? null : policy.name().toLowerCase(Locale.ROOT));
  }

  @Option(
      names = "--launch-at",
      paramLabel = "TIME",
      description = "Products are published then, for example 2027-03-01T00:00:00Z.")
  void launchAt(@Nullable Instant time) {
    put("launch_at", time == null ? null : time.toString());
  }

  @Option(
      names = "--price-move-share",
      paramLabel = "SHARE",
      description = "A price that moves further gives a warning; 0.5 is 50 %%.")
  void priceMoveShare(@Nullable BigDecimal share) {
    if (share != null) {
      fields.put("price_move_share", share);
    }
  }

  @Option(
      names = "--phone-region",
      paramLabel = "REGION",
      description = "Where phone numbers without a country code are from, for example NO.")
  void phoneRegion(@Nullable String region) {
    put("phone_region", region == null ? null : region.toUpperCase(Locale.ROOT));
  }

  @Option(
      names = "--webhook-url",
      paramLabel = "URL",
      description =
          "Is told of every outcome, by Standard Webhooks; or the ARN of a topic of Amazon SNS.")
  void webhookUrl(@Nullable URI url) {
    put("webhook_url", url == null ? null : url.toString());
  }

  @Option(names = "--max-file-bytes", paramLabel = "N", description = "The largest file.")
  void fileBytes(@Nullable Long bytes) {
    limit("file_bytes", bytes);
  }

  @Option(names = "--max-file-rows", paramLabel = "N", description = "The most rows in a file.")
  void fileRows(@Nullable Long rows) {
    limit("file_rows", rows);
  }

  @Option(names = "--max-uploads-per-day", paramLabel = "N", description = "Uploads in 24 hours.")
  void uploadsPerDay(@Nullable Long uploads) {
    limit("uploads_per_day", uploads);
  }

  @Option(names = "--max-rows-per-day", paramLabel = "N", description = "Rows in 24 hours.")
  void rowsPerDay(@Nullable Long rows) {
    limit("rows_per_day", rows);
  }

  enum KnownKey {
    REJECT,
    UPDATE
  }

  enum Approval {
    AUTOMATIC,
    REQUIRED
  }

  private void put(String field, @Nullable String value) {
    if (value != null) {
      fields.put(field, value);
    }
  }

  private void limit(String field, @Nullable Long value) {
    if (value != null) {
      limits.put(field, value);
    }
  }
}
