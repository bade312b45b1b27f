package dev.entrepot.console.server;

import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.idempotency.Idempotency;
import dev.entrepot.console.link.SignedLinks;
import dev.entrepot.console.session.Sessions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The HTTP server with its routes. Started once, closed once.
public final class Server implements AutoCloseable {
  private static final int PER_SECOND = 100;
  private static final int BURST = 500;
  private static final int PER_SECOND_AND_ADDRESS = 300;
  private static final int BURST_OF_ADDRESS = 1_500;

  /// Where it listens, how it is reached, how long it waits.
  ///
  /// @param port 0: any free one
  /// @param patience how long one read or write may wait for the client; also how long a connection
  ///   may lie idle
  /// @param grace how long requests under way may take when it stops
  public record Settings(
      String host,
      int port,
      URI publicUrl,
      TrustedProxies proxies,
      Duration patience,
      Duration grace) {}

  /// How it finds out who asks.
  public record Identity(
      Accounts accounts,
      Sessions sessions,
      ApiKeys apiKeys,
      SignedLinks links,
      Idempotency idempotency,
      Cookies cookies) {}

  private final HttpServer http;

  public Server(
      Settings settings,
      Identity identity,
      Json json,
      List<Route> routes,
      List<DirectRoute> directRoutes,
      ProblemPages problemPages) {
    Connections connections = HttpServer.connections(settings.patience());
    Pipeline.Parts parts =
        new Pipeline.Parts(
            new Router(routes),
            new Authenticator(identity.accounts(), identity.sessions(), identity.apiKeys()),
            new Forgery(settings.publicUrl()),
            identity.cookies(),
            settings.proxies(),
            new RateLimit(PER_SECOND_AND_ADDRESS, BURST_OF_ADDRESS, System::nanoTime),
            new RateLimit(PER_SECOND, BURST, System::nanoTime),
            (path, query) -> linked(identity.links(), path, query),
            new Replay(identity.idempotency(), json),
            json,
            connections);
    this.http =
        new HttpServer(
            new HttpServer.Listening(settings.host(), settings.port(), settings.grace()),
            new Pipeline(parts),
            new Sender(json, SecurityHeaders.of(settings.publicUrl())),
            json,
            problemPages,
            connections,
            directRoutes);
  }

  /// @throws IllegalStateException when the address cannot be listened on
  public void start() {
    http.start();
  }

  /// The port it listens on.
  public int port() {
    return http.port();
  }

  /// Takes no more requests and waits for those under way, within bounds.
  @Override
  public void close() {
    http.close();
  }

  private static boolean linked(SignedLinks links, String path, Form query) {
    Optional<String> expires = query.value("expires");
    Optional<String> signature = query.value("signature");
    return expires.isPresent()
        && signature.isPresent()
        && links.valid(path, expires.get(), signature.get());
  }
}
