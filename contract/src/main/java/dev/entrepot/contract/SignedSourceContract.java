package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What every sender that signs must keep to. Abilities are true unless a connector says otherwise.
public abstract class SignedSourceContract extends EventSourceContract {
  private static final String OTHER = "other-77b0c4de";

  /// The headers that are signed, or hold the signature: changing any is a forgery.
  protected abstract List<String> signedHeaders();

  /// How long a signature is good for; zero: for ever.
  protected abstract Duration window();

  /// Another secret that this sender could have given.
  protected String otherSecret() {
    return OTHER;
  }

  /// Whether bytes that are no UTF-8 can be signed.
  protected boolean signsAnyBytes() {
    return true;
  }

  @Test
  void genuineDeliveriesAreGenuine() {
    assertThat(factory().signed()).isTrue();
    for (int number = 1; number <= 5; number++) {
      assertThat(verify(sample(number))).isEqualTo(new Verdict.Genuine(0));
    }
    assertThat(verify(delivery(wrap("{\"id\":1,\"name\":\"Zoë 🧵\"}"))))
        .isEqualTo(new Verdict.Genuine(0));
    assertThat(verify(delivery("{ not json"))).isEqualTo(new Verdict.Genuine(0));
  }

  @Test
  void bodiesThatWereChangedAreForged() {
    Delivery genuine = sample(1);
    byte[] bytes = genuine.body().bytes();
    for (int i = 0; i < bytes.length; i += Math.max(1, bytes.length / 50)) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertForged(new Delivery(genuine.headers(), Body.of(changed)));
    }
    assertForged(new Delivery(genuine.headers(), Body.of(new byte[0])));
    assertForged(new Delivery(genuine.headers(), Body.of(Arrays.copyOf(bytes, bytes.length - 1))));
    assertForged(new Delivery(genuine.headers(), Body.of(Arrays.copyOf(bytes, bytes.length + 1))));
  }

  @Test
  void headersThatWereChangedAreForged() {
    Delivery genuine = sample(1);
    for (String name : signedHeaders()) {
      String value = genuine.headers().first(name).orElseThrow();
      for (int i = 0; i < value.length(); i++) {
        assertForgedOrStale(with(genuine, name, changed(value, i)));
      }
      assertForged(with(genuine, name, ""));
      assertForged(with(genuine, name, "x".repeat(5_000)));
      assertForged(with(genuine, name, "t=,v1=,=,,"));
    }
  }

  @Test
  void deliveriesWithoutTheirHeadersAreForged() {
    Delivery genuine = sample(1);
    for (String name : signedHeaders()) {
      Map<String, List<String>> headers = new HashMap<>(genuine.headers().values());
      assertThat(headers.remove(name.toLowerCase(Locale.ROOT))).isNotNull();
      assertForged(new Delivery(new Headers(headers), genuine.body()));
    }
    assertForged(new Delivery(Headers.NONE, genuine.body()));
  }

  @Test
  void otherSecretsAreForged() {
    assertThat(source().verify(sample(1), List.of(otherSecret()), NOW))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(source().verify(sample(1), List.of(), NOW)).isInstanceOf(Verdict.Forged.class);
    assertThat(source().verify(sample(1), List.of(""), NOW)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void secretsCanRotate() {
    assertThat(source().verify(sample(1), List.of(otherSecret(), secret()), NOW))
        .isEqualTo(new Verdict.Genuine(1));
    assertThat(source().verify(sample(1), List.of(secret(), otherSecret()), NOW))
        .isEqualTo(new Verdict.Genuine(0));
    assertThat(source().verify(sample(1), List.of(otherSecret(), "third-00", otherSecret()), NOW))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void secretsOfTheSenderAreTakenAndOthersRefused() {
    Assumptions.assumeTrue(
        factory() instanceof SecretCheck, "this sender's secrets are not judged");
    SecretCheck check = (SecretCheck) factory();

    assertThat(check.objection(secret())).isEmpty();
    assertThat(check.objection(otherSecret())).isEmpty();
    assertThat(check.objection("x").orElseThrow()).isNotBlank();
  }

  @Test
  void oldSignaturesAreStale() {
    Assumptions.assumeTrue(window().isPositive(), "this sender's signatures do not grow stale");
    Delivery genuine = sample(1);
    Duration second = Duration.ofSeconds(1);

    assertThat(at(genuine, NOW.plus(window()))).isEqualTo(new Verdict.Genuine(0));
    assertThat(at(genuine, NOW.minus(window()))).isEqualTo(new Verdict.Genuine(0));
    assertThat(at(genuine, NOW.plus(window()).plus(second))).isInstanceOf(Verdict.Stale.class);
    assertThat(at(genuine, NOW.minus(window()).minus(second))).isInstanceOf(Verdict.Stale.class);
  }

  @Test
  void forgedDeliveriesAreForgedHoweverOld() {
    Delivery genuine = sample(1);
    Delivery forged = new Delivery(genuine.headers(), Body.of("{}"));

    assertThat(at(forged, NOW.plus(Duration.ofDays(365)))).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void signaturesAreOverTheRawBytes() {
    byte[] latin = wrap("{\"id\":1,\"note\":\"ü\"}").getBytes(StandardCharsets.ISO_8859_1);
    Verdict verdict = verify(delivery(latin, 1, secret(), NOW));

    if (signsAnyBytes()) {
      assertThat(verdict).isEqualTo(new Verdict.Genuine(0));
    } else {
      assertThat(verdict).isInstanceOf(Verdict.Forged.class);
    }
    assertThat(verify(delivery("")).getClass()).isEqualTo(Verdict.Genuine.class);
  }

  private Verdict verify(Delivery delivery) {
    return at(delivery, NOW);
  }

  private Verdict at(Delivery delivery, Instant now) {
    return source().verify(delivery, List.of(secret()), now);
  }

  private void assertForged(Delivery delivery) {
    switch (verify(delivery)) {
      case Verdict.Forged(String reason) ->
          assertThat(reason).isNotBlank().doesNotContain(secret());
      case Verdict.Genuine _, Verdict.Unsigned _, Verdict.Stale _ ->
          fail("a delivery that was tampered with passed: " + delivery.headers());
    }
  }

  // A signed time may only become another, and that one too far away.
  private void assertForgedOrStale(Delivery delivery) {
    assertThat(verify(delivery)).isInstanceOfAny(Verdict.Forged.class, Verdict.Stale.class);
  }

  private static String changed(String value, int place) {
    char other = value.charAt(place) == '5' ? '6' : '5';
    return value.substring(0, place) + other + value.substring(place + 1);
  }

  private static Delivery with(Delivery delivery, String name, String value) {
    Map<String, List<String>> headers = new HashMap<>(delivery.headers().values());
    headers.put(name.toLowerCase(Locale.ROOT), List.of(value));
    return new Delivery(new Headers(headers), delivery.body());
  }
}
