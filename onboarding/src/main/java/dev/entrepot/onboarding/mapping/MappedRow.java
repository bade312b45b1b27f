package dev.entrepot.onboarding.mapping;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of a file in our fields. Immutable; safe for use by many threads.
public final class MappedRow {
  private final EnumMap<Field, String> values;
  private final Map<String, String> custom;
  private final Mapping.DecimalStyle decimal;
  private final @Nullable String skipped;

  /// @param values without blanks; not copied
  MappedRow(
      EnumMap<Field, String> values,
      Map<String, String> custom,
      Mapping.DecimalStyle decimal,
      @Nullable String skipped) {
    this.values = values;
    this.custom = custom;
    this.decimal = decimal;
    this.skipped = skipped;
  }

  /// A row put together by hand, for example from what was kept of a past file. Its numbers are
  /// written with a decimal point.
  public static MappedRow of(Map<Field, String> values, Map<String, String> custom) {
    var present = new EnumMap<Field, String>(Field.class);
    values.forEach((field, value) -> {
      if (!Blanks.isBlank(value)) {
        present.put(field, value);
      }
    });
    return new MappedRow(present, Map.copyOf(custom), Mapping.DecimalStyle.POINT, null);
  }

  /// The field's text; null when there is none or it is blank. Numbers that could be read are plain
  /// (`1299.00`), others are the text that was in the file.
  public @Nullable String value(Field field) {
    return values.get(field);
  }

  /// All fields that have a value, in template order. Cannot be changed.
  public Map<Field, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /// The kept columns under their names, in the header's order; blank ones are left out. Cannot be
  /// changed.
  public Map<String, String> custom() {
    return custom;
  }

  /// How numbers are written in the kept columns.
  public Mapping.DecimalStyle decimal() {
    return decimal;
  }

  /// Why the row is skipped; null when it is not. A skipped row has no values.
  public @Nullable String skipped() {
    return skipped;
  }
}
