package dev.entrepot.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real requests to a console. Immutable but for its connections.
public final class TestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// Looks at every answer.
  @FunctionalInterface
  public interface Witness {
    void see(String method, String path, Reply reply);
  }

  private final int port;
  private final Map<String, String> headers;
  private final Witness witness;

  /// An answer, read to its end.
  public record Reply(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(text());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public TestClient(int port) {
    this(port, (method, path, reply) -> {});
  }

  public TestClient(int port, Witness witness) {
    this(port, Map.of(), witness);
  }

  private TestClient(int port, Map<String, String> headers, Witness witness) {
    this.port = port;
    this.headers = headers;
    this.witness = witness;
  }

  /// The same client with one more header on every request.
  public TestClient with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new TestClient(port, more, witness);
  }

  /// The same client, signed in like a browser.
  public TestClient signedIn(String email, String password) {
    Reply reply =
        post(
            "/api/v1/session", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    if (reply.status() != 200) {
      throw new IllegalStateException("signing in failed: " + reply.text());
    }
    String cookie = reply.header("Set-Cookie");
    return with("Cookie", cookie.substring(0, cookie.indexOf(';')))
        .with("X-CSRF-Token", reply.json().path("csrf_token").stringValue());
  }

  /// A header that goes along with every request.
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public int port() {
    return port;
  }

  public Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody(), null);
  }

  public Reply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), null);
  }

  public Reply post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json), "application/json");
  }

  public Reply put(String path, String json) {
    return send("PUT", path, BodyPublishers.ofString(json), "application/json");
  }

  public Reply post(String path) {
    return send("POST", path, BodyPublishers.noBody(), null);
  }

  public Reply send(String method, String path, BodyPublisher body, @Nullable String contentType) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).timeout(TestConsole.PATIENCE).method(method, body);
    headers.forEach(request::header);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    try {
      Reply reply = new Reply(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
      witness.see(method, path, reply);
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
