package dev.entrepot.flow.runs;

import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.flow.mapping.Problem;
import dev.entrepot.storage.StorableText;
import java.util.ArrayList;
import java.util.List;

/// What a key must be for books to be kept of it.
final class KeyRule {
  private static final int LONGEST = 500;

  private KeyRule() {}

  /// The record, with a problem when its key will not do.
  static MappedRecord checked(MappedRecord mapped) {
    String key = mapped.key();
    if (key == null) {
      return mapped;
    }
    String storable = StorableText.repair(key);
    if (!key.isEmpty() && key.length() <= LONGEST && storable.equals(key)) {
      return mapped;
    }
    List<Problem> problems = new ArrayList<>(mapped.problems());
    String shown = storable.length() > LONGEST ? storable.substring(0, LONGEST) : storable;
    problems.add(
        new Problem(
            "id",
            "BAD_KEY",
            "the id is empty, longer than %d characters, or holds characters that no text can hold"
                .formatted(LONGEST),
            StorableText.repair(shown)));
    return new MappedRecord(
        StorableText.repair(shown), mapped.canonical(), mapped.item(), problems);
  }
}
