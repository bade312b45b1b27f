package dev.entrepot.kit.remote;

import dev.entrepot.spi.destination.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a call of a step may hold.
///
/// @param limit how many writes at most
/// @param deletes whether things can be deleted
public record WriteRules(String step, int limit, boolean deletes) {

  /// @throws IllegalArgumentException when there are none, too many, one twice, or one to be
  ///   deleted that cannot be
  public void check(List<Write> writes) {
    if (writes.isEmpty() || writes.size() > limit) {
      throw new IllegalArgumentException(
          "a call of step %s has 1 to %d writes, not %d".formatted(step, limit, writes.size()));
    }
    Set<String> keys = new HashSet<>();
    for (Write write : writes) {
      if (!keys.add(write.key())) {
        throw new IllegalArgumentException(
            "a call of step %s has each key once, not %s twice".formatted(step, write.key()));
      }
      if (write.kind() == Write.Kind.DELETE && !deletes) {
        throw new IllegalArgumentException("step %s cannot delete %s".formatted(step, write.key()));
      }
    }
  }
}
