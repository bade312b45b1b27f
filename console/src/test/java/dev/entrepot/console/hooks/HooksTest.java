package dev.entrepot.console.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestConsole;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.connections.InboxConnection.State;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.LoggedEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HooksTest {
  private static final int CHUNK = 64 * 1024;

  private static final TestConsole CONSOLE = new TestConsole();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int MOST = 300_000;

  @BeforeAll
  static void connect() {
    connection("shop", State.ENABLED);
    connection("closed", State.DISABLED);
  }

  private static void connection(String name, State state) {
    ConnectionDraft draft = ConnectionDraft.of(name, "main", "plain", Map.of());
    CONSOLE
        .inbox()
        .connections()
        .create(
            TestConsole.TEST,
            new ConnectionDraft(
                name, "main", "plain", name, Map.of(), state, MOST, draft.deadLetters()),
            "right");
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    CONSOLE.close();
  }

  private static HttpResponse<String> send(
      String connection, String secret, String id, BodyPublisher body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + CONSOLE.server().port() + "/hooks/" + connection))
            .header("Secret", secret)
            .header("Id", id)
            .POST(body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void nothingIsPostedToAConnectionWhoseEventsAreFetched() throws Exception {
    var _ =
        CONSOLE
            .inbox()
            .connections()
            .create(
                TestConsole.TEST,
                ConnectionDraft.of("queue", "main", "waiting", Map.of("place", "pier")),
                null);
    HttpResponse<String> answer = send("queue", "right", "f-1", BodyPublishers.ofString("{}"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("/problems/not-posted", "are fetched");
  }

  private static List<LoggedEvent> kept(String id) {
    return CONSOLE
        .inbox()
        .events()
        .find(new EventFilter("shop", null, null, id, null, null), null, 10)
        .items()
        .stream()
        .map(head -> CONSOLE.inbox().events().find(head.position()).orElseThrow())
        .toList();
  }

  @Test
  void keepsAnEventAsItCameAndTellsItsRepetition() throws Exception {
    byte[] body = "{\"naïve\": \"\0\"}\n".getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> first = send("shop", "right", "e-1", BodyPublishers.ofByteArray(body));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).contains("\"duplicate\":false");
    assertThat(kept("e-1")).hasSize(1);
    assertThat(kept("e-1").getFirst().body().bytes()).isEqualTo(body);
    assertThat(kept("e-1").getFirst().headers().first("id")).contains("e-1");
    HttpResponse<String> again = send("shop", "right", "e-1", BodyPublishers.ofByteArray(body));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .isEqualTo(first.body().replace("\"duplicate\":false", "\"duplicate\":true"));
    assertThat(kept("e-1")).hasSize(1);
  }

  @Test
  void refusesWhatIsNotToBeKept() throws Exception {
    HttpResponse<String> forged = send("shop", "wrong", "e-2", BodyPublishers.ofString("{}"));
    assertThat(forged.statusCode()).isEqualTo(401);
    assertThat(forged.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(forged.body()).contains("/problems/forged", "the header Secret");
    assertThat(send("nobody", "right", "e-2", BodyPublishers.ofString("{}")).statusCode())
        .isEqualTo(404);
    assertThat(send("closed", "right", "e-2", BodyPublishers.ofString("{}")).statusCode())
        .isEqualTo(403);
    assertThat(kept("e-2")).isEmpty();
  }

  @Test
  void takesBodiesUpToTheLimitAndNoLarger() throws Exception {
    byte[] largest = new byte[MOST];
    new Random(1).nextBytes(largest);
    assertThat(send("shop", "right", "e-3", BodyPublishers.ofByteArray(largest)).statusCode())
        .isEqualTo(200);
    assertThat(kept("e-3").getFirst().body().bytes()).isEqualTo(largest);
    BodyPublisher unannounced =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(largest));
    assertThat(send("shop", "right", "e-4", unannounced).statusCode()).isEqualTo(200);
    assertThat(kept("e-4").getFirst().body().bytes()).isEqualTo(largest);
    assertThat(send("shop", "right", "e-5", BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    assertThat(kept("e-5").getFirst().body().size()).isZero();

    byte[] larger = new byte[MOST + 1];
    assertThat(send("shop", "right", "e-6", BodyPublishers.ofByteArray(larger)).statusCode())
        .isEqualTo(413);
    BodyPublisher largerUnannounced =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(larger));
    assertThat(send("shop", "right", "e-7", largerUnannounced).statusCode()).isEqualTo(413);
    assertThat(kept("e-6")).isEmpty();
    assertThat(kept("e-7")).isEmpty();
  }

  @Test
  void keepsNothingOfASenderThatStopsInTheMiddle() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), CONSOLE.server().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /hooks/shop HTTP/1.1\r\nHost: x\r\nSecret: right\r\nId: e-8\r\n"
                  + "Content-Length: 100\r\n\r\n{\"half\"")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).asString().doesNotContain("200 OK");
    }
    assertThat(kept("e-8")).isEmpty();
  }

  /// A sender that writes all before it reads gets to read the answer, whether it announced how
  /// much that is or not.
  @Test
  void theRestOfWhatIsRefusedIsReadSoThatTheAnswerIs() throws Exception {
    byte[] large = new byte[4 << 20];
    for (String head : List.of("Content-Length: " + large.length, "Transfer-Encoding: chunked")) {
      for (String connection : List.of("shop", "nobody", "closed")) {
        String answer = wholeAnswer(connection, head, large);
        // What is too large is told first, when it is announced.
        String refused = connection.equals("closed") ? "HTTP/1.1 4(13|0.) .*" : "HTTP/1.1 40. .*";
        assertThat(answer.lines().findFirst().orElse(""))
            .as(connection + ", " + head)
            .matches(connection.equals("shop") ? "HTTP/1.1 413 .*" : refused);
        assertThat(answer).contains("/problems/");
      }
    }
  }

  private static void writeChunks(OutputStream out, byte[] body) throws IOException {
    for (int from = 0; from < body.length; from += CHUNK) {
      int length = Math.min(CHUNK, body.length - from);
      out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, from, length);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static String wholeAnswer(String connection, String head, byte[] body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), CONSOLE.server().port())) {
      OutputStream out = socket.getOutputStream();
      String start =
          "POST /hooks/%s HTTP/1.1\r\nHost: x\r\nSecret: right\r\nId: e-9\r\n%s\r\n\r\n"
              .formatted(connection, head);
      out.write(start.getBytes(StandardCharsets.US_ASCII));
      if (head.startsWith("Transfer")) {
        writeChunks(out, body);
      } else {
        out.write(body);
      }
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Timeout(180)
  void aSenderThatDripsARefusedBodyIsCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), CONSOLE.server().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /hooks/nobody HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String answer = "";
      int dripped = 0;
      try {
        for (; dripped < 300_000; dripped++) {
          out.write('x');
          out.flush();
          InputStream in = socket.getInputStream();
          answer += new String(in.readNBytes(in.available()), StandardCharsets.UTF_8);
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
      } catch (SocketException e) {
        assertThat(e).as("it is closed").isNotNull();
      }
      assertThat(answer).startsWith("HTTP/1.1 404");
      assertThat(dripped).isLessThan(300_000);
    }
  }

  @Test
  void isGivenBackWhatRoomASenderTook() {
    Room room = new Room(64 << 10);
    try (Room.Share other = room.share()) {
      try (Room.Share one = room.share()) {
        assertThat(one.reach(40_000)).isTrue();
        assertThat(one.reach(30_000)).isTrue();
        assertThat(other.reach(30_000)).isFalse();
      }
      assertThat(other.reach(60_000)).isTrue();
    }
    try (Room.Share all = room.share()) {
      assertThat(all.reach(64 << 10)).isTrue();
      assertThat(all.reach((64 << 10) + 1)).isFalse();
    }
  }
}
