package dev.entrepot.kit.remote;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// What all clients of an account share. Connections are made with the first client and closed with
/// the last. Safe for use by many threads.
final class SharedAccount {

  private record Connections(HttpClient http, ExecutorService threads) {}

  private final RemoteSettings settings;
  private final CircuitBreaker breaker;
  private @Nullable Connections connections;
  private int clients;

  SharedAccount(RemoteSettings settings) {
    this.settings = settings;
    this.breaker = new CircuitBreaker(settings.breaker());
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  /// Connections to call through until [#leave].
  synchronized HttpClient join() {
    if (connections == null) {
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      connections = new Connections(http(threads), threads);
    }
    clients++;
    return connections.http();
  }

  synchronized void leave() {
    clients--;
    if (clients == 0 && connections != null) {
      connections.http().shutdownNow();
      connections.threads().shutdown();
      connections = null;
    }
  }

  // HTTP/1.1: a connection carries one call at a time, so that one that breaks harms no other.
  private HttpClient http(ExecutorService threads) {
    Duration connect =
        settings.connect().compareTo(settings.answer()) < 0
            ? settings.connect()
            : settings.answer();
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connect)
        .executor(threads)
        .build();
  }
}
