package dev.entrepot.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UploadEventsTest {
  // Longer than any test may take: what ends before did not wait to be cut.
  private static final Duration GRACE = Duration.ofMinutes(30);

  // Nothing reads the upload, so its events go on until somebody stops.
  private final TestConsole console = new TestConsole(TestConsole.Engine.RESTS, GRACE);
  private final TestClient operator = console.program(Role.OPERATOR, null);
  private final List<Listener> listeners = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Listener listener : listeners) {
      listener.socket().close();
    }
    console.close();
  }

  private record Listener(Socket socket, BufferedReader lines) {
    /// The next line that is an event's data; empty at the end of the stream.
    String data() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          return line;
        }
      }
      return "";
    }
  }

  private String upload() {
    console.vendor("VEND001");
    Reply reply =
        operator.send(
            "POST",
            "/api/v1/uploads?vendor=VEND001&file_name=a.csv",
            BodyPublishers.ofString("sku\r\n1\r\n"),
            "text/csv");
    return reply.header("Location") + "/events";
  }

  private Listener listen(String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), operator.port());
    socket.setSoTimeout((int) TestConsole.PATIENCE.toMillis());
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n"
            .formatted(path, operator.header("Authorization"));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    Listener listener =
        new Listener(
            socket,
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    listeners.add(listener);
    return listener;
  }

  @Test
  void everyListenerIsToldAtOnce() throws Exception {
    String path = upload();
    for (int i = 0; i < 3; i++) {
      assertThat(listen(path).data()).contains("\"state\":\"received\"", "Waiting to be read");
    }
  }

  @Test
  void streamsEndWhenTheServerStops() throws Exception {
    Listener listener = listen(upload());
    assertThat(listener.data()).isNotEmpty();
    console.server().close();
    assertThat(listener.data()).isEmpty();
  }

  @Test
  void nobodyListensToTooMany() throws Exception {
    String path = upload();
    for (int i = 0; i < 20; i++) {
      assertThat(listen(path).data()).isNotEmpty();
    }
    Reply refused = operator.get(path);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isNotEmpty();
  }
}
