package dev.entrepot.connectors.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.entrepot.kit.json.JsonProbe;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.signature.SchemeHeader;
import dev.entrepot.kit.signature.SignedTime;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stripe by HTTPS, verified by Stripe's own library: `Stripe-Signature: t=…,v1=…` is HMAC-SHA256
/// over `t.body`, good for five minutes; a retry is signed anew. The library works on text, so that
/// bodies that are no UTF-8, which Stripe never sends, are forged.
final class StripeSource implements EventSource {
  static final String SIGNATURE = "Stripe-Signature";
  static final Duration WINDOW = Duration.ofSeconds(Webhook.DEFAULT_TOLERANCE);

  /// The topic of what cannot be read as an event.
  static final String UNREADABLE = "unreadable";

  private static final String SCHEME = "v1";

  private static final int ID = 0;
  private static final int TYPE = 1;
  private static final int CREATED = 2;
  private static final int OBJECT = 3;
  private static final int OBJECT_ID = 4;
  private static final int ACCOUNT = 5;
  private static final JsonProbe EVENT =
      JsonProbe.of(
          "/id", "/type", "/created", "/data/object/object", "/data/object/id", "/account");

  private final String account;

  /// @param account of events that name none
  StripeSource(String account) {
    this.account = account;
  }

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    Optional<SchemeHeader> header =
        delivery.headers().first(SIGNATURE).flatMap(text -> SchemeHeader.parse(text, SCHEME));
    if (header.isEmpty()) {
      return new Verdict.Forged(
          "header " + SIGNATURE + " is missing or not of the form t=…,v1=…, with one time");
    }
    // The library is given what was read here, so that it cannot judge by another time than we do.
    String text = header.get().text(SCHEME);
    String body = new String(delivery.body().bytes(), StandardCharsets.UTF_8);
    for (int number = 0; number < secrets.size(); number++) {
      if (!secrets.get(number).isEmpty() && fits(body, text, secrets.get(number))) {
        return header.get().time().stale(now, WINDOW).orElse(new Verdict.Genuine(number));
      }
    }
    return new Verdict.Forged(
        SIGNATURE + " fits no secret of the connection; compare it with the endpoint's in Stripe");
  }

  @Override
  public Identity identify(Delivery delivery) {
    JsonProbe.Found found = EVENT.find(delivery.body());
    Optional<String> id = found.text(ID);
    Optional<String> type = found.text(TYPE);
    String digest = Names.digest(delivery.body().bytes());
    if (id.isEmpty() || type.isEmpty()) {
      return new Identity(digest, UNREADABLE, Names.join(account, UNREADABLE, "~" + digest), null);
    }
    String owner = found.text(ACCOUNT).orElse(account);
    return new Identity(
        Names.fit(id.get()),
        Names.fit(type.get()),
        Names.join(
            owner, found.text(OBJECT).orElse("event"), found.text(OBJECT_ID).orElse("~" + digest)),
        found.text(CREATED).flatMap(SignedTime::ofEpochSeconds).map(SignedTime::at).orElse(null));
  }

  @Override
  public Facts read(Message message) {
    return new StripeReader(message, account).read();
  }

  // The age is checked apart, by the clock given and both ways: the library's one exception does
  // not tell stale from forged.
  private static boolean fits(String body, String header, String secret) {
    try {
      return Webhook.Signature.verifyHeader(body, header, secret, 0);
    } catch (SignatureVerificationException e) {
      return false;
    }
  }
}
