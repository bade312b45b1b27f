package dev.entrepot.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.entrepot.cli.api.ApiException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Against a server that answers as told: what the real one answers is tested where both are.
class ApiTest {
  private HttpServer server;
  private Api api;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    api = new Api(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "k");
  }

  @AfterEach
  void stop() {
    api.close();
    server.stop(0);
  }

  @Test
  void aProblemIsReadWithItsFields() {
    answer(
        422,
        "application/problem+json",
        """
        {"title": "Invalid", "detail": "vendor NORDIC cannot be saved",
         "errors": [{"field": "currency", "message": "\\"EURO\\" is no ISO 4217 code"}]}
        """);
    assertThatThrownBy(() -> api.get(Query.of("/x")))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessage("vendor NORDIC cannot be saved\n  currency: \"EURO\" is no ISO 4217 code");
  }

  @Test
  void anAnswerWithoutExplanationNamesTheRequest() {
    answer(502, "text/html", "<h1>Bad Gateway</h1>");
    assertThatThrownBy(() -> api.get(Query.of("/vendors")))
        .hasMessage("the server answered 502 to GET /api/v1/vendors");
  }

  @Test
  void aWrongKeySaysHowToGiveOne() {
    answer(401, "application/problem+json", "{\"title\": \"Unauthorized\"}");
    assertThatThrownBy(() -> api.get(Query.of("/me")))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORISED))
        .hasMessageContaining("ENTREPOT_API_KEY");
  }

  @Test
  void aQuotaThatIsUsedUpSaysWhenThereIsRoomAgainInHours() {
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "86378");
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        });
    assertThatThrownBy(() -> api.get(Query.of("/x")))
        .hasMessageEndingWith("Try again in 24 hours.");
  }

  @Test
  void nobodyThere() {
    server.stop(0);
    assertThatThrownBy(() -> api.get(Query.of("/me")))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
        .hasMessageContaining("entrepot doctor");
  }

  @Test
  void anAnswerThatIsNoJsonAsksForTheAddress() {
    answer(200, "text/html", "<html>");
    assertThatThrownBy(() -> api.get(Query.of("/me")))
        .hasMessageContaining("is not JSON")
        .hasMessageContaining("the address of an Entrepot?");
  }

  @Test
  void aServerThatIsSlowToSayGoOnIsAskedOnceMore() throws Exception {
    byte[] bytes = "sku,price\n".getBytes(StandardCharsets.UTF_8);
    try (ServerSocket slow = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        ExecutorService serving = Executors.newVirtualThreadPerTaskExecutor();
        Api asking = new Api(URI.create("http://127.0.0.1:" + slow.getLocalPort()), "k")) {
      Future<List<String>> heads =
          serving.submit(() -> {
            // The bytes come although nobody said so: only then is it said.
            String first = exchange(slow, bytes.length, "HTTP/1.1 100 Continue\r\n\r\n", "early");
            return List.of(first, exchange(slow, bytes.length, "", "late"));
          });
      JsonNode answer =
          asking.send(
              Query.of("/uploads"),
              new Api.Content(
                  "a.csv", () -> new ByteArrayInputStream(bytes), bytes.length, _ -> {}));
      assertThat(answer.path("id").asString()).isEqualTo("late");
      assertThat(heads.get().getFirst()).containsIgnoringCase("expect: 100-continue");
      assertThat(heads.get().getLast()).doesNotContainIgnoringCase("expect:");
    }
  }

  @Test
  void whatCanBeReadOnceOnlyIsNotSentTwice() throws Exception {
    byte[] bytes = "sku,price\n".getBytes(StandardCharsets.UTF_8);
    try (ServerSocket slow = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        ExecutorService serving = Executors.newVirtualThreadPerTaskExecutor();
        Api asking = new Api(URI.create("http://127.0.0.1:" + slow.getLocalPort()), "k")) {
      Future<Void> said =
          serving.submit(() -> {
            try (Socket connection = slow.accept()) {
              String sent = "";
              while (!sent.endsWith("0\r\n\r\n")) {
                int next = connection.getInputStream().read();
                assertThat(next).as("more than " + sent).isNotNegative();
                sent += (char) next;
              }
              connection
                  .getOutputStream()
                  .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              return null;
            }
          });
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() ->
              asking.send(
                  Query.of("/uploads"),
                  new Api.Content("-", () -> new ByteArrayInputStream(bytes), -1, _ -> {})))
          .withMessageContaining("send it again")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(ApiException.Kind.UNREACHABLE));
      said.get();
    }
  }

  /// Takes a request whole, and answers it.
  ///
  /// @return its head
  private static String exchange(ServerSocket server, int length, String before, String id)
      throws IOException {
    try (Socket connection = server.accept()) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) connection.getInputStream().read());
      }
      assertThat(connection.getInputStream().readNBytes(length)).hasSize(length);
      String body = "{\"id\": \"" + id + "\"}";
      connection
          .getOutputStream()
          .write(
              (before
                      + "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n"
                      + "Content-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      return head.toString();
    }
  }

  @Test
  void bytesAreSentAsTheyAreAndCounted() {
    byte[] bytes = new byte[100_000];
    bytes[99_999] = 7;
    List<byte[]> received = new ArrayList<>();
    List<String> lengths = new ArrayList<>();
    server.createContext(
        "/",
        exchange -> {
          lengths.add(exchange.getRequestHeaders().getFirst("Content-Length"));
          received.add(exchange.getRequestBody().readAllBytes());
          respond(exchange, 202, "application/json", "{\"id\": \"1\"}");
        });
    List<Long> sent = new ArrayList<>();
    api.send(
        Query.of("/uploads"),
        new Api.Content("a.csv", () -> new ByteArrayInputStream(bytes), 100_000, sent::add));
    assertThat(received).containsExactly(bytes);
    assertThat(lengths).containsExactly("100000");
    assertThat(sent.getLast()).isEqualTo(100_000);
  }

  @Test
  void aConnectionThatBreaksOffIsToldSo() {
    server.createContext("/", HttpExchange::close);
    assertThatThrownBy(() -> api.get(Query.of("/vendors")))
        .hasMessageContaining("the connection broke off before it answered")
        .hasMessageNotContaining("header parser");
  }

  @Test
  void eventsAreHeardUntilEnough() {
    answer(
        200,
        "text/event-stream",
        """
        : a comment
        event: progress
        data: {"n": 1}

        event: progress
        data: {"n":
        data:  2}

        data: {"n": 3}

        """);
    List<Integer> heard = new ArrayList<>();
    boolean enough =
        api.listen(
            Query.of("/events"),
            event -> {
              heard.add(event.path("n").intValue());
              return heard.size() < 2;
            });
    assertThat(heard).containsExactly(1, 2);
    assertThat(enough).isTrue();
    heard.clear();
    assertThat(api.listen(Query.of("/events"), event -> heard.add(event.path("n").intValue())))
        .isFalse();
    assertThat(heard).containsExactly(1, 2, 3);
  }

  private void answer(int status, String type, String body) {
    server.createContext("/", exchange -> respond(exchange, status, type, body));
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
