package dev.entrepot.inbox.connections;

import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.feed.FedSourceFactory;
import java.time.Instant;
import java.util.Map;

/// Makes stored connections ready for use. Safe for use by many threads.
final class ConnectionOpener {
  private final ConnectionCheck check;
  private final ConnectionSecrets secrets;
  private final Map<String, EventSourceFactory> kinds;

  ConnectionOpener(
      ConnectionCheck check, ConnectionSecrets secrets, Map<String, EventSourceFactory> kinds) {
    this.check = check;
    this.secrets = secrets;
    this.kinds = Map.copyOf(kinds);
  }

  /// With what cannot be used told, so that it does not keep the others from working.
  OpenConnection open(ConnectionStore.Stored stored, Instant now) {
    InboxConnection connection = stored.connection();
    String problem = null;
    EventSource source = null;
    Map<String, String> settings = Map.of();
    try {
      source = check.open(connection.kind(), connection.settings());
      settings = ConnectionCheck.complete(check.factory(connection.kind()), connection.settings());
    } catch (ConnectionException e) {
      problem = e.getMessage();
    }
    ConnectionSecrets.Ready ready = secrets.ready(stored, now);
    problem = ready.problem() == null ? problem : ready.problem();
    EventSourceFactory factory = kinds.get(connection.kind());
    boolean signed = factory != null && factory.signed();
    if (problem == null && ready.secrets().isEmpty() && signed && connection.removedAt() == null) {
      problem = "connection " + connection.name() + " has no secret yet; give it one";
    }
    return new OpenConnection(
        connection,
        source,
        settings,
        signed,
        factory instanceof FedSourceFactory,
        ready.secrets(),
        problem);
  }
}
