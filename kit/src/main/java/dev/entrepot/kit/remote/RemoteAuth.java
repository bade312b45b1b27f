package dev.entrepot.kit.remote;

import java.util.LinkedHashMap;
import java.util.Map;

/// What proves to another system who we are: headers that every call carries and no exchange shows.
///
/// @param headers by name
public record RemoteAuth(Map<String, String> headers) {

  /// @throws IllegalArgumentException when a value holds what no header can carry; it is not told
  public RemoteAuth {
    headers = Map.copyOf(headers);
    headers.forEach(RemoteAuth::check);
  }

  /// `Authorization: Bearer …` (RFC 6750).
  public static RemoteAuth bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /// A key in a header of its own, such as `X-API-Key`.
  public static RemoteAuth header(String name, String value) {
    return new RemoteAuth(Map.of(name, value));
  }

  /// These headers and those.
  public RemoteAuth and(RemoteAuth other) {
    Map<String, String> both = new LinkedHashMap<>(headers);
    both.putAll(other.headers);
    return new RemoteAuth(both);
  }

  /// The headers' names alone.
  @Override
  public String toString() {
    return headers.keySet().toString();
  }

  private static void check(String name, String value) {
    if (value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "the credential for the header %s holds characters that no header can carry; copy it again"
              .formatted(name));
    }
  }
}
