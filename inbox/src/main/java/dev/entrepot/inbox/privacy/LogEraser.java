package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.delivery.DeliveryErasure;
import dev.entrepot.inbox.lanes.EventErasure;
import dev.entrepot.model.Actor;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Erases the events that the log keeps, with what waits and the dead letters they became.
final class LogEraser implements EventEraser {
  private final EventFinder finder;
  private final EventErasure erasure;
  private final Actor actor;
  private final Clock clock;

  /// @param actor in whose name
  LogEraser(EventFinder finder, EventErasure erasure, Actor actor, Clock clock) {
    this.finder = finder;
    this.erasure = erasure;
    this.actor = actor;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public Step erase(Connection transaction, Scope scope, long after, int limit) {
    List<Long> found = new ArrayList<>();
    EventFinder.Looked looked =
        finder.look(transaction, scope, after, limit, event -> found.add(event.position()));
    int erased = erasure.erase(transaction, actor, found, clock.instant());
    DeliveryErasure.erase(transaction, found, EventErasure.ERASED);
    return new Step(erased, looked.reached(), looked.finished());
  }
}
