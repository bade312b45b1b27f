package dev.entrepot.expression;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// An expression, read and then compiled for the variables it may use. Evaluation is bounded in
/// steps and memory. Immutable; safe for use by many threads.
public final class Expression {
  private final CelRuntime.Program program;

  private Expression(CelRuntime.Program program) {
    this.program = program;
  }

  /// An expression whose grammar is right and whose variables are not known yet.
  ///
  /// @param text as it was written
  public record Parsed(String text, CelAbstractSyntaxTree tree, Reading reading) {
    /// The names it uses, those bound by macros left out, in the order of their appearance.
    public Set<String> names() {
      return reading.names();
    }

    /// Those names that it uses as text.
    public Set<String> texts() {
      return reading.texts();
    }

    /// The literal keys it looks up in a map: `map["key"]` and `map.key`.
    public Set<String> keysOf(String map) {
      return reading.keysOf(map);
    }
  }

  /// The expression has no result for these values.
  public static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Reads an expression.
  ///
  /// @throws ExpressionException saying what is wrong and where
  public static Parsed parse(String text) {
    if (text.isBlank()) {
      throw invalid("the expression is blank: write one such as price > 0.5");
    }
    if (text.codePointCount(0, text.length()) > Dialect.LONGEST) {
      throw invalid("the expression has more than %d characters".formatted(Dialect.LONGEST));
    }
    CelAbstractSyntaxTree tree = tree(Dialect.builder().build().parse(text));
    var reading = new Reading(tree.getExpr());
    requireBoundedPatterns(reading);
    return new Parsed(text, tree, reading);
  }

  /// Compiles a read expression.
  ///
  /// @param variables every name it may use, with its type
  /// @param functions functions of one text, by name, with a number as result
  /// @param results the types it may have
  /// @throws ExpressionException saying what is wrong and where
  public static Expression compile(
      Parsed parsed,
      Map<String, CelType> variables,
      Map<String, CelFunctionOverload.Unary<String>> functions,
      Set<CelType> results) {
    CelBuilder builder = Dialect.builder();
    variables.forEach(builder::addVar);
    functions.forEach((name, function) -> add(builder, name, function));
    Cel cel = builder.build();
    CelAbstractSyntaxTree checked = checked(cel, parsed, decimals(variables));
    CelType result = checked.getResultType();
    if (!results.contains(result)) {
      throw invalid(
          "the expression gives %s, but %s is needed".formatted(name(result), names(results)));
    }
    try {
      return new Expression(cel.createProgram(checked));
    } catch (CelEvaluationException e) {
      throw invalid("the expression cannot be used: " + Explanation.of(e));
    }
  }

  /// The result: a `Boolean`, `String`, `Double`, `Long` or whatever else the expression gives.
  ///
  /// @throws Failure when there is none for these values
  public Object evaluate(CelVariableResolver variables) throws Failure {
    try {
      return program.eval(variables);
    } catch (CelEvaluationException e) {
      throw new Failure(Explanation.of(e), e);
    }
  }

  private static CelAbstractSyntaxTree checked(Cel cel, Parsed parsed, Set<String> decimals) {
    CelValidationResult plain = cel.check(parsed.tree());
    if (!plain.hasError()) {
      return tree(plain);
    }
    String other = WholeLiterals.asDecimals(parsed.tree(), parsed.text(), decimals);
    CelValidationResult second = other.equals(parsed.text()) ? plain : cel.compile(other);
    return tree(second.hasError() ? plain : second);
  }

  private static Set<String> decimals(Map<String, CelType> variables) {
    return variables.entrySet().stream()
        .filter(entry -> Variables.isDecimal(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult result) {
    if (result.hasError()) {
      throw invalid("the expression is wrong " + Explanation.of(result));
    }
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new ExpressionException("the expression is wrong: " + e.getMessage(), e);
    }
  }

  /// Regular expressions that come out of data, or that repeat repeats, could take any time and
  /// memory.
  private static void requireBoundedPatterns(Reading reading) {
    if (reading.hasOpenPattern()) {
      throw invalid("matches(...) needs its pattern written out, as in sku.matches(\"^[A-Z]+$\")");
    }
    for (String pattern : reading.patterns()) {
      SafePattern _ = SafePattern.compile(pattern);
    }
  }

  private static void add(
      CelBuilder builder, String name, CelFunctionOverload.Unary<String> function) {
    String overload = name + "_string";
    builder
        .addFunctionDeclarations(
            CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newGlobalOverload(overload, SimpleType.DOUBLE, SimpleType.STRING)))
        .addFunctionBindings(CelFunctionBinding.from(overload, String.class, function));
  }

  private static String names(Set<CelType> types) {
    return types.stream().map(Expression::name).sorted().collect(Collectors.joining(" or "));
  }

  private static String name(CelType type) {
    return switch (type.kind()) {
      case BOOL -> "true or false";
      case STRING -> "text";
      case DOUBLE -> "a number";
      case INT -> "a whole number";
      case DYN -> "a value that may be anything";
      default -> type.name();
    };
  }

  private static ExpressionException invalid(String message) {
    return new ExpressionException(message);
  }
}
