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
    answers.add("{\"approved\": 5000, \"declined\": 0, \"refused\": 1, \"left\": 3000}");
    answers.add("{\"approved\": 2000, \"declined\": 0, \"refused\": 0, \"left\": 1000}");
    answers.add("{\"approved\": 1000, \"declined\": 0, \"refused\": 2, \"left\": 0}");
    List<String> told = new ArrayList<>();
    JsonNode decision =
        new RowDecision(api)
            .toTheEnd("7", "approve", Api.object(), soFar -> told.add(soFar.toString()));
    assertThat(decision.toString())
        .isEqualTo("{\"approved\":8000,\"declined\":0,\"refused\":3,\"left\":0}");
    assertThat(told)
        .containsExactly(
            "{\"approved\":5000,\"declined\":0,\"refused\":1,\"left\":3000}",
            "{\"approved\":7000,\"declined\":0,\"refused\":1,\"left\":1000}");
    assertThat(asked).hasSize(3).containsOnly("/api/v1/uploads/7/approve {}");
  }

  @Test
  void itEndsWhereNothingIsDecidedAnyMore() {
    answers.add("{\"approved\": 0, \"declined\": 0, \"refused\": 0, \"left\": 4}");
    JsonNode decision = new RowDecision(api).toTheEnd("7", "decline", Api.object(), _ -> {});
    assertThat(decision.path("left").intValue()).isEqualTo(4);
  }
}
