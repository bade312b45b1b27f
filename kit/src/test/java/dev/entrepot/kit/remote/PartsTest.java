package dev.entrepot.kit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
  @Test
  void credentialsThatNoHeaderCanCarryAreRefusedWithoutBeingTold() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> RemoteAuth.bearer("s3cr3t-9f2c\n"))
        .withMessageNotContaining("s3cr3t");
  }

  private static Write write(String key) {
    return new Write(Write.Kind.CREATE, key, Fields.EMPTY, Set.of());
  }

  @Test
  void bulkResultsFollowTheWritesNotTheAnswer() {
    Fields answer =
        FieldsJson.read(
            Body.of(
                """
                {"results": [
                  {"id": "c", "status": "rejected", "error": {"code": "bad", "message": "no name"}},
                  {"id": "a", "status": "created"}, {"id": "b", "status": "perhaps"},
                  {"id": 4, "status": "updated"}, {"id": "e", "status": "rejected"}]}\
                """));
    List<Write> writes =
        List.of(write("a"), write("b"), write("c"), write("d"), write("4"), write("e"));
    WriteAnswer read = new BulkResults("id", BulkResults.USUAL).read(answer, writes);
    List<WriteResult> results = ((WriteAnswer.Each) read).results();
    assertThat(results.get(0)).isEqualTo(new WriteResult.Accepted());
    assertThat(results.get(1)).isInstanceOf(WriteResult.Unknown.class);
    assertThat(results.get(2)).isEqualTo(new WriteResult.Rejected("BAD", "no name"));
    assertThat(results.get(3)).isInstanceOf(WriteResult.Unknown.class);
    assertThat(results.get(4)).isEqualTo(new WriteResult.Accepted());
    assertThat(results.get(5))
        .isEqualTo(new WriteResult.Rejected("REJECTED", "rejected without a reason"));
  }

  @Test
  void anAnswerWithoutResultsIsUnknown() {
    WriteAnswer read =
        new BulkResults("id", BulkResults.USUAL).read(Fields.EMPTY, List.of(write("a")));
    assertThat(((WriteAnswer.Whole) read).result()).isInstanceOf(WriteResult.Unknown.class);
  }

  @Test
  void whatIsWrittenAndWhatIsHeldHaveOneShape() {
    ItemShape shape =
        new ItemShape(
            List.of(
                new FieldSpec("id", FieldSpec.Type.TEXT, true, "an id"),
                new FieldSpec("count", FieldSpec.Type.WHOLE, true, "how many"),
                new FieldSpec("price", FieldSpec.Type.DECIMAL, false, "what it costs"),
                new FieldSpec("more", FieldSpec.Type.TEXT, false, "anything")));
    Fields one =
        shape.of(
            new Fields(
                Map.of(
                    "id", 7L, "count", new BigDecimal("5.00"), "price", new BigDecimal("1.50"))));
    Fields other =
        shape.of(
            new Fields(
                Map.of("id", "7", "count", 5L, "price", new BigDecimal("1.5"), "extra", true)));
    assertThat(one).isEqualTo(other);
    assertThat(one.values()).containsEntry("more", null).containsEntry("count", 5L);
    assertThat(shape.only("id").of(one)).isEqualTo(new Fields(Map.of("id", "7")));
  }

  @Test
  void fieldsOfOtherNamesComeBehindWhereTheyAreTaken() {
    List<FieldSpec> fields = List.of(new FieldSpec("id", FieldSpec.Type.TEXT, true, "an id"));
    Fields item =
        Fields.EMPTY
            .with("colour", "red")
            .with("id", 7L)
            .with("gone", null)
            .with("weight", new BigDecimal("3.50"));
    assertThat(new ItemShape(fields).of(item).values()).containsOnlyKeys("id");
    assertThat(new ItemShape(fields, ItemShape.Others.TAKEN).of(item).values())
        .containsExactly(
            Map.entry("id", "7"),
            Map.entry("colour", "red"),
            Map.entry("weight", new BigDecimal("3.5")));
  }

  @Test
  void numbersAmongTheCredentialsAreSecret() {
    Fields values =
        Fields.EMPTY
            .with("api_key", 482913L)
            .with("inner", Map.of("pin", new BigDecimal("77.1234")))
            .with("tenant_id", 90210L);
    SecretMask mask =
        new RemoteCredentials(
                List.of(
                    new CredentialField("api_key", "a key", true, true),
                    new CredentialField("tenant_id", "whose it is", false, false)),
                values)
            .mask();
    assertThat(mask.hide("key 482913, pin 77.1234, tenant 90210"))
        .isEqualTo("key ***, pin ***, tenant 90210");
  }

  @Test
  void keysFitIntoAddresses() {
    List<String> keys = IntStream.range(0, 250).mapToObj(i -> "key-" + i).toList();
    assertThat(KeyGroups.of(keys, 100)).hasSize(3).allMatch(group -> group.size() <= 100);
    List<String> longKeys = IntStream.range(0, 10).mapToObj(i -> "ñ".repeat(200) + i).toList();
    assertThat(KeyGroups.of(longKeys, 100)).hasSize(3);
    assertThat(KeyGroups.of(List.of("a,b"), 100)).isEmpty();
  }

  @Test
  void addressesAreEncoded() {
    assertThat(
            RemoteAddress.below(URI.create("http://h/api"))
                .path("/items")
                .segment("a/b ñ")
                .query("paginacion", "numPag=1|tamPag=100")
                .query("page", 2)
                .uri())
        .hasToString(
            "http://h/api/items/a%2Fb%20%C3%B1?paginacion=numPag%3D1%7CtamPag%3D100&page=2");
  }

  @Test
  void settingsHaveFallbacksThatAreAllowed() {
    Map<String, String> values = new HashMap<>();
    for (SettingField field : RemoteSettings.fields()) {
      values.put(field.name(), String.valueOf(field.fallback()));
    }
    assertThat(RemoteSettings.of(values))
        .isEqualTo(
            new RemoteSettings(Duration.ofSeconds(10), Duration.ofSeconds(60), (32 << 20) - 1, 5));
    values.put(RemoteSettings.LARGEST_ANSWER, "1024");
    assertThat(RemoteSettings.of(values).largestAnswer())
        .isEqualTo(1023 * (1 << 20) + (1 << 20) - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "connect-timeout, 10", "connect-timeout, 0s", "answer-timeout, -1s", "answer-timeout, soon",
    "largest-answer, 0", "largest-answer, 4096", "breaker-failures, x", "breaker-failures, 2000"
  })
  void settingsThatAreNotAllowedAreNamed(String name, String value) {
    Map<String, String> values = new HashMap<>();
    for (SettingField field : RemoteSettings.fields()) {
      values.put(field.name(), String.valueOf(field.fallback()));
    }
    values.put(name, value);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> RemoteSettings.of(values))
        .withMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h/x", "h", "http://u:p@h/", "https://h/?a=b", "https://h/#x", "http:// h"})
  void addressesThatAreNoneAreRefusedWithoutBeingTold(String address) {
    List<CredentialField> known =
        List.of(new CredentialField("api_url", "the address", true, false));
    RemoteCredentials credentials =
        new RemoteCredentials(known, new Fields(Map.of("api_url", address)));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> credentials.address("api_url"))
        .withMessageContaining("api_url");
  }

  @Test
  void credentialsAreReadByNameAndHidden() {
    List<CredentialField> known =
        List.of(
            new CredentialField("api_url", "the address", true, false),
            new CredentialField("parts.inner.key", "the key", true, true));
    Fields values =
        new Fields(
            Map.of(
                "api_url", "https://h/api//",
                "parts", Map.of("inner", Map.of("key", "hush-hush")),
                "odd", "also-hush"));
    RemoteCredentials credentials = new RemoteCredentials(known, values);
    assertThat(credentials.required("parts.inner.key")).isEqualTo("hush-hush");
    assertThat(credentials.address("api_url")).hasValue(URI.create("https://h/api"));
    assertThat(credentials.text("parts.other.key")).isEmpty();
    assertThat(credentials.mask().hide("hush-hush also-hush https://h/api"))
        .isEqualTo("*** *** https://h/api");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new RemoteCredentials(known, Fields.EMPTY))
        .withMessageContaining("api_url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"error\":{\"code\":\"bad\",\"message\":\"no\"}};BAD;no",
        "{\"error\":\"no\"};'';no",
        "{\"errors\":[{\"code\":\"E1\",\"detail\":\"no\"}]};E1;no",
        "{\"codigo\":1,\"mensaje\":\"no\"};1;no",
        "{\"type\":\"about:x\",\"title\":\"no\"};ABOUT:X;no",
        "<p>no</p>;'';no",
        "{};'';''"
      })
  void errorsAreReadInManyForms(String body, String code, String message) {
    assertThat(ErrorWords.of(Body.of(body))).isEqualTo(new ErrorWords(code, message));
  }
}
