package dev.entrepot.onboarding.mapping;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionOverload;
import dev.entrepot.expression.Expression;
import dev.entrepot.expression.ExpressionException;
import dev.entrepot.expression.Variables;
import dev.entrepot.onboarding.OnboardingException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A mapping's expression over `row`, the source cells as text by column name, and `number(text)`,
/// which reads a number as the file writes it. Immutable; safe for use by many threads.
final class RowExpression {
  private static final String ROW = "row";
  private static final Set<CelType> RESULTS =
      Set.of(SimpleType.STRING, SimpleType.DOUBLE, SimpleType.INT, SimpleType.BOOL, SimpleType.DYN);

  private final Field field;
  private final Mapping.DecimalStyle decimal;
  private final Columns header;
  private final Set<Integer> columns;
  private final Expression expression;

  private RowExpression(
      Field field,
      Mapping.DecimalStyle decimal,
      Columns header,
      Set<Integer> columns,
      Expression expression) {
    this.field = field;
    this.decimal = decimal;
    this.header = header;
    this.columns = columns;
    this.expression = expression;
  }

  /// @throws OnboardingException INVALID when it does not compile or names a column the header does
  ///   not have
  static RowExpression compile(
      Field field, String text, Mapping.DecimalStyle decimal, Columns header) {
    try {
      Expression.Parsed parsed = Expression.parse(text);
      for (String name : parsed.names()) {
        if (!name.equals(ROW)) {
          throw new OnboardingException(
              OnboardingException.Code.INVALID,
              "the expression reads %s: columns are read as row[\"%s\"]".formatted(name, name));
        }
      }
      var columns = new LinkedHashSet<Integer>();
      for (String key : parsed.keysOf(ROW)) {
        columns.add(header.require(key, "an expression"));
      }
      Expression compiled =
          Expression.compile(
              parsed, Map.of(ROW, Variables.TEXTS), Map.of("number", number(decimal)), RESULTS);
      return new RowExpression(
          field, decimal, header, Collections.unmodifiableSet(columns), compiled);
    } catch (OnboardingException | ExpressionException e) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "the mapping of %s: %s".formatted(field.column(), e.getMessage()),
          e);
    }
  }

  /// The columns that an expression reads by name.
  ///
  /// @throws OnboardingException INVALID when it cannot be read
  static Set<String> columnsOf(String text) {
    try {
      return Expression.parse(text).keysOf(ROW);
    } catch (ExpressionException e) {
      throw OnboardingException.of(e);
    }
  }

  private static CelFunctionOverload.Unary<String> number(Mapping.DecimalStyle decimal) {
    return text -> {
      String plain = DecimalText.canonical(text, decimal);
      if (plain == null) {
        throw new CelEvaluationException("\"" + text + "\" is not a number");
      }
      return Double.valueOf(Blanks.trim(plain));
    };
  }

  /// The columns it reads by name, in the order in which it names them.
  Set<Integer> columns() {
    return columns;
  }

  /// The value for a row; null when there is none. Numbers are plain text with as many decimals as
  /// the field takes. When a number cannot be calculated, what was read stands for it, as text that
  /// is no number: so it is told, never dropped.
  @Nullable String valueOf(List<String> cells) {
    try {
      return text(expression.evaluate(name -> Optional.of(new RowCells(header, cells))));
    } catch (Expression.Failure e) {
      return field.numeric() ? unreadable(cells) : null;
    }
  }

  private @Nullable String text(Object result) {
    return switch (result) {
      case String text when field.numeric() -> {
        String plain = DecimalText.canonical(text, decimal);
        yield plain == null ? text : plain;
      }
      case String text -> text;
      case Double number when !Double.isFinite(number) -> number.toString();
      case Double number -> rounded(BigDecimal.valueOf(number));
      case Long _, Boolean _ -> result.toString();
      default -> null;
    };
  }

  private String rounded(BigDecimal number) {
    int decimals =
        switch (field) {
          case PRICE, COMPARE_AT_PRICE -> 2;
          case WEIGHT_KG -> 6;
          default -> 9;
        };
    BigDecimal rounded =
        number.scale() > decimals ? number.setScale(decimals, RoundingMode.HALF_UP) : number;
    BigDecimal plain = rounded.stripTrailingZeros();
    return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
  }

  private @Nullable String unreadable(List<String> cells) {
    String read =
        columns.stream()
            .map(column -> FieldSource.cell(cells, column))
            .filter(cell -> !Blanks.isBlank(cell))
            .collect(Collectors.joining(" "));
    if (read.isEmpty()) {
      return null;
    }
    return DecimalText.canonical(read, decimal) == null ? read : read + " (cannot be calculated)";
  }
}
