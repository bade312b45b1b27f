package dev.entrepot.bench.syncparts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Calls to Siesa and Kong by the JDK's client. Safe for use by many threads.
public final class HttpCalls implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();

  /// A page of Siesa's products.
  public byte[] page(SyncWorld world, String account, int page)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "%s/inventory/products?page=%d&limit=%d"
                .formatted(world.siesa(), page, SyncWorld.PAGE));
    return send(
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + SyncWorld.siesaKey(account))
            .build());
  }

  /// A call to Kong.
  public byte[] post(SyncWorld world, String account, String path, byte[] body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(world.kong() + path))
            .timeout(PATIENCE)
            .header("X-API-Key", SyncWorld.kongKey(account))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IOException(request.uri() + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
