package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.log.LoggedEvent;
import java.sql.Connection;
import java.util.function.Consumer;

/// Finds the events that are kept of a customer or account, in small steps.
@FunctionalInterface
interface EventFinder {

  /// Looks at some more.
  ///
  /// @param after 0 at the beginning, then as the step before said
  /// @param limit about how many events to look at; positive
  /// @param found given each event, one after the other
  Looked look(
      Connection transaction,
      EventEraser.Scope scope,
      long after,
      int limit,
      Consumer<LoggedEvent> found);

  /// How far a step came.
  record Looked(long reached, boolean finished) {}
}
