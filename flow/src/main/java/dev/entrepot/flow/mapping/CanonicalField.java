package dev.entrepot.flow.mapping;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The fields of a product in our own names. Anything else is a `custom:` field.
public enum CanonicalField {
  ID("id", true),
  EXTERNAL_ID("external_id", true),
  NAME("name", true),
  SKU("sku", true),
  STOCK_QUANTITY("stock_quantity", true),
  DISPLAY_NAME("display_name", false),
  EAN("ean", false),
  CATEGORY("category", false),
  WAREHOUSE_LOCATION("warehouse_location", false),
  RFID_TAG_ID("rfid_tag_id", false);

  /// What a name begins with that is not one of these.
  public static final String CUSTOM = "custom:";

  private static final String RFID_TAG = "rfid_tag";

  private final String word;
  private final boolean required;

  CanonicalField(String word, boolean required) {
    this.word = word;
    this.required = required;
  }

  /// As mappings write it.
  public String word() {
    return word;
  }

  /// Whether a product without it is rejected.
  public boolean required() {
    return required;
  }

  Set<FieldType> types() {
    return this == STOCK_QUANTITY
        ? EnumSet.of(FieldType.INTEGER, FieldType.DECIMAL)
        : EnumSet.of(FieldType.STRING);
  }

  static Optional<CanonicalField> of(String name) {
    return Arrays.stream(values()).filter(field -> field.word.equals(name)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(CanonicalField::word).toList();
  }

  /// `rfid_tag` and `rfid_tag_id` are the same field.
  public static String spelled(String name) {
    return name.equals(RFID_TAG) ? RFID_TAG_ID.word : name;
  }
}
