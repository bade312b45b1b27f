package dev.entrepot.spi.destination;

import dev.entrepot.spi.record.Fields;
import java.util.Set;

/// A change of one thing at a destination.
///
/// @param key by which the thing is known on both sides
/// @param fields the step's part of the item, whole, whichever of them changed; empty when deleting
/// @param changed the names of those which differ from what the destination is known to hold; of a
///   new thing all
public record Write(Kind kind, String key, Fields fields, Set<String> changed) {

  /// What is to happen.
  public enum Kind {
    /// The destination is not known to have it; when it has it all the same, it is to be updated.
    CREATE,
    UPDATE,
    /// Only for destinations that are [Deleting].
    DELETE
  }

  public Write {
    changed = Set.copyOf(changed);
  }
}
