package dev.entrepot.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an expression reads, found by walking its tree: names that are not bound by a macro, keys
/// of maps, and which names are used as text. Filled by one walk; not thread-safe.
public final class Reading {
  private static final Set<String> COMPARISONS =
      Set.of("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_+_");

  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> texts = new LinkedHashSet<>();
  private final Map<String, Set<String>> keys = new LinkedHashMap<>();
  private final Set<String> patterns = new LinkedHashSet<>();
  private boolean openPattern;

  Reading(CelExpr root) {
    walk(root, Set.of());
  }

  Set<String> names() {
    return names;
  }

  /// Names that are compared with text, or given to functions on text.
  Set<String> texts() {
    return texts;
  }

  /// The literal keys that are looked up in a map of this name.
  Set<String> keysOf(String map) {
    return keys.getOrDefault(map, Set.of());
  }

  /// The literal regular expressions.
  Set<String> patterns() {
    return patterns;
  }

  /// Whether a regular expression is put together while evaluating.
  boolean hasOpenPattern() {
    return openPattern;
  }

  private void walk(CelExpr expr, Set<String> bound) {
    switch (expr.getKind()) {
      case IDENT -> name(expr, bound);
      case SELECT -> {
        key(expr.select().operand(), expr.select().field(), bound);
        walk(expr.select().operand(), bound);
      }
      case CALL -> call(expr.call(), bound);
      case LIST -> expr.list().elements().forEach(element -> walk(element, bound));
      case MAP ->
          expr.map()
              .entries()
              .forEach(entry -> {
                walk(entry.key(), bound);
                walk(entry.value(), bound);
              });
      case STRUCT -> expr.struct().entries().forEach(entry -> walk(entry.value(), bound));
      case COMPREHENSION -> comprehension(expr.comprehension(), bound);
      case CONSTANT, NOT_SET -> {}
    }
  }

  private void comprehension(CelExpr.CelComprehension loop, Set<String> bound) {
    walk(loop.iterRange(), bound);
    walk(loop.accuInit(), bound);
    var inner = new HashSet<>(bound);
    inner.add(loop.iterVar());
    inner.add(loop.iterVar2());
    inner.add(loop.accuVar());
    walk(loop.loopCondition(), inner);
    walk(loop.loopStep(), inner);
    walk(loop.result(), inner);
  }

  private void call(CelExpr.CelCall call, Set<String> bound) {
    List<CelExpr> args = call.args();
    call.target()
        .ifPresent(target -> {
          text(target, bound);
          walk(target, bound);
        });
    if (call.function().equals("_[_]")) {
      String key = literal(args.get(1));
      if (key != null) {
        key(args.get(0), key, bound);
      }
    } else if (call.function().equals("size") && args.size() == 1) {
      text(args.get(0), bound);
    } else if (COMPARISONS.contains(call.function()) && args.size() == 2) {
      compared(args.get(0), args.get(1), bound);
      compared(args.get(1), args.get(0), bound);
    } else if (call.function().equals("@in")
        && args.get(1).getKind() == CelExpr.ExprKind.Kind.LIST
        && args.get(1).list().elements().stream().anyMatch(item -> literal(item) != null)) {
      text(args.get(0), bound);
    } else if (call.function().equals("matches")) {
      pattern(args.getLast());
      if (args.size() == 2) {
        text(args.get(0), bound);
      }
    }
    args.forEach(arg -> walk(arg, bound));
  }

  /// A comparison with "" asks whether there is a value at all, whatever its kind.
  private void compared(CelExpr side, CelExpr other, Set<String> bound) {
    String literal = literal(other);
    if (literal != null && !literal.isEmpty()) {
      text(side, bound);
    }
  }

  private void pattern(CelExpr pattern) {
    String literal = literal(pattern);
    if (literal == null) {
      openPattern = true;
    } else {
      patterns.add(literal);
    }
  }

  private void name(CelExpr expr, Set<String> bound) {
    if (!bound.contains(expr.ident().name())) {
      names.add(expr.ident().name());
    }
  }

  private void text(CelExpr expr, Set<String> bound) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.IDENT && !bound.contains(expr.ident().name())) {
      texts.add(expr.ident().name());
    }
  }

  private void key(CelExpr map, String key, Set<String> bound) {
    if (map.getKind() == CelExpr.ExprKind.Kind.IDENT && !bound.contains(map.ident().name())) {
      keys.computeIfAbsent(map.ident().name(), name -> new LinkedHashSet<>()).add(key);
    }
  }

  private static @Nullable String literal(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? expr.constant().stringValue()
        : null;
  }
}
