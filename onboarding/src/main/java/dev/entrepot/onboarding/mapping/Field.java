package dev.entrepot.onboarding.mapping;

import java.util.Locale;
import java.util.Optional;

/// The columns the catalogue knows, in the order of the template.
public enum Field {
  VENDOR_PRODUCT_ID(true),
  PRODUCT_NAME(true),
  CATEGORY(true),
  SUBCATEGORY(false),
  DESCRIPTION(false),
  SKU(true),
  BRAND(false),
  PRICE(true),
  COMPARE_AT_PRICE(false),
  STOCK_QUANTITY(true),
  UNIT(false),
  WEIGHT_KG(false),
  DIMENSIONS_CM(false),
  IMAGE_URL(false),
  EAN(false),
  CONTACT_EMAIL(false),
  CONTACT_PHONE(false);

  private final boolean required;

  Field(boolean required) {
    this.required = required;
  }

  /// Whether a row without it is rejected, and a file without its column fails.
  public boolean required() {
    return required;
  }

  /// Whether its values are numbers.
  public boolean numeric() {
    return this == PRICE || this == COMPARE_AT_PRICE || this == STOCK_QUANTITY || this == WEIGHT_KG;
  }

  /// The column name in files and in the API, for example `vendor_product_id`.
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The field of a column name, exactly as [#column()] spells it.
  public static Optional<Field> ofColumn(String column) {
    for (Field field : values()) {
      if (field.column().equals(column)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
