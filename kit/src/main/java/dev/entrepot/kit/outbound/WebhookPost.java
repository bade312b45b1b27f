package dev.entrepot.kit.outbound;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// A webhook to be posted.
///
/// @param id the same at every attempt, so that a receiver can tell repeats
/// @param body JSON
/// @param secrets to sign with (`whsec_…`): one, or while it is replaced the new and the old one;
///   there is a signature by each
/// @param headers besides those of Standard Webhooks
public record WebhookPost(
    URI url, String id, String body, List<String> secrets, Map<String, String> headers) {

  public WebhookPost {
    secrets = List.copyOf(secrets);
    headers = Map.copyOf(headers);
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("webhook " + id + " has no secret to sign with");
    }
  }

  /// Without headers of its own.
  public static WebhookPost of(URI url, String id, String body, List<String> secrets) {
    return new WebhookPost(url, id, body, secrets, Map.of());
  }

  /// Without body and secrets.
  @Override
  public String toString() {
    return "webhook " + id + " to " + url;
  }
}
