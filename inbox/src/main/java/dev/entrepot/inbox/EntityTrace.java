package dev.entrepot.inbox;

import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EventException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The latest states of the entities that a key's newest events tell of.
final class EntityTrace implements TraceSource {
  private static final int EVENTS = 5;
  private static final int MOST = 50;

  private final EventLog log;
  private final Connections connections;
  private final HotStore store;

  EntityTrace(EventLog log, Connections connections, HotStore store) {
    this.log = log;
    this.connections = connections;
    this.store = store;
  }

  @Override
  public List<Step> trace(Connection connection, String key) {
    List<Long> newest =
        log.find(EventFilter.ofKey(key), null, EVENTS).items().stream()
            .map(EventHead::position)
            .toList();
    Set<EntityKey> entities = new LinkedHashSet<>();
    log.loadSome(connection, newest).events().forEach(event -> entities.addAll(told(event)));
    List<Step> steps = new ArrayList<>();
    entities.stream()
        .limit(MOST)
        .flatMap(entity -> store.get(entity).stream())
        .forEach(entity ->
            steps.add(
                new Step(
                    entity.receivedAt(),
                    "in the hot store",
                    "entity/" + entity.key().typeName() + "/" + entity.key().id(),
                    null,
                    null,
                    "its state of %s by the sender's clock%s, from event %s, received %s"
                        .formatted(
                            entity.at(),
                            entity.state() == null ? "" : ", " + entity.state(),
                            Positions.text(entity.position()),
                            entity.receivedAt()))));
    return steps;
  }

  private List<EntityKey> told(LoggedEvent event) {
    Optional<OpenConnection> open =
        connections.known(event.connection()).filter(OpenConnection::readable);
    if (open.isEmpty() || event.erasedAt() != null) {
      return List.of();
    }
    String tenant = open.get().connection().tenant();
    try {
      return open.get().source().read(event.message()).changes().stream()
          .map(change -> key(tenant, change))
          .toList();
    } catch (EventException e) {
      // Its dead letter tells why.
      return List.of();
    }
  }

  private static EntityKey key(String tenant, EntityChange change) {
    return new EntityKey(tenant, change.type(), change.account(), change.id());
  }
}
