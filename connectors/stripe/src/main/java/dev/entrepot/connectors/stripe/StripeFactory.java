package dev.entrepot.connectors.stripe;

import com.stripe.net.Webhook;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.signature.SecretLength;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.SettingField;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections of kind `stripe`.
public final class StripeFactory implements EventSourceFactory, SecretCheck {
  private static final String ACCOUNT = "account";

  @Override
  public String kind() {
    return "stripe";
  }

  @Override
  public String title() {
    return "Stripe";
  }

  @Override
  public String secretHint() {
    return "the endpoint's signing secret, whsec_…, under Developers > Webhooks in Stripe";
  }

  @Override
  public Optional<String> objection(String secret) {
    return SecretLength.objection(secret);
  }

  @Override
  public List<SettingField> settings() {
    return List.of(
        new SettingField(
            ACCOUNT,
            "The Stripe account of events that name none, such as acct_123: only those of connected"
                + " accounts name theirs. Give it where several accounts send here.",
            "stripe",
            List.of()));
  }

  @Override
  public Optional<String> accountSetting() {
    return Optional.of(ACCOUNT);
  }

  @Override
  public EventSource open(Map<String, String> values) {
    String account = values.getOrDefault(ACCOUNT, "stripe").strip();
    if (account.isEmpty()) {
      throw new IllegalArgumentException(
          "setting account is empty; give the Stripe account, such as acct_123");
    }
    return new StripeSource(Names.fit(account));
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    String body =
        """
        {"id":"evt_sample_%d","object":"event","api_version":"2025-09-30.clover","created":%d,\
        "data":{"object":{"id":"in_sample_%d","object":"invoice","status":"paid",\
        "amount_due":1990,"currency":"eur","customer_email":"sample@example.com"}},\
        "livemode":false,"type":"invoice.paid"}\
        """
            .formatted(number, now.getEpochSecond(), number);
    try {
      return new Delivery(
          Headers.of(
              Map.of(
                  StripeSource.SIGNATURE,
                  Webhook.Signature.generateSignatureHeader(body, secret, now.getEpochSecond()),
                  "Content-Type",
                  "application/json")),
          Body.of(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("the secret cannot sign a sample", e);
    }
  }
}
