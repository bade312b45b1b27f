package dev.entrepot.inbox.lanes;

import java.util.List;

/// What a plan was carried out on.
///
/// @param letters their numbers
public record BulkDone(LetterAct act, List<Long> letters) {
  public BulkDone {
    letters = List.copyOf(letters);
  }
}
