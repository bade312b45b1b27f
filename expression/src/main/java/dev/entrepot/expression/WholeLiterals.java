package dev.entrepot.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// CEL knows no equality of decimals and whole numbers: `price == 5` does not compile. People write
/// it nevertheless, so the `5` is made `5.0` where it stands beside a decimal.
final class WholeLiterals {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+(?![0-9a-zA-Z.])");
  private static final Set<String> ARITHMETIC = Set.of("_+_", "_-_", "_*_", "_/_", "-_");

  private WholeLiterals() {}

  /// @param decimals names that stand for decimals
  /// @return the expression to compile instead; the same text when there is nothing to change
  static String asDecimals(CelAbstractSyntaxTree parsed, String text, Set<String> decimals) {
    Map<Long, Integer> positions = parsed.getSource().getPositionsMap();
    var ends = new TreeSet<Integer>();
    CelNavigableAst.fromAst(parsed)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
        .map(node -> node.expr().call())
        .filter(call -> call.args().size() == 2)
        .forEach(
            call -> literalsBeside(call, decimals).forEach(id -> end(id, text, positions, ends)));
    var changed = new StringBuilder(text);
    ends.descendingIterator().forEachRemaining(end -> changed.insert(end, ".0"));
    return changed.toString();
  }

  private static List<Long> literalsBeside(CelExpr.CelCall call, Set<String> decimals) {
    CelExpr left = call.args().get(0);
    CelExpr right = call.args().get(1);
    return switch (call.function()) {
      case "_==_", "_!=_" -> {
        if (isDecimal(left, decimals) && isWhole(right)) {
          yield List.of(right.id());
        }
        yield isDecimal(right, decimals) && isWhole(left) ? List.of(left.id()) : List.of();
      }
      case "@in" ->
          isDecimal(left, decimals) && right.getKind() == CelExpr.ExprKind.Kind.LIST
              ? right.list().elements().stream()
                  .filter(WholeLiterals::isWhole)
                  .map(CelExpr::id)
                  .toList()
              : List.of();
      default -> List.of();
    };
  }

  private static boolean isDecimal(CelExpr expr, Set<String> decimals) {
    return switch (expr.getKind()) {
      case IDENT -> decimals.contains(expr.ident().name());
      case CONSTANT -> expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE;
      case CALL ->
          ARITHMETIC.contains(expr.call().function())
              && expr.call().args().stream().anyMatch(arg -> isDecimal(arg, decimals));
      case SELECT, LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> false;
    };
  }

  private static boolean isWhole(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.INT64_VALUE;
  }

  private static void end(long id, String text, Map<Long, Integer> positions, Set<Integer> ends) {
    Integer position = positions.get(id);
    if (position == null) {
      return;
    }
    Matcher whole = WHOLE.matcher(text);
    whole.region(text.offsetByCodePoints(0, position), text.length());
    if (whole.lookingAt()) {
      ends.add(whole.end());
    }
  }
}
