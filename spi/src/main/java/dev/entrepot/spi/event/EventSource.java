package dev.entrepot.spi.event;

import java.time.Instant;
import java.util.List;

/// One sender, as one connection has it configured. Safe for use by many threads; keeps nothing.
///
/// The order of calls for a delivery is [#verify], then [#identify] when it was genuine or
/// unsigned, and, after it was kept, [#read], perhaps long after and by another node.
public interface EventSource {

  /// Checks the signature over the raw bytes, in constant time, before anything is parsed.
  ///
  /// @param secrets the valid ones, newest first; empty when the connection has none
  /// @param now for senders whose signatures grow stale
  Verdict verify(Delivery delivery, List<String> secrets, Instant now);

  /// Finds what identifies a delivery. Bodies that cannot be parsed are events, too: those are told
  /// apart by a digest of their bytes, and their key is one that holds nobody else up.
  ///
  /// @throws EventException only with the code INCOMPLETE: something is missing without which it
  ///   cannot be kept, such as a header that every delivery of this sender has
  Identity identify(Delivery delivery);

  /// What an event says.
  ///
  /// @throws EventException when it cannot be understood; trying again would not help
  Facts read(Message message);
}
