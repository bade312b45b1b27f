package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.MappedRow;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of files that were read before, for trying a rule on them.
public interface PastRows {
  /// Visits at most `rows` rows of the newest files, accepted and rejected alike. A row that was
  /// sent again, mended or with other values, is visited once, as it was last.
  ///
  /// @param vendor whose files; null: everybody's
  /// @return how many of the files could not be looked at, for they do not lie on this node
  int newest(@Nullable String vendor, int rows, PastRowVisitor visitor);

  /// Takes the rows one by one.
  interface PastRowVisitor {
    /// @param record its position in the file, from 1
    /// @param line where it stands there, as a spreadsheet shows it
    void visit(UUID upload, long record, long line, MappedRow row);
  }
}
