package dev.entrepot.spi.topic;

import java.util.Optional;

/// Publishes to topics of one message service, which passes messages on to whoever subscribed. Safe
/// for use by many threads. Found by [java.util.ServiceLoader].
public interface TopicPublisher {

  /// Whether an address is meant for this service, well formed or not.
  boolean knows(String address);

  /// Why an address that this service [knows][#knows] cannot be a topic's, for the person who gave
  /// it; empty: it can. Asks nobody.
  Optional<String> objection(String address);

  /// Publishes once, and never repeats: whoever calls does. Takes at most half a minute.
  ///
  /// @param address one without [#objection]
  /// @throws TopicException when the service did not take it, or nobody knows
  void publish(String address, TopicMessage message);
}
