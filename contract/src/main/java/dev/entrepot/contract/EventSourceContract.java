package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.SettingField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What every sender must keep to, whether it signs or not: how its deliveries are identified and
/// read, however odd they are. A connector's test extends this, or [SignedSourceContract].
public abstract class EventSourceContract {
  protected static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  protected static final String SECRET = "hush-5f3a91c2";

  private static final int LARGE = 8 << 20;

  protected abstract EventSourceFactory factory();

  /// The settings that must be given; fallbacks are filled in.
  protected Map<String, String> settings() {
    return Map.of();
  }

  /// A secret that this sender could have given.
  protected String secret() {
    return SECRET;
  }

  /// A delivery of this body as the sender would send it, of the topic of the factory's samples,
  /// signed with the secret when the sender signs.
  ///
  /// @param event makes it another event than those before, where the sender says so outside of the
  ///   body; the same number is the same event
  protected abstract Delivery delivery(byte[] body, int event, String secret, Instant at);

  /// The text around a JSON value in this sender's bodies; here, the body is the value.
  protected String wrap(String json) {
    return json;
  }

  protected final EventSource source() {
    return factory().open(values());
  }

  protected final Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    for (SettingField field : factory().settings()) {
      if (field.fallback() != null) {
        values.put(field.name(), field.fallback());
      }
    }
    values.putAll(settings());
    return values;
  }

  protected final Delivery sample(long number) {
    return factory().sample(values(), secret(), number, NOW);
  }

  protected final Delivery delivery(String body) {
    return delivery(body.getBytes(StandardCharsets.UTF_8), 1, secret(), NOW);
  }

  protected final Facts read(Delivery delivery) {
    EventSource source = source();
    return source.read(
        new Message(source.identify(delivery), delivery.headers(), delivery.body(), NOW));
  }

  @Test
  void theFactoryIsFound() {
    assertThat(ServiceLoader.load(EventSourceFactory.class))
        .as("META-INF/services must name the factory")
        .anyMatch(found -> found.getClass() == factory().getClass());
    assertThat(factory().kind()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(factory().title()).isNotBlank();
  }

  @Test
  void settingsExplainThemselves() {
    Set<String> names = new HashSet<>();
    for (SettingField field : factory().settings()) {
      assertThat(field.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
      assertThat(field.description()).isNotBlank();
      assertThat(names.add(field.name())).as("setting %s occurs once", field.name()).isTrue();
      assertThat(values()).as("a setting without a fallback is given").containsKey(field.name());
    }
  }

  @Test
  void samplesAreEventsOfTheirOwnThatCanBeRead() {
    Set<String> ids = new HashSet<>();
    for (int number = 1; number <= 20; number++) {
      Delivery sample = sample(number);
      assertThat(ids.add(source().identify(sample).externalId())).isTrue();
      read(sample);
    }
  }

  @Test
  void repeatsAreTheSameEvent() {
    Delivery first = sample(7);
    Identity identity = source().identify(first);

    assertThat(source().identify(first)).isEqualTo(identity);
    // Signed anew a minute later, as some do at every attempt.
    Delivery later = factory().sample(values(), secret(), 7, NOW);
    assertThat(source().identify(later).externalId()).isEqualTo(identity.externalId());
    byte[] body = first.body().bytes();
    assertThat(source().identify(delivery(body, 3, secret(), NOW)).externalId())
        .isEqualTo(
            source()
                .identify(delivery(body, 3, secret(), NOW.plus(Duration.ofMinutes(1))))
                .externalId());
  }

  @Test
  void namesOfHeadersMayBeInAnyCase() {
    Delivery sample = sample(1);
    Identity identity = source().identify(sample);

    for (boolean upper : List.of(true, false)) {
      Map<String, List<String>> headers = new HashMap<>();
      sample
          .headers()
          .values()
          .forEach((name, list) ->
              headers.put(
                  upper ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT), list));
      Delivery same = new Delivery(new Headers(headers), sample.body());
      assertThat(source().identify(same)).isEqualTo(identity);
      assertThat(source().verify(same, List.of(secret()), NOW))
          .isEqualTo(source().verify(sample, List.of(secret()), NOW));
    }
  }

  @Test
  void bodiesThatCannotBeParsedAreEventsThatHoldNobodyUp() {
    String good = source().identify(sample(1)).key();
    Set<String> keys = new HashSet<>();
    List<String> bodies = List.of("", "{", "nul", "\u0000", "{\"id\" 5}", "[1,", "\ufeff", "}{");
    for (String body : bodies) {
      Identity identity = source().identify(delivery(body));
      keys.add(identity.key());
      assertThat(identity.key()).isNotEqualTo(good);
      assertMalformed(delivery(body), body);
    }
    assertThat(keys).as("each has a key of its own").hasSize(bodies.size());
  }

  @Test
  void bodiesInOtherCharsetsAreMalformed() {
    for (byte[] body :
        List.of(
            wrap("{\"id\":1,\"note\":\"ü\"}").getBytes(StandardCharsets.ISO_8859_1),
            wrap("{\"id\":1}").getBytes(StandardCharsets.UTF_16LE),
            wrap("{\"id\":1}").getBytes(StandardCharsets.UTF_16))) {
      assertMalformed(delivery(body, 1, secret(), NOW), "another charset");
    }
  }

  @Test
  void oddButRightJsonIsTakenAsItIs() {
    for (String json :
        List.of(
            "{}",
            "[]",
            "null",
            "7",
            "\"text\"",
            "{\"id\":\"a\\u0000b\",\"email\":\"\\ud800\"}",
            "{\"id\":1e999999999999,\"price\":" + "9".repeat(50_000) + "}",
            "{\"id\":\"" + "x".repeat(5_000) + "\"}",
            "{\"id\":1,\"id\":2,\"id\":{\"id\":[]}}",
            "{\"a\":" + "[".repeat(400) + "]".repeat(400) + "}")) {
      assertRead(delivery(wrap(json)), json);
      assertRead(delivery(json), json);
    }
  }

  @Test
  void nestingWithoutEndIsMalformed() {
    assertMalformed(delivery(wrap("[".repeat(100_000))), "100,000 brackets");
  }

  @Test
  void largeBodiesAreRead() {
    byte[] body =
        wrap("{\"id\":1,\"note\":\"" + "x".repeat(LARGE) + "\"}").getBytes(StandardCharsets.UTF_8);
    assertRead(delivery(body, 1, secret(), NOW), "a large body");
  }

  /// The published test suite for parsers of JSON, where it is at hand.
  @Test
  void theJsonTestSuitePasses() throws IOException {
    Path folder = SharedData.required("naughty/JSONTestSuite/test_parsing");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        Delivery delivery = delivery(Files.readAllBytes(file), 1, secret(), NOW);
        switch (name.charAt(0)) {
          case 'y' -> assertRead(delivery, name);
          case 'n' -> assertMalformed(delivery, name);
          default -> source().identify(delivery);
        }
      }
    }
  }

  @Test
  void withoutHeadersNothingBreaks() {
    Delivery bare = new Delivery(Headers.NONE, Body.of("{}"));
    try {
      assertThat(source().identify(bare).key()).isNotEmpty();
    } catch (EventException e) {
      assertThat(e.code()).isEqualTo(Code.INCOMPLETE);
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void factoriesRefuseToOpenWithoutSettingsTheyNeed() {
    Assumptions.assumeTrue(
        factory().settings().stream().anyMatch(field -> field.fallback() == null),
        "every setting has a fallback");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> factory().open(Map.of()))
        .withMessageMatching("(?s).+");
  }

  /// Kept, and understood or refused for what it says, but not for how it is written.
  private void assertRead(Delivery delivery, String what) {
    try {
      read(delivery);
    } catch (EventException e) {
      assertThat(e.code())
          .as("%s: %s", what, e.getMessage())
          .isNotIn(Code.MALFORMED, Code.INCOMPLETE);
    }
  }

  private void assertMalformed(Delivery delivery, String what) {
    EventSource source = source();
    Identity identity = source.identify(delivery);
    assertThatExceptionOfType(EventException.class)
        .as(what)
        .isThrownBy(
            () -> source.read(new Message(identity, delivery.headers(), delivery.body(), NOW)))
        .satisfies(e -> assertThat(e.code()).as(what).isEqualTo(Code.MALFORMED))
        .withMessageMatching("(?s).*line \\d+, column \\d+.*");
  }
}
