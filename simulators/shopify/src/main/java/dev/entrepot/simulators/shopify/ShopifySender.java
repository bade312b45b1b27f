package dev.entrepot.simulators.shopify;

import dev.entrepot.simulators.sender.Pace;
import dev.entrepot.simulators.sender.Plan;
import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.Report;
import dev.entrepot.simulators.sender.RetryPolicy;
import dev.entrepot.simulators.sender.RetryPolicy.Removal;
import dev.entrepot.simulators.sender.WebhookSender;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Delivers as Shopify does: one second to connect, five in total; anything but 200 to 299 fails;
/// eight retries within four hours, with the same webhook id; then the subscription is deleted.
public final class ShopifySender implements AutoCloseable {
  /// The waits double, and come to four hours together.
  public static final RetryPolicy POLICY =
      new RetryPolicy(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Stream.of(1, 2, 4, 8, 16, 32, 64, 113).map(Duration::ofMinutes).toList(),
          Removal.DELETED);

  private final WebhookSender sender;

  /// @param endpoints several nodes of one receiver, used in turn
  /// @param secret the app's client secret
  /// @param removal [Removal#KEPT] as for subscriptions of an app's own configuration
  public ShopifySender(
      List<URI> endpoints, String secret, Pace pace, int connections, Removal removal) {
    this(endpoints, secret, pace, connections, POLICY.withRemoval(removal));
  }

  /// @param policy other patience than Shopify's, for tests on busy machines
  public ShopifySender(
      List<URI> endpoints, String secret, Pace pace, int connections, RetryPolicy policy) {
    sender =
        new WebhookSender(
            new WebhookSender.Settings(
                endpoints, (event, body, now) -> sign(secret, body), policy, pace, connections),
            InstantSource.system());
  }

  /// Sends everything, and returns when every delivery was acknowledged or given up.
  public Report send(Plan plan) throws InterruptedException {
    return sender.send(plan);
  }

  @Override
  public void close() {
    sender.close();
  }

  /// An event as Shopify names and describes it in headers.
  ///
  /// @param webhookId the same at every attempt and for every double
  static PlannedEvent event(
      String id, String webhookId, String shop, String topic, String key, Instant at, String body) {
    return new PlannedEvent(
        id,
        topic,
        key,
        at,
        Map.of(
            "X-Shopify-Topic", topic,
            "X-Shopify-Shop-Domain", shop,
            "X-Shopify-API-Version", "2026-10",
            "X-Shopify-Webhook-Id", webhookId,
            "X-Shopify-Event-Id", id,
            "X-Shopify-Triggered-At", at.toString()),
        body);
  }

  private static Map<String, String> sign(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Map.of("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(mac.doFinal(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this secret cannot sign", e);
    }
  }
}
