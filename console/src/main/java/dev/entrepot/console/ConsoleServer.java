package dev.entrepot.console;

import dev.entrepot.console.api.ApiKeysApi;
import dev.entrepot.console.api.SessionApi;
import dev.entrepot.console.api.SystemApi;
import dev.entrepot.console.api.UsersApi;
import dev.entrepot.console.idempotency.Idempotency;
import dev.entrepot.console.server.Cookies;
import dev.entrepot.console.server.Json;
import dev.entrepot.console.server.PlainProblemPages;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.server.Server;
import dev.entrepot.console.server.StaticFiles;
import dev.entrepot.console.server.TrustedProxies;
import dev.entrepot.console.session.Doorkeeper;
import dev.entrepot.console.session.Sessions;
import dev.entrepot.console.view.Assets;
import java.util.ArrayList;
import java.util.List;

/// The HTTP API and the web pages, over the faces of the other modules. Started once, closed once.
///
/// ```java
/// try (ConsoleServer console = new ConsoleServer(config, parts)) {
///   console.start();
/// }
/// ```
public final class ConsoleServer implements AutoCloseable {
  private final Server server;
  private final Housekeeping housekeeping;
  private final List<Route> routes;

  public ConsoleServer(ConsoleConfig config, ConsoleParts parts) {
    Json json = new Json();
    Cookies cookies = new Cookies("https".equals(config.publicUrl().getScheme()));
    Sessions sessions = new Sessions(parts.database(), parts.clock());
    Idempotency idempotency = new Idempotency(parts.database(), parts.clock());
    Doorkeeper doorkeeper = new Doorkeeper(parts.accounts(), sessions, parts.clock());
    List<Route> all = new ArrayList<>();
    all.addAll(new SystemApi(parts.database(), version(), json).routes());
    all.addAll(new SessionApi(parts.accounts(), sessions, doorkeeper, cookies).routes());
    all.addAll(new UsersApi(parts.accounts(), sessions).routes());
    all.addAll(new ApiKeysApi(parts.apiKeys()).routes());
    all.addAll(new StaticFiles(Assets.load()).routes());
    this.routes = List.copyOf(all);
    this.housekeeping = new Housekeeping(sessions, idempotency);
    this.server =
        new Server(
            new Server.Settings(
                config.host(),
                config.port(),
                config.publicUrl(),
                TrustedProxies.of(config.trustedProxies())),
            new Server.Identity(
                parts.accounts(), sessions, parts.apiKeys(), parts.links(), idempotency, cookies),
            json,
            routes,
            new PlainProblemPages());
  }

  /// Begins to answer requests.
  ///
  /// @throws IllegalStateException when the address cannot be listened on; the message says so
  public void start() {
    server.start();
    housekeeping.start();
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// All that it answers to.
  public List<Route> routes() {
    return routes;
  }

  /// Takes no more requests and waits ten seconds for those under way.
  @Override
  public void close() {
    housekeeping.close();
    server.close();
  }

  private static String version() {
    String version = ConsoleServer.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
