package dev.entrepot.console.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.console.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that do not keep to HTTP, or stop in the middle of it.
class UnrulyClientsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final CountDownLatch GIVEN_UP = new CountDownLatch(1);
  private static final AtomicReference<String> BROKEN = new AtomicReference<>("");
  private static final TestServer SERVER =
      new TestServer(
          PATIENCE,
          Route.get("/page", "page", Access.open(), _ -> Answer.html(200, "<p>page</p>")),
          Route.post("/api/read", "read", Access.authenticated(), UnrulyClientsTest::read)
              .taking(Body.stream()),
          Route.post("/api/large", "large", Access.authenticated(), UnrulyClientsTest::large)
              .taking(Body.json(16 << 20)),
          Route.get("/api/endless", "endless", Access.open(), UnrulyClientsTest::endless));

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static Answer read(Exchange exchange) {
    try (InputStream body = exchange.stream()) {
      return Answer.json(body.transferTo(OutputStream.nullOutputStream()));
    } catch (IOException e) {
      BROKEN.set(e.getClass().getSimpleName());
      throw new UncheckedIOException(e);
    }
  }

  private static Answer large(Exchange exchange) {
    return Answer.json(exchange.json(Object.class));
  }

  private static Answer endless(Exchange exchange) {
    return Answer.stream(
        "text/plain",
        out -> {
          try {
            while (true) {
              out.write(new byte[8192]);
            }
          } finally {
            GIVEN_UP.countDown();
          }
        });
  }

  @Test
  void whatIsNotHttpGetsAProblem() throws Exception {
    assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).contains("400", "/problems/malformed");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(20_000) + "\r\n\r\n"))
        .contains("application/problem+json");
    assertThat(raw("BREW / HTTP/1.1\r\nHost: x\r\n\r\n")).contains("40");
  }

  @Test
  void clientsThatStopAreGivenUp() throws Exception {
    String key = key();
    // In the middle of the headers, of a body, of a chunk.
    assertThat(raw("GET /page HTTP/1.1\r\nHost: x\r\nAcc")).isEmpty();
    assertThat(raw("POST /api/read HTTP/1.1\r\nHost: x\r\n" + key + "Content-Length: 9\r\n\r\nabc"))
        .isEmpty();
    assertThat(BROKEN.get()).isEqualTo("BrokenRequestException");
    assertThat(
            raw(
                "POST /api/read HTTP/1.1\r\nHost: x\r\n"
                    + key
                    + "Transfer-Encoding: chunked\r\n\r\n7fffff\r\nabc"))
        .isEmpty();
  }

  /// Each byte is well within the patience of one read.
  @Test
  @Timeout(300)
  void headersByteByByteAreCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      OutputStream out = socket.getOutputStream();
      out.write("GET /page HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(UTF_8));
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write('x');
                  LockSupport.parkNanos(PATIENCE.toNanos() / 10);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  /// Large bodies are held in memory a few at a time: who sends them without end holds no place.
  @Test
  @Timeout(300)
  void largeBodiesByteByByteAreCutOff() throws Exception {
    // A pause of ours that is longer than its patience ends in no answer at all.
    String status = "";
    while (status.isEmpty()) {
      status = statusOfEndlessBody();
    }
    assertThat(status).isEqualTo("HTTP/1.1 408");
  }

  private static String statusOfEndlessBody() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/large HTTP/1.1\r\nHost: x\r\n"
                  + key()
                  + "Content-Type: application/json\r\nContent-Length: 4000000\r\n\r\n[")
              .getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      while (in.available() == 0) {
        out.write(' ');
        LockSupport.parkNanos(PATIENCE.toNanos() / 20);
      }
      return new String(in.readNBytes(12), UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void aChunkWithoutEndIsCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/read HTTP/1.1\r\nHost: x\r\n"
                  + key()
                  + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n")
              .getBytes(UTF_8));
      byte[] block = new byte[64 * 1024];
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 4_000; i++) {
                  out.write(block);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientThatDoesNotReadIsGivenUp() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket
          .getOutputStream()
          .write("GET /api/endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      assertThat(GIVEN_UP.await(120, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    String answer =
        raw("GET /page HTTP/1.1\r\nHost: x\r\n\r\nGET /page HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer.split("<p>page</p>", -1)).hasSize(3);
  }

  private static String key() {
    // The header as a raw request needs it.
    return "Authorization: " + SERVER.program(Role.ADMIN).header("Authorization") + "\r\n";
  }

  /// Sends bytes and reads until the server closes.
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.setSoTimeout(120_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
