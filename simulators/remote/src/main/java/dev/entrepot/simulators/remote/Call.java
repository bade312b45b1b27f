package dev.entrepot.simulators.remote;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A call that came in whole. Used by the one thread that answers it.
public final class Call {
  private static final int LARGEST_BODY = 8 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final String method;
  private final String address;
  private String path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;
  private String tenant = "";
  private Map<String, String> variables = Map.of();
  private List<Harm.RejectItems> rejections = List.of();
  private @Nullable JsonNode json;

  private Call(HttpExchange http, String path, byte[] body) {
    this.method = http.getRequestMethod();
    this.address = http.getRequestURI().toString();
    this.path = path;
    this.query = form(Optional.ofNullable(http.getRequestURI().getRawQuery()).orElse(""));
    this.headers = new LinkedHashMap<>();
    http.getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    this.body = body;
  }

  static Call read(HttpExchange http, String path) throws IOException {
    return new Call(http, path, http.getRequestBody().readNBytes(LARGEST_BODY + 1));
  }

  public String method() {
    return method;
  }

  /// Without the base path of a service.
  public String path() {
    return path;
  }

  /// Whose credentials it carries.
  public String tenant() {
    return tenant;
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The token of `Authorization: Bearer`.
  public Optional<String> bearer() {
    return header("Authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  /// A part of the path that the route names, such as `id`.
  public String variable(String name) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route of " + path + " has no {" + name + "}");
    }
    return value;
  }

  /// The body's JSON, numbers exact.
  ///
  /// @throws Refusal 400 when it is none, 413 when it is too large
  public JsonNode json() {
    if (json == null) {
      if (body.length > LARGEST_BODY) {
        throw new Refusal(413, "TOO_LARGE", "a body has at most " + LARGEST_BODY + " bytes");
      }
      try {
        json = JSON.readTree(body);
      } catch (JacksonException e) {
        throw new Refusal(400, "INVALID_JSON", "the body is not JSON: " + e.getOriginalMessage());
      }
      if (json.isMissingNode()) {
        throw new Refusal(400, "INVALID_JSON", "the body is empty");
      }
    }
    return json;
  }

  /// Whether a fault wants this item to be rejected.
  public boolean rejects(JsonNode item) {
    return rejections.stream().anyMatch(rejection -> rejection.meets(item));
  }

  String address() {
    return address;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  void tenant(String who) {
    tenant = who;
  }

  void path(String known) {
    path = known;
  }

  void variables(Map<String, String> found) {
    variables = found;
  }

  void rejections(List<Harm.RejectItems> armed) {
    rejections = armed;
  }

  static Map<String, String> form(String encoded) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : encoded.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        fields.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
