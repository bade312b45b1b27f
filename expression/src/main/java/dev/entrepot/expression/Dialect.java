package dev.entrepot.expression;

import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload.Binary;

/// The CEL that Entrepot speaks: the standard library and macros, whole numbers and decimals mixed
/// in arithmetic (`price * 2`), and of the string extensions those whose result is no longer than
/// what they are given, so that no expression can fill the memory.
final class Dialect {
  /// The longest expression, in code points.
  static final int LONGEST = 2000;

  /// How often the body of macros such as `all` may run in one evaluation, nested ones counted
  /// together.
  private static final int MOST_ITERATIONS = 1000;

  private static final int DEEPEST = 50;

  private Dialect() {}

  /// A compiler and runtime without variables.
  static CelBuilder builder() {
    CelOptions options =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .build();
    CelStringExtensions strings =
        CelExtensions.strings(
            Function.CHAR_AT,
            Function.INDEX_OF,
            Function.LAST_INDEX_OF,
            Function.LOWER_ASCII,
            Function.SPLIT,
            Function.SUBSTRING,
            Function.TRIM,
            Function.UPPER_ASCII);
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(strings, CelExtensions.math())
            .addRuntimeLibraries(strings, CelExtensions.math());
    addMixed(builder, "_+_", "add", (a, b) -> a + b, (a, b) -> a + b);
    addMixed(builder, "_-_", "subtract", (a, b) -> a - b, (a, b) -> a - b);
    addMixed(builder, "_*_", "multiply", (a, b) -> a * b, (a, b) -> a * b);
    addMixed(builder, "_/_", "divide", (a, b) -> a / b, (a, b) -> a / b);
    return builder;
  }

  private static void addMixed(
      CelBuilder builder,
      String operator,
      String name,
      Binary<Double, Long> decimalFirst,
      Binary<Long, Double> wholeFirst) {
    String doubleInt = "mixed_" + name + "_double_int64";
    String intDouble = "mixed_" + name + "_int64_double";
    builder
        .addFunctionDeclarations(
            CelFunctionDecl.newFunctionDeclaration(
                operator,
                CelOverloadDecl.newGlobalOverload(
                    doubleInt, SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT),
                CelOverloadDecl.newGlobalOverload(
                    intDouble, SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE)))
        .addFunctionBindings(
            CelFunctionBinding.fromOverloads(
                operator,
                CelFunctionBinding.from(doubleInt, Double.class, Long.class, decimalFirst),
                CelFunctionBinding.from(intDouble, Long.class, Double.class, wholeFirst)));
  }
}
