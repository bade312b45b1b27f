package dev.entrepot.flow.workspace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What applying a workspace does with one thing.
///
/// @param name a client's id or a mapping's name
/// @param revision it had when the plan was made; 0: it was not there
/// @param differences of an update: what differs
public record PlannedChange(
    Kind kind, String name, Action action, long revision, List<Difference> differences) {

  /// What it is.
  public enum Kind {
    MAPPING,
    CLIENT
  }

  /// What is done.
  public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    UNCHANGED,
    /// It is configured and not in the workspace, and stays.
    KEPT
  }

  /// A value that differs.
  ///
  /// @param place as names joined with points
  /// @param before null: absent
  /// @param after null: absent
  public record Difference(String place, @Nullable String before, @Nullable String after) {}

  public PlannedChange {
    differences = List.copyOf(differences);
  }

  /// Whether something is done at all.
  public boolean changes() {
    return switch (action) {
      case CREATE, UPDATE, DELETE -> true;
      case UNCHANGED, KEPT -> false;
    };
  }
}
