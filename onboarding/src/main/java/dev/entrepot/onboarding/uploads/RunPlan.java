package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.RateTable;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.vendors.Vendor;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What holds for a whole file while it is read.
///
/// @param mapped the fields the mapping fills; all others are left as they are when a product is
///   updated
/// @param provided the custom fields the file has; they are cleared where a cell is blank, and all
///   others are left as they are
/// @param conversion from the vendor's currency to the catalogue's; null when they are the same
/// @param publishAt when new products are published; null: at once
record RunPlan(
    UUID upload,
    Vendor vendor,
    Set<Field> mapped,
    Set<String> provided,
    String currency,
    RateTable.@Nullable Conversion conversion,
    @Nullable Instant publishAt,
    String actor) {
  RunPlan {
    mapped = Set.copyOf(mapped);
    provided = Set.copyOf(provided);
  }

  RunPlan withMapped(Set<Field> fields) {
    return new RunPlan(upload, vendor, fields, provided, currency, conversion, publishAt, actor);
  }
}
