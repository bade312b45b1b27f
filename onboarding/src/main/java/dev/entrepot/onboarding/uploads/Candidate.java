package dev.entrepot.onboarding.uploads;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a good row says of a product, in the catalogue's currency.
///
/// @param price two decimals
/// @param sourcePrice the price as the supplier wrote it, when it was converted
record Candidate(
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
    int stockQuantity,
    @Nullable String unit,
    @Nullable BigDecimal weightKg,
    @Nullable String dimensionsCm,
    @Nullable String imageUrl,
    Map<String, String> custom,
    @Nullable BigDecimal sourcePrice,
    @Nullable String sourceCurrency) {
  static final String DEFAULT_UNIT = "piece";

  Candidate withSlug(String other) {
    return new Candidate(
        vendorProductId,
        sku,
        name,
        other,
        category,
        subcategory,
        description,
        brand,
        price,
        compareAtPrice,
        stockQuantity,
        unit,
        weightKg,
        dimensionsCm,
        imageUrl,
        custom,
        sourcePrice,
        sourceCurrency);
  }
}
