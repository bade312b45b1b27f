package dev.entrepot.inbox.handling;

import java.sql.Connection;
import java.util.List;

/// Does something with events, inside the transaction that settles them: what it writes with the
/// given connection is committed with their outcomes, or not at all, so that it happens once
/// whatever dies. A handler that must reach outside writes down what is to be done (an outbox), and
/// somebody else does it after the commit.
///
/// Safe for use by many threads; two calls never hold events of the same key at once.
public interface EventHandler {

  /// Its name in outcomes, in kebab-case, such as `hot-store`. Never changes.
  String name();

  /// Whether events with this topic are for it at all; such as are not are never given to it.
  boolean wants(String kind, String topic);

  /// Those whom it serves, by name, if it serves several: events can be handed on again to one of
  /// them alone, see [DueEvent#reaches].
  default List<String> parts(Connection connection) {
    return List.of();
  }

  /// Handles events in their order; several may be of the same key.
  ///
  /// Events after a [Handled.Later] or [Handled.Refused] of the same key within the list may have
  /// been handled as well; the caller rolls back and calls again with fewer events where that
  /// matters, or rolls back for good: it may want to know only what would happen. So effects must
  /// be only those of the connection; what is to be logged goes with [Handled.Written].
  ///
  /// @return one for each event, in the same order
  /// @throws RuntimeException the caller rolls back, finds the guilty event by halving, and lets
  ///   that one wait as if it had been [Handled.Later]
  List<Handled> handle(Connection transaction, List<DueEvent> events);
}
