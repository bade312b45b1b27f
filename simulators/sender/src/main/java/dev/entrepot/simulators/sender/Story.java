package dev.entrepot.simulators.sender;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What happened at a sender, and how everything stands in the end: a receiver that has heard all
/// of it, in whatever order, must come to the same.
///
/// @param events in the order in which they happened
public record Story(List<PlannedEvent> events, Map<Thing, Ending> endings) {
  public Story {
    events = List.copyOf(events);
    endings = Map.copyOf(endings);
  }

  /// Something at a sender.
  ///
  /// @param account such as a shop's domain
  /// @param kind in the sender's words, such as `orders`
  public record Thing(String account, String kind, String id) {
    /// As events name it.
    public String key() {
      return account + "/" + kind + "/" + id;
    }
  }

  /// How a thing stands in the end.
  public sealed interface Ending {
    /// When it came to stand so.
    Instant at();

    /// It is there.
    ///
    /// @param body the last event's
    record Stands(Instant at, String body) implements Ending {}

    /// It is gone.
    record Deleted(Instant at) implements Ending {}

    /// A checkout that became an order.
    record Completed(Instant at, String body, String order) implements Ending {}
  }
}
