package dev.entrepot.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.cli.api.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Against a server that knows how much came to each connection.
class OwnBooksTest {

  @Test
  void whatCameToConnectionsOfOthersDoesNotCount() throws IOException {
    Map<String, String> books =
        Map.of(
            "connection=shops", books(300, 20, 1),
            "connection=payments", books(62, 3, 0),
            "connection=mine", books(9, 1, 1));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer =
              books
                  .getOrDefault(exchange.getRequestURI().getQuery(), books(371, 24, 2))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try (Api api =
        new Api(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "k")) {
      OwnBooks own = OwnBooks.read(api, List.of("shops", "payments"));
      assertThat(own).isEqualTo(new OwnBooks(362, 23, 1));
      assertThat(own.since(new OwnBooks(100, 3, 0))).isEqualTo(new OwnBooks(262, 20, 1));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void onlyWhatIsMissingIsAFailure() {
    OwnBooks own = new OwnBooks(396, 0, 0);
    assertThat(own.lacks(397)).isTrue();
    assertThat(own.lacks(396)).isFalse();
    assertThat(own.more(396)).isEmpty();
    assertThat(own.lacks(387)).isFalse();
    assertThat(own.more(387))
        .hasValueSatisfying(said -> assertThat(said).startsWith("9 more came"));
  }

  private static String books(long received, long unchanged, long pending) {
    return """
    {"now": {"books": {"received": %d, "unchanged": %d, "pending": %d}}}\
    """
        .formatted(received, unchanged, pending);
  }
}
