package dev.entrepot.kit.outbound;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/// Secrets that sign webhooks, in the form of Standard Webhooks: `whsec_` and Base64 of 24 to 64
/// bytes.
public final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private SigningSecret() {}

  /// A new one.
  public static String make() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /// Whether a text is one.
  public static boolean fits(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return false;
    }
    try {
      int bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
      return bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The header `webhook-signature`: a signature by each secret, separated by spaces.
  ///
  /// @throws IllegalStateException when a secret cannot sign
  static String sign(List<String> secrets, String id, long timestamp, String body) {
    StringBuilder header = new StringBuilder();
    for (String secret : secrets) {
      header.append(header.isEmpty() ? "" : " ").append(sign(secret, id, timestamp, body));
    }
    return header.toString();
  }

  private static String sign(String secret, String id, long timestamp, String body) {
    try {
      return new Webhook(secret).sign(id, timestamp, body);
    } catch (EmptyWebhookSecretException | WebhookSigningException | IllegalArgumentException e) {
      throw new IllegalStateException("the webhook secret cannot sign; make a new one", e);
    }
  }
}
