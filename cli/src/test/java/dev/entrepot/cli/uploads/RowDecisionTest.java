package dev.entrepot.cli.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.cli.api.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Against a server that answers as told: what the real one answers is tested where both are.
class RowDecisionTest {
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private Api api;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(exchange.getRequestURI() + " " + body);
          byte[] answer = answers.remove().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    api = new Api(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "k");
  }

  @AfterEach
  void stop() {
    api.close();
    server.stop(0);
  }

  @Test
  void itGoesOnUntilNothingIsLeft() {
    answers.add(answer(5000, 1, 3000, 0));
    answers.add(answer(2000, 0, 1000, 0));
    answers.add(answer(1000, 2, 0, 0));
    List<String> told = new ArrayList<>();
    JsonNode decision =
        new RowDecision(api)
            .toTheEnd("7", "approve", Api.object(), soFar -> told.add(soFar.toString()));
    assertThat(decision.toString())
        .isEqualTo(
            "{\"approved\":8000,\"declined\":0,\"refused\":3,\"left\":0,\"older\":0,\"newer\":[]}");
    assertThat(told)
        .containsExactly(
            "{\"approved\":5000,\"declined\":0,\"refused\":1,\"left\":3000,\"older\":0,\"newer\":[]}",
            "{\"approved\":7000,\"declined\":0,\"refused\":1,\"left\":1000,\"older\":0,\"newer\":[]}");
    assertThat(asked).hasSize(3).containsOnly("/api/v1/uploads/7/approve {}");
  }

  private static String answer(long approved, long refused, long left, long older) {
    return """
    {"approved": %d, "declined": 0, "refused": %d, "left": %d, "older": %d, "newer": [%s]}
    """
        .formatted(approved, refused, left, older, older == 0 ? "" : "\"8\"");
  }

  @Test
  void itEndsWhereItGetsNoFurther() {
    answers.add(answer(0, 0, 4, 0));
    answers.add(answer(0, 0, 4, 0));
    JsonNode decision = new RowDecision(api).toTheEnd("7", "decline", Api.object(), _ -> {});
    assertThat(decision.path("left").intValue()).isEqualTo(4);
  }

  @Test
  void itGoesOnWhereRowsWereOnlyFoundToBeOlder() {
    answers.add(answer(0, 0, 4, 5000));
    answers.add(answer(0, 0, 2, 5002));
    answers.add(answer(2, 0, 0, 5002));
    JsonNode decision = new RowDecision(api).toTheEnd("7", "approve", Api.object(), _ -> {});
    assertThat(RowDecision.inWords(decision))
        .isEqualTo("approved 2, declined 0, refused 0, older 5,002");
    assertThat(RowDecision.advice(decision, "7"))
        .containsExactly(
            "5,002 rows wait still: received later, upload 8 brought the same products meanwhile",
            "put the older values back with: entrepot uploads approve 7 --even-older",
            "or leave them out with: entrepot uploads decline 7 --reason TEXT");
  }
}
