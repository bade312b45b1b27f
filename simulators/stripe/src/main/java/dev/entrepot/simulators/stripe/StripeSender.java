package dev.entrepot.simulators.stripe;

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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Delivers as Stripe does: retries with growing waits for three days; the endpoint stays. Every
/// attempt is signed anew.
public final class StripeSender implements AutoCloseable {
  public static final RetryPolicy POLICY =
      new RetryPolicy(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Stream.of(5, 30, 120, 300, 600, 720, 720, 720, 720).map(Duration::ofMinutes).toList(),
          Removal.KEPT);

  private final WebhookSender sender;

  /// @param endpoints several nodes of one receiver, used in turn
  /// @param secret the endpoint's signing secret
  public StripeSender(
      List<URI> endpoints, String secret, Pace pace, int connections, RetryPolicy policy) {
    sender =
        new WebhookSender(
            new WebhookSender.Settings(
                endpoints,
                (event, body, now) -> sign(secret, body, now),
                policy,
                pace,
                connections),
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

  static PlannedEvent event(String id, String type, String key, Instant at, String body) {
    return new PlannedEvent(id, type, key, at, Map.of(), body);
  }

  private static Map<String, String> sign(String secret, byte[] body, Instant now) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    long time = now.getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return Map.of(
          "Stripe-Signature", "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this secret cannot sign", e);
    }
  }
}
