package dev.entrepot.simulators.remote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client with a key, over real HTTP.
final class Visitor implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String key;

  Visitor(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(request(method, path, body).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String body, Duration timeout)
      throws IOException, InterruptedException {
    return http.send(request(method, path, body).timeout(timeout).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> form(String path, String body) throws IOException, InterruptedException {
    var request =
        request("POST", path, body).setHeader("Content-Type", "application/x-www-form-urlencoded");
    return http.send(request.build(), BodyHandlers.ofString());
  }

  JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("X-API-Key", key)
        .header("Content-Type", "application/json")
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  @Override
  public void close() {
    http.close();
  }
}
