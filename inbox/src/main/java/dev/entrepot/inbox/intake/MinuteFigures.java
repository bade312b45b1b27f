package dev.entrepot.inbox.intake;

import dev.entrepot.inbox.intake.Receipt.Reason;
import java.time.Instant;
import java.util.Map;

/// What came by one connection in one minute, at all nodes.
///
/// @param minute its beginning
/// @param refused by reason; absent: none
public record MinuteFigures(
    Instant minute,
    String connection,
    long accepted,
    long duplicates,
    Map<Reason, Long> refused,
    LatencyHistogram latency) {
  public MinuteFigures {
    refused = Map.copyOf(refused);
  }
}
