package dev.entrepot.model;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;

/// Identifiers that are unique without coordination and sort by the time they were made: UUID
/// version 7 (RFC 9562). Safe for use by many threads.
public final class SortableId {
  private SortableId() {}

  /// A new identifier.
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  /// The moment at which an identifier was made, to the millisecond.
  ///
  /// @throws IllegalArgumentException when the identifier is not of version 7
  public static Instant madeAt(UUID id) {
    if (id.version() != 7) {
      throw new IllegalArgumentException(id + " is not a sortable identifier (UUID version 7)");
    }
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
