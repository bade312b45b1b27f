package dev.entrepot.onboarding.rules;

import dev.cel.runtime.CelVariableResolver;
import dev.entrepot.expression.Variables;
import dev.entrepot.onboarding.mapping.DecimalText;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A row as an expression sees it.
///
/// @param texts names of custom columns that are taken as text even when they look like numbers
record RowVariables(MappedRow row, Set<String> texts) implements CelVariableResolver {
  /// The name under which an expression sees all custom columns.
  static final String CUSTOM = "custom";

  static final Map<String, Field> FIELDS =
      Arrays.stream(Field.values()).collect(Collectors.toUnmodifiableMap(Field::column, f -> f));

  @Override
  public Optional<Object> find(String name) {
    Field field = FIELDS.get(name);
    if (field != null) {
      return Optional.of(valueOf(field));
    }
    return Optional.of(name.equals(CUSTOM) ? row.custom() : customOf(name));
  }

  private Object valueOf(Field field) {
    String text = row.value(field);
    if (!field.numeric()) {
      return text == null ? "" : text;
    }
    BigDecimal number = text == null ? null : PlainNumber.parse(text);
    if (number == null) {
      return Variables.NULL;
    }
    if (field != Field.STOCK_QUANTITY) {
      return number.doubleValue();
    }
    return number.stripTrailingZeros().scale() <= 0 && number.precision() <= 18
        ? (Object) number.longValue()
        : Variables.NULL;
  }

  private Object customOf(String name) {
    String text = row.custom().get(name);
    if (texts.contains(name)) {
      return text == null ? "" : text;
    }
    if (text == null) {
      return Variables.NULL;
    }
    String plain = DecimalText.canonical(text, row.decimal());
    return plain == null ? text : (Object) Double.valueOf(plain.strip());
  }
}
