package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import java.util.ArrayList;
import java.util.List;

/// The conversions that a column's name and values call for.
final class ColumnConversions {
  private ColumnConversions() {}

  /// @param notes gets a line for every conversion a person should know of
  static List<Conversion> of(
      Field field, ColumnName name, ColumnSample sample, List<String> notes) {
    var conversions = new ArrayList<Conversion>();
    switch (field) {
      case PRICE, COMPARE_AT_PRICE, WEIGHT_KG, STOCK_QUANTITY ->
          ofNumber(field, name, sample, notes, conversions);
      case DESCRIPTION -> {
        if (sample.hasHtml()) {
          conversions.add(Conversion.STRIP_HTML);
          notes.add("description: HTML becomes plain text");
        }
      }
      case IMAGE_URL -> {
        conversions.add(sample.hasLinkLists() ? Conversion.FIRST_OF_LIST : Conversion.TRIM);
        if (sample.hasLinkLists()) {
          notes.add("image_url: the first of several");
        }
      }
      case VENDOR_PRODUCT_ID,
          PRODUCT_NAME,
          CATEGORY,
          SUBCATEGORY,
          SKU,
          BRAND,
          UNIT,
          DIMENSIONS_CM,
          EAN,
          CONTACT_EMAIL,
          CONTACT_PHONE ->
          conversions.add(Conversion.TRIM);
    }
    return conversions;
  }

  private static void ofNumber(
      Field field,
      ColumnName name,
      ColumnSample sample,
      List<String> notes,
      List<Conversion> conversions) {
    if (sample.hasCurrency()) {
      conversions.add(Conversion.STRIP_CURRENCY);
    }
    if (field == Field.STOCK_QUANTITY && sample.countsThings()) {
      conversions.add(Conversion.DIGITS_ONLY);
      notes.add("stock_quantity: what stands around the digits is taken off");
    }
    Conversion scaling = name.scaling(field);
    if (scaling != null) {
      conversions.add(scaling);
      notes.add(
          switch (scaling) {
            case GRAMS_TO_KILOGRAMS -> "weight_kg: converted from grams";
            case POUNDS_TO_KILOGRAMS -> "weight_kg: converted from pounds";
            case OUNCES_TO_KILOGRAMS -> "weight_kg: converted from ounces";
            default -> field.column() + ": converted from cents";
          });
    }
  }
}
