package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One [FieldMapping] compiled for a header. Immutable.
final class FieldSource {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("(?<=[0-9]),(?=[0-9])");

  private final Field field;
  private final DecimalStyle decimal;
  private final int[] columns;
  private final String join;
  private final Conversion[] conversions;
  private final @Nullable BigDecimal factor;
  private final Map<String, String> values;
  private final @Nullable String fallback;
  private final @Nullable RowExpression expression;
  private final boolean direct;

  FieldSource(FieldMapping mapping, DecimalStyle decimal, Columns columns) {
    this.field = mapping.field();
    this.decimal = decimal;
    this.columns = columns.require(mapping.sources(), field.column());
    this.join = mapping.join();
    this.conversions =
        mapping.conversions().stream()
            .filter(conversion -> !conversion.scales())
            .toArray(Conversion[]::new);
    this.factor = factor(mapping);
    this.values =
        mapping.values().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> key(entry.getKey()), Map.Entry::getValue, (first, second) -> first));
    this.fallback = Blanks.isBlank(mapping.fallback()) ? null : mapping.fallback();
    String text = mapping.expression();
    this.expression =
        Blanks.isBlank(text) || text == null
            ? null
            : RowExpression.compile(field, text, decimal, columns);
    this.direct = this.columns.length == 1 && conversions.length == 0 && values.isEmpty();
  }

  /// Whether anything can give a value at all.
  boolean gives() {
    return columns.length > 0 || fallback != null || expression != null;
  }

  /// The first source column; -1 when there is none.
  int firstColumn() {
    if (columns.length > 0) {
      return columns[0];
    }
    return expression == null ? -1 : expression.columns().stream().findFirst().orElse(-1);
  }

  /// Whether it takes one column's value, at most under another name.
  boolean isColumn() {
    return columns.length == 1
        && expression == null
        && factor == null
        && Stream.of(conversions).noneMatch(Conversion::selects);
  }

  /// All columns it reads.
  Set<Integer> columns() {
    var all = Arrays.stream(columns).boxed().collect(Collectors.toCollection(HashSet::new));
    if (expression != null) {
      all.addAll(expression.columns());
    }
    return all;
  }

  /// The field's value; null when it is blank.
  @Nullable String valueOf(List<String> cells) {
    if (expression != null) {
      String value = expression.valueOf(cells);
      if (!Blanks.isBlank(value)) {
        return value;
      }
    }
    String text = direct ? cell(cells, columns[0]) : joined(cells);
    if (Blanks.isBlank(text)) {
      return fallback;
    }
    if (text == null) {
      return null;
    }
    if (field == Field.DIMENSIONS_CM && decimal == DecimalStyle.COMMA) {
      return DECIMAL_COMMA.matcher(text).replaceAll(".");
    }
    return field.numeric() ? number(text) : text;
  }

  private @Nullable String joined(List<String> cells) {
    String all = null;
    for (int column : columns) {
      String part = part(cell(cells, column));
      if (!Blanks.isBlank(part)) {
        all = all == null ? part : all + join + part;
      }
    }
    return all;
  }

  private @Nullable String part(@Nullable String cell) {
    if (cell == null || Blanks.isBlank(cell)) {
      return null;
    }
    String value = cell;
    for (Conversion conversion : conversions) {
      value = Conversions.apply(conversion, value);
    }
    return values.isEmpty() ? value : values.getOrDefault(key(value), value);
  }

  private String number(String text) {
    String plain = DecimalText.canonical(text, decimal);
    if (plain == null || factor == null) {
      return plain == null ? text : plain;
    }
    BigDecimal scaled = new BigDecimal(plain).multiply(factor).stripTrailingZeros();
    return scaled.scale() < 0 ? scaled.setScale(0).toPlainString() : scaled.toPlainString();
  }

  static @Nullable String cell(List<String> cells, int column) {
    return column < cells.size() ? cells.get(column) : null;
  }

  private static String key(String value) {
    return Blanks.trim(value).toLowerCase(Locale.ROOT);
  }

  private static @Nullable BigDecimal factor(FieldMapping mapping) {
    BigDecimal factor = null;
    for (Conversion conversion : mapping.conversions()) {
      if (conversion.scales()) {
        if (!mapping.field().numeric()) {
          throw new OnboardingException(
              OnboardingException.Code.INVALID,
              "%s converts numbers, but %s is text: take the conversion off"
                  .formatted(conversion, mapping.field().column()));
        }
        BigDecimal one = Conversions.factor(conversion);
        factor = factor == null ? one : factor.multiply(one);
      }
    }
    return factor;
  }
}
