package dev.entrepot.kit.remote;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A system on loopback that answers with exactly the bytes it is told, or not at all.
final class RawRemote implements AutoCloseable {
  /// Instead of an answer: cut the connection.
  static final String CUT = "";

  /// Instead of an answer: silence until it is closed.
  static final String SILENCE = "silence";

  private final ServerSocket listener;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String answer;

  RawRemote(String answer) {
    this.answer = answer;
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  static String status(int status, String headers, String body) {
    return "HTTP/1.1 %d Said\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(
            status,
            headers.isEmpty() ? "" : headers + "\r\n",
            body.getBytes(StandardCharsets.UTF_8).length,
            body);
  }

  void answer(String next) {
    answer = next;
  }

  String base() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /// Each with its headers and body.
  List<String> requests() {
    return requests;
  }

  int connections() {
    return connections.get();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String request = read(in); request != null; request = read(in)) {
        requests.add(request);
        String now = answer;
        if (now.equals(CUT)) {
          return;
        }
        if (now.equals(SILENCE)) {
          closed.await();
          return;
        }
        socket.getOutputStream().write(now.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        if (now.startsWith("HTTP/1.1 2") && now.contains("X-Then: cut")) {
          return;
        }
      }
    } catch (IOException e) {
      // The client is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @org.jspecify.annotations.Nullable String read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    int length = 0;
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
