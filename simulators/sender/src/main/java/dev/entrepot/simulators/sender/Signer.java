package dev.entrepot.simulators.sender;

import java.time.Instant;
import java.util.Map;

/// How a sender signs. Safe for use by many threads.
@FunctionalInterface
public interface Signer {
  /// The headers that prove the sender, made anew for every attempt.
  Map<String, String> sign(PlannedEvent event, byte[] body, Instant now);
}
