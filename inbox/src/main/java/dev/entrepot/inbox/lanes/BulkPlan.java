package dev.entrepot.inbox.lanes;

import java.util.List;
import java.util.UUID;

/// What would be done to many dead letters.
///
/// @param letters how many
/// @param sample the first of them
public record BulkPlan(UUID id, LetterAct act, long letters, List<DeadEvent> sample) {
  public BulkPlan {
    sample = List.copyOf(sample);
  }
}
