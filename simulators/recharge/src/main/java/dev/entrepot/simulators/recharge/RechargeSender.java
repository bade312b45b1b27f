package dev.entrepot.simulators.recharge;

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
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Delivers as Recharge does: five seconds for an answer; nineteen retries within 48 hours; then
/// the webhook is deleted. Every attempt is signed anew, in both forms. Events have no ids.
public final class RechargeSender implements AutoCloseable {
  public static final RetryPolicy POLICY =
      new RetryPolicy(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Collections.nCopies(19, Duration.ofMinutes(150)),
          Removal.DELETED);

  private final WebhookSender sender;

  /// @param endpoints several nodes of one receiver, used in turn
  /// @param secret the API client secret
  public RechargeSender(
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

  /// @param id for the plan alone: Recharge does not send it
  static PlannedEvent event(String id, String topic, String key, Instant at, String body) {
    return new PlannedEvent(id, topic, key, at, Map.of("X-Recharge-Topic", topic), body);
  }

  private static Map<String, String> sign(String secret, byte[] body, Instant now) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    long time = now.getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      MessageDigest legacy = MessageDigest.getInstance("SHA-256");
      legacy.update(key);
      HexFormat hex = HexFormat.of();
      return Map.of(
          "X-Recharge-Webhook-Signature",
          "t=" + time + ",v1=" + hex.formatHex(mac.doFinal(body)),
          "X-Recharge-Hmac-Sha256",
          hex.formatHex(legacy.digest(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this secret cannot sign", e);
    }
  }
}
