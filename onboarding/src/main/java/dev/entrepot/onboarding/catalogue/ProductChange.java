package dev.entrepot.onboarding.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One entry of a product's history, its creation included.
///
/// @param actor who, as [dev.entrepot.model.Actor#reference()]
/// @param approvedBy who let the row into the catalogue, where rows wait for approval
/// @param batch the upload it came with, if any
/// @param record the row in that upload
public record ProductChange(
    Kind kind,
    Instant at,
    String actor,
    @Nullable String approvedBy,
    @Nullable UUID batch,
    @Nullable Long record,
    List<FieldChange> changes) {

  /// What happened.
  public enum Kind {
    CREATED,
    UPDATED,
    /// A file brought it again exactly as it was.
    UNCHANGED,
    PUBLISHED,
    ARCHIVED,
    RESTORED,
    EDITED
  }

  /// One field's move. Null stands for absent.
  public record FieldChange(String field, @Nullable String from, @Nullable String to) {
    String inWords() {
      return field + ": " + shown(from) + " → " + shown(to);
    }

    private static String shown(@Nullable String value) {
      return value == null || value.isEmpty() ? "–" : value;
    }
  }

  /// What the recorded changes of a product were, for people: `price: 9.90 → 12.50`.
  ///
  /// @param json as they are recorded: an array of `{"field", "from", "to"}`
  public static String inWords(String json) {
    return ProductHistory.changes(json).stream()
        .map(FieldChange::inWords)
        .collect(Collectors.joining("; "));
  }

  public ProductChange {
    changes = List.copyOf(changes);
  }
}
