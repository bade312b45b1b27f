package dev.entrepot.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;

/// One thing an audit recomputes from the records themselves and compares with what is claimed.
/// Each part brings its own.
public interface AuditCheck {
  /// A short name, for example `books of batches`.
  String name();

  /// Looks at everything and reports what does not agree.
  ///
  /// @param connection a repeatable-read, read-only transaction shared by all checks of an audit
  /// @return how many things were looked at
  long run(Connection connection, Consumer<Finding> findings) throws SQLException;

  /// Kinds of batches whose dead letters its part keeps itself, and this check compares; the
  /// ledger's own check leaves them out.
  default Set<String> lettersOf() {
    return Set.of();
  }

  /// A disagreement.
  ///
  /// @param subject what it is about, for example `batch/0190…`
  /// @param message names the figures that disagree
  record Finding(String check, String subject, String message) {}
}
