package dev.entrepot.simulators.remote;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// An answer before it is sent.
public final class Reply {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final int status;
  private final String type;
  private final byte[] body;
  private final Map<String, String> headers;

  private Reply(int status, String type, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = Map.copyOf(headers);
  }

  public static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", JSON.writeValueAsBytes(body), Map.of());
  }

  /// `{"error": {"code": …, "message": …}}`, as most systems say what is wrong.
  public static Reply error(int status, String code, String message) {
    var body = JSON.createObjectNode();
    body.putObject("error").put("code", code).put("message", message);
    return json(status, body);
  }

  static Reply text(int status, String type, String body, Map<String, String> headers) {
    return new Reply(status, type, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static Reply raw(int status, String body) {
    return text(status, body.startsWith("<") ? "text/html" : "application/json", body, Map.of());
  }

  /// With more headers.
  Reply with(Map<String, String> more) {
    var all = new HashMap<>(headers);
    all.putAll(more);
    return new Reply(status, type, body, all);
  }

  /// As long as it was, but no JSON: its second half is of no use.
  Reply malformed() {
    var broken = body.clone();
    Arrays.fill(broken, broken.length / 2, broken.length, (byte) '<');
    return new Reply(status, type, broken, headers);
  }

  /// Without the last of its `results`.
  Reply losing(int count) {
    var answer = JSON.readTree(body);
    if (answer.path("results") instanceof ArrayNode results) {
      for (int i = 0; i < count && !results.isEmpty(); i++) {
        results.remove(results.size() - 1);
      }
    }
    return json(status, answer);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}
