package dev.entrepot.onboarding.catalogue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A product of the catalogue, one row per SKU.
///
/// @param category the code of its category
/// @param price in `currency`, with two decimals
/// @param custom further columns of the supplier's file, by normalised name
/// @param sourcePrice what the supplier wrote, when it was converted from `sourceCurrency`
/// @param createdBatch the upload that brought it first, null when made by hand
/// @param createdRecord its row in that upload
public record Product(
    long id,
    String vendor,
    String vendorProductId,
    String sku,
    String name,
    String slug,
    String category,
    @Nullable String subcategory,
    @Nullable String description,
    @Nullable String brand,
    BigDecimal price,
    @Nullable BigDecimal compareAtPrice,
    String currency,
    int stockQuantity,
    String unit,
    @Nullable BigDecimal weightKg,
    @Nullable String dimensionsCm,
    @Nullable String imageUrl,
    Map<String, String> custom,
    @Nullable BigDecimal sourcePrice,
    @Nullable String sourceCurrency,
    ProductState state,
    @Nullable Instant publishAt,
    @Nullable UUID createdBatch,
    @Nullable Long createdRecord,
    Instant createdAt,
    Instant updatedAt) {

  public Product {
    custom = Map.copyOf(custom);
  }
}
