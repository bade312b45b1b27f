package dev.entrepot.flow.mapping;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.entrepot.expression.Expression;
import dev.entrepot.expression.ExpressionException;
import dev.entrepot.expression.Variables;
import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expression over a record. Immutable; safe for use by many threads.
final class RecordExpression {
  static final String SOURCE = "source";
  static final String VALUE = "value";
  static final String PRODUCT = "product";

  private static final Set<CelType> ANYTHING =
      Set.of(SimpleType.STRING, SimpleType.DOUBLE, SimpleType.INT, SimpleType.BOOL, SimpleType.DYN);

  private final Expression expression;
  private final Set<String> sourceFields;
  private final Set<String> productFields;

  private RecordExpression(Expression expression, Expression.Parsed parsed) {
    this.expression = expression;
    this.sourceFields = Set.copyOf(parsed.keysOf(SOURCE));
    this.productFields = Set.copyOf(parsed.keysOf(PRODUCT));
  }

  /// A field's value, over `source` and `value`.
  ///
  /// @throws ExpressionException saying what is wrong and where
  static RecordExpression value(String text) {
    return compile(text, Map.of(SOURCE, Variables.VALUES, VALUE, Variables.ANY), ANYTHING);
  }

  /// A check of a record, over `source` and `product`.
  ///
  /// @throws ExpressionException saying what is wrong and where
  static RecordExpression check(String text) {
    return compile(
        text,
        Map.of(SOURCE, Variables.VALUES, PRODUCT, Variables.VALUES),
        Set.of(SimpleType.BOOL, SimpleType.DYN));
  }

  private static RecordExpression compile(
      String text, Map<String, CelType> variables, Set<CelType> results) {
    Expression.Parsed parsed = Expression.parse(text);
    for (String name : parsed.names()) {
      if (!variables.containsKey(name)) {
        throw new ExpressionException(
            "the expression reads \"%s\": fields are read as source.%s".formatted(name, name));
      }
    }
    return new RecordExpression(
        Expression.compile(parsed, variables, Map.of("number", RecordExpression::number), results),
        parsed);
  }

  /// A text that is a number, with a comma or a point before its decimals.
  private static Object number(String text) throws CelEvaluationException {
    return Numbers.read(text.strip())
        .orElseThrow(() -> new CelEvaluationException("\"" + text + "\" is not a number"))
        .doubleValue();
  }

  /// The source's fields that it names.
  Set<String> sourceFields() {
    return sourceFields;
  }

  /// The product's fields that it names.
  Set<String> productFields() {
    return productFields;
  }

  /// @return null: the result is nothing
  /// @throws Expression.Failure when there is none for this record
  @Nullable Object evaluate(Map<String, Object> variables) throws Expression.Failure {
    Object result = expression.evaluate(name -> Optional.ofNullable(variables.get(name)));
    return switch (result) {
      case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
      case Double number -> number.toString();
      case Long number -> number;
      case String text -> text;
      case Boolean truth -> truth;
      case Map<?, ?> _, List<?> _ -> result;
      default -> null;
    };
  }

  /// Values as expressions see them: numbers with decimals as floating point, null as CEL's.
  static Object seen(@Nullable Object value) {
    return switch (value) {
      case null -> Variables.NULL;
      case BigDecimal number -> number.doubleValue();
      case Map<?, ?> map -> {
        Map<String, Object> seen = new LinkedHashMap<>();
        map.forEach((name, one) -> seen.put((String) name, seen(one)));
        yield seen;
      }
      case List<?> list -> list.stream().map(RecordExpression::seen).toList();
      default -> value;
    };
  }

  /// Fields of which most expressions need few: each is turned when it is asked for.
  static Map<String, Object> view(Map<String, @Nullable Object> values) {
    return new AbstractMap<>() {
      @Override
      public boolean containsKey(@Nullable Object name) {
        return values.containsKey(name);
      }

      @Override
      public @Nullable Object get(@Nullable Object name) {
        return values.containsKey(name) ? seen(values.get(name)) : null;
      }

      @Override
      public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, seen(value)));
        return all.entrySet();
      }
    };
  }
}
