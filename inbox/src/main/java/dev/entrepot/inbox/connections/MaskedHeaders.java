package dev.entrepot.inbox.connections;

import dev.entrepot.spi.event.Headers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Headers of a delivery for people: such as may hold a secret, or a signature by one, are there
/// with their length instead of their value.
public final class MaskedHeaders {
  private static final Pattern SECRET =
      Pattern.compile(
          "auth|cookie|secret|token|passw|signature|hmac|credential|session|api-?key|access-?key");

  private MaskedHeaders() {}

  /// By name in lower case, ordered by name.
  public static Map<String, List<String>> of(Headers headers) {
    Map<String, List<String>> shown = new TreeMap<>();
    headers
        .values()
        .forEach((name, values) ->
            shown.put(
                name,
                SECRET.matcher(name).find()
                    ? values.stream().map(MaskedHeaders::mask).toList()
                    : values));
    return Collections.unmodifiableMap(shown);
  }

  private static String mask(String value) {
    return "•••• (" + value.length() + " characters)";
  }
}
