package dev.entrepot.console.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// A connection whose every wait for the client has an end, and whose reader refuses to pile up
/// bytes that nobody takes (the HTTP library holds each chunk of a chunked body as a whole, however
/// large its sender says it is). The first line and the headers of a request must be whole within
/// the time of one wait: a client that sends them byte by byte would wait anew with each.
final class WatchedConnection implements ConnectionContext, Deadlines.Waiting {
  /// The most bytes held of a request before its reader takes them.
  static final int MOST_UNREAD = 2 << 20;

  private final ConnectionContext delegate;
  private final long patienceNanos;
  private final DataReader reader;
  private final DataWriter writer;
  private volatile long deadline;
  private int unread;

  /// Whether what comes next belongs to a request that nobody has begun to answer.
  private boolean beforeRequest = true;

  /// By when that request's headers must be whole; 0: nothing of them came yet.
  private long headersDeadline;

  WatchedConnection(ConnectionContext delegate, Duration patience) {
    this.delegate = delegate;
    this.patienceNanos = patience.toNanos();
    this.reader = DataReader.create(this::pull);
    this.writer = new WatchedWriter(delegate.dataWriter());
  }

  /// What came so far was taken by whoever answers the request.
  void bytesTaken() {
    unread = 0;
    beforeRequest = false;
    headersDeadline = 0;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void breakOff() {
    try {
      delegate.serverSocket().close();
    } catch (UncheckedIOException e) {
      // It is closed: that is all that was wanted.
    }
  }

  private byte @Nullable [] pull() {
    if (unread > MOST_UNREAD) {
      throw new CloseConnectionException(
          "a client sent more than " + MOST_UNREAD + " bytes in one piece");
    }
    DataReader identified = delegate.dataReader();
    int available = identified.available();
    // What was read to find out which protocol it is comes first.
    byte[] bytes = available > 0 ? identified.readBuffer(available).readBytes() : receive();
    if (bytes != null) {
      unread += bytes.length;
    }
    if (beforeRequest && headersDeadline == 0) {
      headersDeadline = System.nanoTime() + patienceNanos;
    }
    return bytes;
  }

  private byte @Nullable [] receive() {
    long now = System.nanoTime();
    if (headersDeadline != 0 && now - headersDeadline > 0) {
      throw new CloseConnectionException("a client took too long for its headers");
    }
    deadline = headersDeadline == 0 ? now + patienceNanos : headersDeadline;
    try {
      return delegate.serverSocket().get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("a client is gone", e);
    } finally {
      deadline = 0;
    }
  }

  private void sending(Runnable send) {
    deadline = System.nanoTime() + patienceNanos;
    try {
      send.run();
    } finally {
      deadline = 0;
      beforeRequest = true;
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return delegate.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return delegate.executor();
  }

  @Override
  public Router router() {
    return delegate.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return delegate.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return delegate.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return delegate.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return delegate.localPeer();
  }

  @Override
  public boolean isSecure() {
    return delegate.isSecure();
  }

  @Override
  public String socketId() {
    return delegate.socketId();
  }

  @Override
  public String childSocketId() {
    return delegate.childSocketId();
  }

  private final class WatchedWriter implements DataWriter {
    private final DataWriter plain;

    private WatchedWriter(DataWriter plain) {
      this.plain = plain;
    }

    @Override
    public void write(BufferData... buffers) {
      sending(() -> plain.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
      sending(() -> plain.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
      sending(() -> plain.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
      sending(() -> plain.writeNow(buffer));
    }

    @Override
    public void flush() {
      sending(plain::flush);
    }

    @Override
    public void close() {
      plain.close();
    }
  }
}
