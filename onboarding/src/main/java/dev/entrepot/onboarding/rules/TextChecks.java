package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import org.jspecify.annotations.Nullable;

/// The rules about presence, length and category.
final class TextChecks {
  private static final Field[] REQUIRED =
      java.util.Arrays.stream(Field.values()).filter(Field::required).toArray(Field[]::new);

  private TextChecks() {}

  static void required(MappedRow row, Findings findings) {
    for (Field field : REQUIRED) {
      if (row.value(field) == null) {
        findings.add(
            RuleCode.MISSING_REQUIRED_FIELDS,
            field,
            field.column() + " is missing: every product needs it",
            null,
            null);
      }
    }
  }

  static void lengths(MappedRow row, Findings findings) {
    length(row, Field.VENDOR_PRODUCT_ID, 100, findings);
    length(row, Field.PRODUCT_NAME, 200, findings);
    length(row, Field.DESCRIPTION, 2000, findings);
    length(row, Field.SKU, 100, findings);
    length(row, Field.BRAND, 100, findings);
  }

  /// @param limit in Unicode code points
  private static void length(MappedRow row, Field field, int limit, Findings findings) {
    String text = row.value(field);
    if (text == null || text.length() <= limit) {
      return;
    }
    int length = text.codePointCount(0, text.length());
    if (length > limit) {
      findings.add(
          RuleCode.FIELD_LENGTH_EXCEEDED,
          field,
          "%s has %d characters: at most %d are allowed".formatted(field.column(), length, limit),
          text,
          null);
    }
  }

  /// @return the category's code; null when it is missing (which is not said here) or unknown
  static @Nullable String category(MappedRow row, CategoryIndex categories, Findings findings) {
    String text = row.value(Field.CATEGORY);
    if (text == null) {
      return null;
    }
    String code = categories.codeOf(text);
    if (code == null) {
      String nearest = categories.nearest(text);
      findings.add(
          RuleCode.INVALID_CATEGORY,
          Field.CATEGORY,
          "category %s is not an active category of the catalogue: %s"
              .formatted(Words.quoted(text), advice(categories, nearest)),
          text,
          nearest);
    }
    return code;
  }

  private static String advice(CategoryIndex categories, @Nullable String nearest) {
    if (nearest != null) {
      return "did you mean \"" + nearest + "\"?";
    }
    return categories.isEmpty()
        ? "it has none yet, so ask the operator to add them"
        : "use one that is, or ask the operator to add it";
  }
}
