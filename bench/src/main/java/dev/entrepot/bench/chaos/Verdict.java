package dev.entrepot.bench.chaos;

import java.util.List;

/// What the books and the recorder say afterwards.
///
/// @param kept events in the log
/// @param unacknowledged of those, never answered with 200: kept, and the answer lost
/// @param putOff how often an event was put off by a handler, and its key held
/// @param faults empty when nothing was lost, doubled or out of order
record Verdict(long kept, long unacknowledged, long duplicates, long putOff, List<String> faults) {
  Verdict {
    faults = List.copyOf(faults);
  }
}
