package dev.entrepot.onboarding.mapping;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expression of a mapping, ready to be applied to rows. Safe for use by many threads.
interface CellExpression {
  /// The value for a row; null when there is none.
  @Nullable String valueOf(List<String> cells);

  /// The columns it reads, in the order in which it names them.
  Set<Integer> columns();
}
