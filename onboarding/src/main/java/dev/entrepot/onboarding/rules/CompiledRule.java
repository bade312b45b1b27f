package dev.entrepot.onboarding.rules;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.entrepot.expression.Expression;
import dev.entrepot.expression.ExpressionException;
import dev.entrepot.expression.Variables;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/// An operator's expression, ready for rows. Immutable; safe for use by many threads.
final class CompiledRule {
  private final Expression expression;
  private final Set<String> names;
  private final Set<String> texts;
  private final Set<String> keys;

  private CompiledRule(Expression expression, Expression.Parsed parsed) {
    this.expression = expression;
    this.names = Set.copyOf(parsed.names());
    this.texts = Set.copyOf(parsed.texts());
    this.keys = Set.copyOf(parsed.keysOf(RowVariables.CUSTOM));
  }

  /// @throws OnboardingException INVALID, saying what is wrong and where
  static CompiledRule of(String expression) {
    try {
      return compiled(expression);
    } catch (ExpressionException e) {
      throw OnboardingException.of(e);
    }
  }

  private static CompiledRule compiled(String expression) {
    Expression.Parsed parsed = Expression.parse(expression);
    RuleNames.require(parsed.names());
    var types = new HashMap<String, CelType>();
    for (String name : parsed.names()) {
      types.put(name, type(name, parsed));
    }
    return new CompiledRule(
        Expression.compile(parsed, types, Map.of(), Set.of(SimpleType.BOOL)), parsed);
  }

  private static CelType type(String name, Expression.Parsed parsed) {
    Field field = RowVariables.FIELDS.get(name);
    if (field == null) {
      if (name.equals(RowVariables.CUSTOM)) {
        return Variables.TEXTS;
      }
      return parsed.texts().contains(name) ? Variables.TEXT : Variables.ANY;
    }
    if (!field.numeric()) {
      return Variables.TEXT;
    }
    return field == Field.STOCK_QUANTITY ? Variables.WHOLE : Variables.DECIMAL;
  }

  RuleOutcome evaluate(MappedRow row) {
    var variables = new RowVariables(row, texts);
    try {
      return Boolean.TRUE.equals(expression.evaluate(variables))
          ? RuleOutcome.Plain.PASSED
          : RuleOutcome.Plain.FAILED;
    } catch (Expression.Failure e) {
      return lacks(variables)
          ? RuleOutcome.Plain.INAPPLICABLE
          : new RuleOutcome.Broken(e.getMessage() + odd(variables));
    }
  }

  private boolean lacks(RowVariables variables) {
    for (String name : names) {
      if (variables.find(name).orElseThrow().equals(Variables.NULL)) {
        return true;
      }
    }
    return !variables.row().custom().keySet().containsAll(keys);
  }

  /// The columns that are no numbers though they were not taken as text.
  private String odd(RowVariables variables) {
    var odd = new StringJoiner(", ", ": ", "").setEmptyValue("");
    for (String name : names) {
      boolean custom = !RowVariables.FIELDS.containsKey(name) && !texts.contains(name);
      if (custom && variables.find(name).orElseThrow() instanceof String text) {
        odd.add(name + " is " + Words.quoted(text));
      }
    }
    return odd.toString();
  }

  /// The custom columns it names, which a file may have or not.
  Set<String> customColumns() {
    var columns = new TreeSet<String>(keys);
    for (String name : names) {
      if (!RowVariables.FIELDS.containsKey(name) && !name.equals(RowVariables.CUSTOM)) {
        columns.add(name);
      }
    }
    return columns;
  }

  /// What the expression read of a row, for people.
  String valuesOf(MappedRow row) {
    var columns = new LinkedHashSet<String>();
    names.stream().filter(name -> !name.equals(RowVariables.CUSTOM)).sorted().forEach(columns::add);
    keys.stream().sorted().forEach(columns::add);
    var values = new StringJoiner(", ");
    for (String column : columns) {
      Field field = RowVariables.FIELDS.get(column);
      String text = field == null ? row.custom().get(column) : row.value(field);
      values.add(column + " = " + (text == null ? "(absent)" : Words.quoted(text)));
    }
    return values.toString();
  }
}
