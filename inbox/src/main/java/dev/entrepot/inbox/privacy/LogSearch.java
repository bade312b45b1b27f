package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Message;
import java.sql.Connection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds events in the log, by looking at all that came by the tenant's connections: nothing in the
/// log says whom an event is about. Safe for use by many threads.
final class LogSearch implements EventFinder {
  private final EventLog log;
  private final Connections connections;

  LogSearch(EventLog log, Connections connections) {
    this.log = log;
    this.connections = connections;
  }

  @Override
  public Looked look(
      Connection transaction,
      EventEraser.Scope scope,
      long after,
      int limit,
      Consumer<LoggedEvent> found) {
    Map<String, OpenConnection> own = connections(scope.tenant());
    Concern concern = new Concern(scope);
    EventLog.Scanned scanned =
        log.scan(
            transaction,
            after,
            log.horizon(transaction),
            limit,
            own.keySet(),
            event -> {
              if (event.erasedAt() == null && concerns(concern, scope, own, event)) {
                found.accept(event);
              }
            });
    return new Looked(scanned.reached(), scanned.finished());
  }

  private static boolean concerns(
      Concern concern,
      EventEraser.Scope scope,
      Map<String, OpenConnection> connections,
      LoggedEvent event) {
    return !scope.isNewer(event.identity().triggeredAt(), event.receivedAt())
        && concern.of(
            event.identity(),
            read(connections.get(event.connection()), event.message()),
            event.body().text());
  }

  /// The connections of a tenant, by name.
  Map<String, OpenConnection> connections(String tenant) {
    return connections.allKnown().stream()
        .filter(open -> open.connection().tenant().equals(tenant))
        .collect(Collectors.toMap(open -> open.connection().name(), open -> open));
  }

  /// What a message says; null: it cannot be read.
  static @Nullable Facts read(@Nullable OpenConnection connection, Message message) {
    if (connection == null || !connection.readable()) {
      return null;
    }
    try {
      return connection.source().read(message);
    } catch (EventException e) {
      return null;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      // A defect of the source, which the lanes tell of: its text is looked at instead.
      return null;
    }
  }
}
