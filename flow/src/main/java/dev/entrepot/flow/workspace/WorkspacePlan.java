package dev.entrepot.flow.workspace;

import java.util.List;

/// What applying a workspace would do, to what was configured when it was made. It can be applied
/// as long as that has not changed.
///
/// @param content what the workspace says
/// @param prune whether what is not in the workspace is deleted
/// @param changes of everything, mappings before clients, by name
public record WorkspacePlan(WorkspaceContent content, boolean prune, List<PlannedChange> changes) {
  public WorkspacePlan {
    changes = List.copyOf(changes);
  }

  /// Whether there is nothing to do.
  public boolean empty() {
    return changes.stream().noneMatch(PlannedChange::changes);
  }

  /// How many things have this done to them.
  public long count(PlannedChange.Action action) {
    return changes.stream().filter(change -> change.action() == action).count();
  }
}
