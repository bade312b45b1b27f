package dev.entrepot.inbox.lanes;

import dev.entrepot.spi.event.EventSource;

/// What handing on needs to know of a connection.
///
/// @param kind of sender, such as `shopify`
/// @param source reads its events
public record Sender(
    String tenant, String kind, EventSource source, AfterDeadLetter afterDeadLetter, Flow flow) {

  /// Whether its events are handed on.
  public enum Flow {
    RUNNING,
    /// They wait until it runs again.
    PAUSED
  }

  /// One that runs.
  public Sender(String tenant, String kind, EventSource source, AfterDeadLetter afterDeadLetter) {
    this(tenant, kind, source, afterDeadLetter, Flow.RUNNING);
  }
}
