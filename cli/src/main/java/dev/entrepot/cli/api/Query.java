package dev.entrepot.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A path of the API with its parameters, encoded.
public final class Query {
  private final StringBuilder path;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private Query(String path) {
    this.path = new StringBuilder(path);
  }

  /// @param path relative to the API's root, for example `/vendors`
  public static Query of(String path) {
    return new Query(path);
  }

  /// A path one segment deeper; the segment may hold anything.
  public Query segment(String segment) {
    path.append('/').append(encode(segment));
    return this;
  }

  /// A parameter; null leaves it out.
  public Query with(String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
    return this;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return path.toString();
    }
    return path
        + parameters.entrySet().stream()
            .map(p -> encode(p.getKey()) + "=" + encode(p.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }
}
