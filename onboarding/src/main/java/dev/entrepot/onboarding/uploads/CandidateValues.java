package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A candidate as text by column name, for people to look at.
final class CandidateValues {
  private final Map<String, String> values = new LinkedHashMap<>();

  private CandidateValues() {}

  static Map<String, String> of(Candidate candidate) {
    CandidateValues values = new CandidateValues();
    values.put(Field.VENDOR_PRODUCT_ID, candidate.vendorProductId());
    values.put(Field.PRODUCT_NAME, candidate.name());
    values.put(Field.CATEGORY, candidate.category());
    values.put(Field.SUBCATEGORY, candidate.subcategory());
    values.put(Field.DESCRIPTION, candidate.description());
    values.put(Field.SKU, candidate.sku());
    values.put(Field.BRAND, candidate.brand());
    values.put(Field.PRICE, plain(candidate.price()));
    values.put(Field.COMPARE_AT_PRICE, plain(candidate.compareAtPrice()));
    values.put(Field.STOCK_QUANTITY, Integer.toString(candidate.stockQuantity()));
    values.put(Field.UNIT, candidate.unit());
    values.put(Field.WEIGHT_KG, plain(candidate.weightKg()));
    values.put(Field.DIMENSIONS_CM, candidate.dimensionsCm());
    values.put(Field.IMAGE_URL, candidate.imageUrl());
    values.values.putAll(candidate.custom());
    return values.values;
  }

  private void put(Field field, @Nullable String value) {
    if (value != null) {
      values.put(field.column(), value);
    }
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
