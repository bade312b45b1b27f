package dev.entrepot.inbox;

import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.hotstore.Entity;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.hotstore.HotStoreHandler;
import dev.entrepot.inbox.lanes.AppliedTimes;
import dev.entrepot.inbox.lanes.MendedBodies;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Message;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    return story(connection, EventFilter.ofKey(key));
  }

  @Override
  public List<Step> trace(Connection connection, String key, String tenant) {
    return story(connection, EventFilter.ofKey(key).ofTenant(tenant));
  }

  private List<Step> story(Connection connection, EventFilter filter) {
    List<Long> newest =
        log.find(filter, null, EVENTS).items().stream().map(EventHead::position).toList();
    Set<EntityKey> entities = new LinkedHashSet<>();
    Map<Long, Body> mended = MendedBodies.some(connection, newest).bodies();
    log.loadSome(connection, newest)
        .events()
        .forEach(event -> entities.addAll(told(event, mended.get(event.position()))));
    List<Step> steps = new ArrayList<>();
    entities.stream()
        .limit(MOST)
        .flatMap(entity -> store.get(entity).stream())
        .forEach(entity -> steps.add(step(connection, entity)));
    return steps;
  }

  /// At the time when it was applied; of an event that is past the retention, when it was received.
  private static Step step(Connection connection, Entity entity) {
    Instant applied =
        AppliedTimes.last(connection, HotStoreHandler.NAME, entity.position())
            .orElse(entity.receivedAt());
    return new Step(
            applied,
            "in the hot store",
            "entity/" + entity.key().typeName() + "/" + entity.key().id(),
            null,
            null,
            "its state of %s by the sender's clock%s, from event %s, received %s"
                .formatted(
                    entity.at(),
                    entity.state() == null ? "" : ", " + entity.state(),
                    Positions.text(entity.position()),
                    entity.receivedAt()))
        .of(entity.key().tenant());
  }

  private List<EntityKey> told(LoggedEvent event, @Nullable Body mended) {
    Optional<OpenConnection> open =
        connections.known(event.connection()).filter(OpenConnection::readable);
    if (open.isEmpty() || event.erasedAt() != null) {
      return List.of();
    }
    String tenant = open.get().connection().tenant();
    EventSource source = open.get().source();
    try {
      Message message =
          mended == null ? event.message() : MendedBodies.message(event, mended, source);
      return source.read(message).changes().stream().map(change -> key(tenant, change)).toList();
    } catch (EventException e) {
      // Its dead letter tells why.
      return List.of();
    }
  }

  private static EntityKey key(String tenant, EntityChange change) {
    return new EntityKey(tenant, change.type(), change.account(), change.id());
  }
}
