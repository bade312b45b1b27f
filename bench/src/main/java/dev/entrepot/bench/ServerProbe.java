package dev.entrepot.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks a server whether it is there yet.
public final class ServerProbe {
  private static final Duration LOOK = Duration.ofMillis(5);

  private ServerProbe() {}

  /// A port that nobody listens on at the moment.
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Returns with the first answer that says the server and its database are ready.
  ///
  /// @throws IOException when the process ends, or the time is over
  public static void awaitAnswer(int port, Process process, Duration atMost)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long end = System.nanoTime() + atMost.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (process.isAlive() && System.nanoTime() < end) {
        try {
          int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
          if (status == 200) {
            return;
          }
        } catch (IOException e) {
          // Not there yet.
        }
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    }
    throw new IOException("the program does not answer on port " + port + "; see its log");
  }
}
