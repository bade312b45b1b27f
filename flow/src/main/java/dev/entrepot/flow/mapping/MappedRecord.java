package dev.entrepot.flow.mapping;

import dev.entrepot.spi.record.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a record of the source.
///
/// @param key by which the thing is known on both sides; null only when the record has problems
/// @param canonical the product in our own names, as far as it could be read
/// @param item in the destination's names and types, as far as it could be made
/// @param problems all of them; not empty: the record is to be rejected
public record MappedRecord(
    @Nullable String key, Fields canonical, Fields item, List<Problem> problems) {
  public MappedRecord {
    problems = List.copyOf(problems);
    if (key == null && problems.isEmpty()) {
      throw new IllegalArgumentException("a record without a key needs a problem that says why");
    }
  }
}
