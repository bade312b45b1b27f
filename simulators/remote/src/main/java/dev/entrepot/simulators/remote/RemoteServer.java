package dev.entrepot.simulators.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves a simulated system over HTTP on 127.0.0.1, on a virtual thread for every call.
///
/// A call passes, in this order: route (404, 405), credentials (401), limit (429), the faults that
/// are armed, the system itself. `GET /` shows a page to look into it; paths that begin with `/_`
/// are for the people around it and ask for no credentials.
public final class RemoteServer implements AutoCloseable {
  private static final int WAITING_CONNECTIONS = 1024;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  // Read by the JDK's server when its first one is made. Without it an answer of two segments waits
  // for the other side's delayed acknowledgement, 40 ms, as no server out there does.
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private final RemoteSystem system;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Limiter limiter;
  private final Faults faults = new Faults();
  private final CallLog log;

  private RemoteServer(RemoteSystem system, RemoteSettings settings, HttpServer http) {
    this.system = system;
    this.http = http;
    this.limiter = new Limiter(settings.limit());
    this.log = new CallLog(settings.logged());
  }

  /// Listens from now on, until it is closed.
  ///
  /// @throws UncheckedIOException when the port cannot be had
  public static RemoteServer start(RemoteSystem system, RemoteSettings settings) {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    try {
      var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), settings.port());
      var http = HttpServer.create(address, WAITING_CONNECTIONS);
      var server = new RemoteServer(system, settings, http);
      var desk = new Desk(server, settings.clock());
      var operations = new Operations(server);
      http.createContext("/", exchange -> server.serve(exchange, desk, operations));
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot listen on port %d: %s"
              .formatted(system.title(), settings.port(), e.getMessage()),
          e);
    }
  }

  /// Without a slash at the end.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public Faults faults() {
    return faults;
  }

  public CallLog log() {
    return log;
  }

  public RateLimit limit() {
    return limiter.limit();
  }

  /// Changes the limit of all tenants from the next call on.
  public void limit(RateLimit next) {
    limiter.limit(next);
  }

  /// Stops at once; calls under way get no answer.
  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }

  RemoteSystem system() {
    return system;
  }

  Limiter limiter() {
    return limiter;
  }

  /// Is counted down when the server closes: what waits, waits on it.
  CountDownLatch closed() {
    return closed;
  }

  private void serve(HttpExchange exchange, Desk desk, Operations operations) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (path.equals("/") || path.startsWith("/_")) {
        operations.serve(exchange, Call.read(exchange, path));
      } else {
        desk.serve(exchange, path);
      }
    }
  }
}
