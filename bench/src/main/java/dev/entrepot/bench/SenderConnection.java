package dev.entrepot.bench;

import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.feeds.Feeds;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A connection of the inbox, made before the program is started.
public final class SenderConnection {
  private SenderConnection() {}

  /// Brings the tables up to date and makes the connection.
  ///
  /// @param data the folder of the program that is to open its secret
  public static void make(Database database, Path data, String name, String kind, String secret) {
    make(database, data, ConnectionDraft.of(name, "main", kind, Map.of()), secret);
  }

  /// The same for any sender.
  ///
  /// @param secret null: none
  public static void make(
      Database database, Path data, ConnectionDraft draft, @Nullable String secret) {
    database.migrate();
    Map<String, EventSourceFactory> kinds =
        Feeds.senders(found(EventSourceFactory.class), found(EventFeedFactory.class)).stream()
            .collect(Collectors.toMap(EventSourceFactory::kind, factory -> factory));
    try (Connections connections =
        new Connections(
            database,
            new ActivityLog(database),
            Clock.systemUTC(),
            SecretSeal.ofKeyFile(data.resolve("secrets.key")),
            kinds,
            _ -> null)) {
      connections.create(Actor.system("bench"), draft, secret);
    }
  }

  private static <T> List<T> found(Class<T> type) {
    return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).toList();
  }
}
