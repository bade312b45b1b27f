package dev.entrepot.flow.workspace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /// The same for the same files and the same configuration, and for nothing else.
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(changes.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(content.clients().toString().getBytes(StandardCharsets.UTF_8));
      content
          .mappings()
          .forEach((name, tree) ->
              digest.update(
                  (name + String.valueOf(tree.value())).getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// How many things have this done to them.
  public long count(PlannedChange.Action action) {
    return changes.stream().filter(change -> change.action() == action).count();
  }
}
