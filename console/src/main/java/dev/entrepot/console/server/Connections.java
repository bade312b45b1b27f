package dev.entrepot.console.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// HTTP/1.1 connections that cannot wait for ever and cannot make the server keep more of a request
/// than [WatchedConnection#MOST_UNREAD] in memory.
final class Connections implements ServerConnectionSelector, AutoCloseable {
  private static final int LARGE_BODY_PATIENCE = 4;

  private final Http1ConnectionSelector http1;
  private final Deadlines deadlines = new Deadlines();
  private final Duration patience;

  /// The connection that each thread serves.
  private final ConcurrentMap<Thread, WatchedConnection> current = new ConcurrentHashMap<>();

  /// @param patience how long one read or write may wait for the client
  Connections(Http1Config config, Duration patience) {
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
    this.patience = patience;
  }

  /// How long a large body may take as a whole, once it is being read.
  Duration patienceWithLargeBodies() {
    return patience.multipliedBy(LARGE_BODY_PATIENCE);
  }

  /// The request's bytes read so far were taken by whoever reads it.
  void bytesTaken() {
    WatchedConnection connection = current.get(Thread.currentThread());
    if (connection != null) {
      connection.bytesTaken();
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    WatchedConnection watched = new WatchedConnection(context, patience);
    return new Served(watched, http1.connection(watched));
  }

  @Override
  public void close() {
    deadlines.close();
  }

  private final class Served implements ServerConnection, InterruptableTask<Void> {
    private final WatchedConnection watched;
    private final ServerConnection delegate;

    private Served(WatchedConnection watched, ServerConnection delegate) {
      this.watched = watched;
      this.delegate = delegate;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      current.put(Thread.currentThread(), watched);
      deadlines.watch(watched);
      try {
        delegate.handle(limit);
      } finally {
        deadlines.forget(watched);
        current.remove(Thread.currentThread());
      }
    }

    /// Whether it only waits for another request.
    @Override
    public boolean canInterrupt() {
      return delegate instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Void call() {
      throw new UnsupportedOperationException("connections are handled, not called");
    }

    @Override
    public Duration idleTime() {
      return delegate.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      delegate.close(interrupt);
    }
  }
}
