package dev.entrepot.console.pages.mappings;

import dev.entrepot.onboarding.mapping.Mapping.Conversion;

/// How the choices of a mapping are written for people.
final class MappingWords {
  private MappingWords() {}

  static String of(Conversion conversion) {
    return switch (conversion) {
      case TRIM -> "Without spaces around it";
      case UPPER_CASE -> "Upper case";
      case LOWER_CASE -> "Lower case";
      case STRIP_HTML -> "HTML to plain text";
      case FIRST_OF_LIST -> "First of a list";
      case LAST_OF_PATH -> "Last part of a path";
      case GRAMS_TO_KILOGRAMS -> "Grams to kilograms";
      case POUNDS_TO_KILOGRAMS -> "Pounds to kilograms";
      case OUNCES_TO_KILOGRAMS -> "Ounces to kilograms";
      case CENTS_TO_UNITS -> "Cents to units";
      case STRIP_CURRENCY -> "Without currency sign";
      case DIGITS_ONLY -> "Digits only";
    };
  }
}
