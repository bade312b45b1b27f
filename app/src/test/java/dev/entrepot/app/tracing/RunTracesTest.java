package dev.entrepot.app.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunObserver.Side;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Books;
import dev.entrepot.spi.remote.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Against a server that takes what a collector takes.
final class RunTracesTest {
  private static final UUID RUN = UUID.fromString("01a1fe15-2bac-7002-b95b-74be1f091cbf");
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void aRunIsATraceOfItsOwnIdWithItsPagesAndExchanges() throws IOException {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          synchronized (taken) {
            exchange.getRequestBody().transferTo(taken);
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try (RunTraces traces =
        RunTraces.to(
            URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/"), "node-1")) {
      traces.started(run(RunState.RUNNING));
      traces.page(RUN, "acme", 1, 100, AT, Duration.ofMillis(20));
      traces.exchange(
          RUN,
          "acme",
          Side.DESTINATION,
          new Exchange(
              AT,
              "write-products",
              "POST",
              URI.create("http://kong.example/products/bulk"),
              503,
              Duration.ofMillis(12),
              Map.of(),
              "",
              Map.of(),
              "",
              null));
      traces.ended(run(RunState.SUCCESS));
    } finally {
      collector.stop(0);
    }
    String sent = taken.toString(StandardCharsets.ISO_8859_1);
    assertThat(sent)
        .contains("entrepot", "node-1", "run siesa-kong", "client_id", "acme", "entrepot.page")
        .contains("POST /products/bulk", "write-products", "entrepot.received", "success");
    byte[] id = HexFormat.of().parseHex(RUN.toString().replace("-", ""));
    assertThat(sent).contains(new String(id, StandardCharsets.ISO_8859_1));
  }

  private static Run run(RunState state) {
    return new Run(
        RUN,
        "acme",
        "siesa-kong",
        "siesa",
        "kong",
        RunMode.INITIAL,
        "schedule",
        "system:scheduler",
        AT,
        state,
        null,
        false,
        null,
        state == RunState.SUCCESS,
        null,
        1,
        AT,
        state == RunState.SUCCESS ? AT.plusSeconds(3) : null,
        Duration.ZERO,
        "node-1",
        1,
        1,
        0,
        100L,
        0,
        null,
        null,
        new Books(100, 100, 0, 0, 0, 0),
        List.of());
  }
}
