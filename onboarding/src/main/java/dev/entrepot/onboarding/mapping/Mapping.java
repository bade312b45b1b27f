package dev.entrepot.onboarding.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a supplier's columns become ours. Plain data: stored as JSON, edited in the console,
/// versioned.
///
/// @param name what people call it, for example `Shopify product export`
/// @param decimal how numbers are written in the file
/// @param fields one entry per field that is mapped; where a field has several, they are tried in
///   their order and the first that gives a value wins
/// @param custom source columns (as in the header) kept as custom fields under a name
/// @param unknown what happens to columns named neither in `fields` nor in `custom`
/// @param fillDown source columns whose blank cells take the value of the row above while
///   `fillDownBy` stays the same (a Shopify export names the product only in its first row)
/// @param fillDownBy the source column that holds the group; null: no filling
/// @param skipWhenBlank a row in which all of these source columns are blank is skipped, with
///   `skipReason`; empty: no row is skipped
/// @param skipReason why, for people; the row's value of `fillDownBy` is added (`image row of
///   blue-shirt`)
public record Mapping(
    String name,
    DecimalStyle decimal,
    List<FieldMapping> fields,
    Map<String, String> custom,
    UnknownColumns unknown,
    List<String> fillDown,
    @Nullable String fillDownBy,
    List<String> skipWhenBlank,
    @Nullable String skipReason) {

  /// How numbers are written.
  public enum DecimalStyle {
    /// `1234.50`, commas group thousands.
    POINT,
    /// `1.234,50`, points group thousands.
    COMMA
  }

  /// What happens to columns the mapping does not name.
  public enum UnknownColumns {
    IGNORE,
    KEEP
  }

  /// Where a field's value comes from. The first of these that gives a value wins: `expression`,
  /// the `sources` joined by `join`, `fallback`.
  ///
  /// @param sources source columns as in the header; matched without case, spaces and punctuation
  ///   when there is none spelled exactly so
  /// @param join what stands between the values of several sources
  /// @param conversions applied in order to each source's value; those that scale numbers come last
  /// @param values replaces a source's value by another, matched without case after the
  ///   conversions; one that becomes blank is left out of the join
  /// @param fallback used when the value is blank; numbers in it have a decimal point
  /// @param expression CEL over `row` (a map of source column to text, blank as `""`) with
  ///   `number(text)` for numbers as the file writes them, for example `number(row["Net"]) * 1.19`;
  ///   numeric results are rounded to what the field takes; null: none
  public record FieldMapping(
      Field field,
      List<String> sources,
      String join,
      List<Conversion> conversions,
      Map<String, String> values,
      @Nullable String fallback,
      @Nullable String expression) {
    public FieldMapping {
      sources = List.copyOf(sources);
      conversions = List.copyOf(conversions);
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// A field taken from one column as it is.
    public static FieldMapping direct(Field field, String source) {
      return new FieldMapping(field, List.of(source), " ", List.of(), Map.of(), null, null);
    }
  }

  /// What can be done to a value on its way.
  public enum Conversion {
    TRIM,
    UPPER_CASE,
    LOWER_CASE,
    /// HTML to plain text.
    STRIP_HTML,
    /// The first entry of a list separated by commas, semicolons or bars.
    FIRST_OF_LIST,
    /// The last part of a path such as `Home > Garden > Pots`.
    LAST_OF_PATH,
    GRAMS_TO_KILOGRAMS,
    POUNDS_TO_KILOGRAMS,
    OUNCES_TO_KILOGRAMS,
    CENTS_TO_UNITS,
    /// Currency signs and codes around a number are taken off.
    STRIP_CURRENCY,
    DIGITS_ONLY;

    /// Whether it multiplies a number, rather than changing text; only numeric fields have such.
    public boolean scales() {
      return switch (this) {
        case GRAMS_TO_KILOGRAMS, POUNDS_TO_KILOGRAMS, OUNCES_TO_KILOGRAMS, CENTS_TO_UNITS -> true;
        case TRIM,
            UPPER_CASE,
            LOWER_CASE,
            STRIP_HTML,
            FIRST_OF_LIST,
            LAST_OF_PATH,
            STRIP_CURRENCY,
            DIGITS_ONLY ->
            false;
      };
    }

    /// Whether it may leave out a part of the value.
    public boolean selects() {
      return switch (this) {
        case STRIP_HTML, FIRST_OF_LIST, LAST_OF_PATH, DIGITS_ONLY -> true;
        case TRIM,
            UPPER_CASE,
            LOWER_CASE,
            GRAMS_TO_KILOGRAMS,
            POUNDS_TO_KILOGRAMS,
            OUNCES_TO_KILOGRAMS,
            CENTS_TO_UNITS,
            STRIP_CURRENCY ->
            false;
      };
    }
  }

  public Mapping {
    fields = List.copyOf(fields);
    custom = Collections.unmodifiableMap(new LinkedHashMap<>(custom));
    fillDown = List.copyOf(fillDown);
    skipWhenBlank = List.copyOf(skipWhenBlank);
  }
}
