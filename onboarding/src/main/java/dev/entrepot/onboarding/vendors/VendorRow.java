package dev.entrepot.onboarding.vendors;

import dev.entrepot.storage.Row;
import java.net.URI;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a vendor is stored in its row and told in activities.
final class VendorRow {
  private VendorRow() {}

  static Vendor read(Row row) {
    String url = row.textOrNull("webhook_url");
    return new Vendor(
        row.text("code"),
        row.text("name"),
        VendorStatus.valueOf(constant(row.text("status"))),
        row.textOrNull("email"),
        Currency.getInstance(row.text("currency")),
        KnownKeyPolicy.valueOf(constant(row.text("known_key"))),
        ApprovalPolicy.valueOf(constant(row.text("approval"))),
        row.instantOrNull("launch_at"),
        row.numericOrNull("price_move_share"),
        new UploadLimits(
            row.int8("max_file_bytes"),
            row.int8("max_file_rows"),
            row.int4("max_uploads_per_day"),
            row.int8("max_rows_per_day")),
        row.text("phone_region"),
        url == null ? null : URI.create(url),
        row.textOrNull("webhook_secret") != null,
        row.instant("created_at"),
        row.instant("updated_at"),
        row.int4("version"));
  }

  static String stored(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static @Nullable String stored(@Nullable URI url) {
    return url == null ? null : url.toString();
  }

  private static String constant(String stored) {
    return stored.toUpperCase(Locale.ROOT);
  }

  /// The fields by the API's names, as they may be shown in activities; absent ones are left out.
  static Map<String, String> fields(VendorDraft draft) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", draft.name());
    fields.put("status", stored(draft.status()));
    put(fields, "email", draft.email());
    fields.put("currency", draft.currency().getCurrencyCode());
    fields.put("knownKey", stored(draft.knownKey()));
    fields.put("approval", stored(draft.approval()));
    put(fields, "launchAt", draft.launchAt());
    put(fields, "priceMoveShare", draft.priceMoveShare());
    fields.put("fileBytes", Long.toString(draft.limits().fileBytes()));
    fields.put("fileRows", Long.toString(draft.limits().fileRows()));
    fields.put("uploadsPerDay", Integer.toString(draft.limits().uploadsPerDay()));
    fields.put("rowsPerDay", Long.toString(draft.limits().rowsPerDay()));
    fields.put("phoneRegion", draft.phoneRegion());
    put(fields, "webhookUrl", shown(draft.webhookUrl()));
    return fields;
  }

  // Path and query of a webhook's address are often a secret in themselves.
  private static @Nullable String shown(@Nullable URI url) {
    return url == null ? null : url.getScheme() + "://" + url.getRawAuthority() + "/...";
  }

  private static void put(Map<String, String> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value.toString());
    }
  }

  /// What differs, by field: what it was and what it is; an absent value is the empty text.
  static Map<String, Map<String, String>> changes(VendorDraft from, VendorDraft to) {
    Map<String, String> before = fields(from);
    Map<String, String> after = fields(to);
    Map<String, Map<String, String>> changes = new LinkedHashMap<>();
    before.forEach((name, value) -> {
      String now = after.getOrDefault(name, "");
      if (!Objects.equals(value, now)) {
        changes.put(name, Map.of("from", value, "to", now));
      }
    });
    after.forEach((name, value) -> {
      if (!before.containsKey(name)) {
        changes.put(name, Map.of("from", "", "to", value));
      }
    });
    if (!Objects.equals(from.webhookUrl(), to.webhookUrl())) {
      changes.putIfAbsent(
          "webhookUrl",
          Map.of(
              "from", before.getOrDefault("webhookUrl", ""),
              "to", after.getOrDefault("webhookUrl", "")));
    }
    return changes;
  }
}
