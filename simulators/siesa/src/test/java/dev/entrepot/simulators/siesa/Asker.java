package dev.entrepot.simulators.siesa;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a Siesa in both dialects.
final class Asker implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  Asker(URI base) {
    this.base = base;
  }

  HttpResponse<String> rest(String key, String path) throws Exception {
    return send(request(path).header("Authorization", "Bearer " + key));
  }

  HttpResponse<String> put(String path, String body) throws Exception {
    return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> standard(String key, String paging, String more) throws Exception {
    var query =
        "?idCompania=1&descripcion=API_v2_Items&paginacion="
            + URLEncoder.encode(paging, StandardCharsets.UTF_8)
            + more;
    return send(
        request(StandardQueryDialect.PATH + query)
            .header("ConniKey", key)
            .header("ConniToken", key + "-token"));
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  static List<String> codes(JsonNode rows) {
    return rows.values().stream().map(row -> row.path("f_codigo").asString("ghost")).toList();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
