package dev.entrepot.bench.rough;

import dev.entrepot.bench.ServedProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A sender that behaves: it signs as Shopify does, and repeats what was not answered with 200.
final class Shop implements AutoCloseable {
  static final String TOPIC = "orders/updated";

  private static final String ALGORITHM = "HmacSHA256";
  private static final long PAUSE = 200_000_000L;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String secret;

  Shop(int port, String secret) {
    this.port = port;
    this.secret = secret;
  }

  /// Sends an event once.
  HttpResponse<String> send(String id, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/hooks/" + ServedProgram.CONNECTION))
            .header("X-Shopify-Hmac-Sha256", signature(body))
            .header("X-Shopify-Topic", TOPIC)
            .header("X-Shopify-Shop-Domain", "shop.example")
            .header("X-Shopify-Event-Id", id)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /// Sends an event until it is kept.
  void insist(String id, byte[] body) throws IOException, InterruptedException {
    while (send(id, body).statusCode() != 200) {
      LockSupport.parkNanos(PAUSE);
    }
  }

  /// The head of a delivery with a body of so many bytes, as it goes over the wire.
  static String head(int bytes) {
    return """
    POST /hooks/%s HTTP/1.1\r
    Host: x\r
    X-Shopify-Hmac-Sha256: none\r
    X-Shopify-Topic: %s\r
    X-Shopify-Shop-Domain: shop.example\r
    X-Shopify-Event-Id: rough\r
    Content-Length: %d\r
    \r
    """
        .formatted(ServedProgram.CONNECTION, TOPIC, bytes);
  }

  /// What the log calls an event of this id.
  static String externalId(String id) {
    return id + ":" + TOPIC;
  }

  /// The state of an order, of so many bytes.
  static byte[] order(int number, int bytes) {
    String beginning =
        "{\"id\":%d,\"updated_at\":\"2026-11-01T00:00:00Z\",\"note\":\"".formatted(number);
    return (beginning + "n".repeat(Math.max(0, bytes - beginning.length() - 2)) + "\"}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available in this Java", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
