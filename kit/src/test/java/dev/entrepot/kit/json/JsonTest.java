package dev.entrepot.kit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @Test
  void objectsKeepWhatWasWritten() {
    JsonObject whole =
        Json.readObject(Body.of("{\"ä\": {\"a\" : 1.50, \"b\":[1e2 ,\"x\"] },\"c\":null}"));

    JsonObject inner = whole.object("ä").orElseThrow();

    assertThat(inner.raw()).isEqualTo("{\"a\" : 1.50, \"b\":[1e2 ,\"x\"] }");
    assertThat(inner.text("a")).contains("1.50");
    assertThat(inner.texts("b")).containsExactly("1e2", "x");
    assertThat(whole.has("c")).isFalse();
  }

  @Test
  void numbersAreExactHoweverLong() {
    String digits = "9".repeat(100_000);
    JsonObject object =
        Json.readObject(
            Body.of("{\"n\":" + digits + ",\"m\":0.10,\"e\":1e99999999999,\"t\":\"19.90\"}"));

    assertThat(object.text("n")).contains(digits);
    assertThat(object.decimal("m")).contains(new BigDecimal("0.10"));
    assertThat(object.decimal("t")).contains(new BigDecimal("19.90"));
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> object.decimal("e"))
        .withMessageContaining("\"e\"")
        .withMessageContaining("1e99999999999");
  }

  @Test
  void ofTwoMembersOfTheSameNameTheFirstCounts() {
    Body body = Body.of("{\"id\":1,\"id\":2}");

    assertThat(Json.readObject(body).text("id")).contains("1");
    assertThat(JsonProbe.of("/id", "/none").find(body).text(0)).contains("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``              | 1 | 1
          {               | 1 | 2
          {"a":1,}        | 1 | 8
          [1,¶¶ 2,,]      | 3 | 4
          {"a":1} x       | 1 | 9
          {"a":tru}       | 1 | 6
          {"a":01}        | 1 | 7
          nul             | 1 | 1
          """)
  void faultsTellLineAndColumn(String text, int line, int column) {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> Json.read(Body.of(text.replace('¶', '\n'))))
        .satisfies(e -> assertThat(e.code()).isEqualTo(EventException.Code.MALFORMED))
        .withMessageContaining("line " + line + ", column " + column + ":");
  }

  @Test
  void whatIsWrongIsSaidInWordsForPeople() {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> Json.read(Body.of("{\n  \"a\": [1, 2")))
        .withMessageContaining(
            "line 2, column 13: Unexpected end-of-input: expected close marker for Array")
        .withMessageNotContaining("Source")
        .withMessageNotContaining("StreamReadFeature");
  }

  @Test
  void onlyUtf8IsRead() {
    byte[] latin = "{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
    byte[] marked = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);

    for (byte[] bytes : new byte[][] {latin, utf16, marked}) {
      assertThatExceptionOfType(EventException.class)
          .isThrownBy(() -> Json.read(Body.of(bytes)))
          .withMessageContaining("line 1, column ");
    }
    assertThat(Json.readObject(Body.of("\ufeff{\"a\":1}")).text("a")).contains("1");
  }

  @Test
  void nestingIsBounded() {
    String deep = "[".repeat(Json.DEEPEST) + "]".repeat(Json.DEEPEST);
    assertThat(Json.read(Body.of(deep))).isInstanceOf(JsonValue.Array.class);

    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> Json.read(Body.of("[".repeat(100_000))))
        .withMessageContaining("column ");
    assertThat(JsonProbe.of("/id").find(Body.of("[".repeat(100_000))).malformed()).isTrue();
  }

  @Test
  void probesFollowPointers() {
    JsonProbe probe = JsonProbe.of("/type", "/data/object/id", "/list/1/id", "/a~1b", "/none");

    JsonProbe.Found found =
        probe.find(
            Body.of(
                """
                {"data": {"x": [{"id": 9}], "object": {"y": {"id": 8}, "id": "in_1"}},
                 "list": [{"id": 1}, {"id": 2}], "a/b": 7.0, "type": "t"}
                """));

    assertThat(found.text(0)).contains("t");
    assertThat(found.text(1)).contains("in_1");
    assertThat(found.text(2)).contains("2");
    assertThat(found.text(3)).contains("7.0");
    assertThat(found.text(4)).isEmpty();
    assertThat(found.malformed()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> JsonProbe.of("type"));
  }

  @Test
  void probesStopWhenTheyHaveAll() {
    JsonProbe.Found found = JsonProbe.of("/id").find(Body.of("{\"id\":1, what follows"));

    assertThat(found.text(0)).contains("1");
    assertThat(found.malformed()).isFalse();
  }

  @Test
  void probesKeepWhatTheyFoundBeforeTheFault() {
    JsonProbe.Found found = JsonProbe.of("/id", "/b").find(Body.of("{\"id\":1,,"));

    assertThat(found.text(0)).contains("1");
    assertThat(found.malformed()).isTrue();
  }

  @Property(tries = 300)
  void treeAndProbeAgreeOnEveryText(
      @ForAll @StringLength(max = 40) String text, @ForAll @IntRange(max = 5) int depth) {
    String json = "{\"a\":".repeat(depth) + "{\"v\":\"" + escaped(text) + "\"}" + "}".repeat(depth);
    Body body = Body.of(json);

    JsonObject object = Json.readObject(body);
    for (int i = 0; i < depth; i++) {
      object = object.object("a").orElseThrow();
    }

    assertThat(object.text("v")).contains(text);
    assertThat(JsonProbe.of("/a".repeat(depth) + "/v").find(body).text(0))
        .isEqualTo(object.filled("v"));
    assertThat(Json.readObject(body).raw()).isEqualTo(json);
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrMalformed(@ForAll byte[] bytes) {
    try {
      assertThat(Json.read(Body.of(bytes))).isNotNull();
    } catch (EventException e) {
      assertThat(e.code()).isEqualTo(EventException.Code.MALFORMED);
    }
    assertThat(JsonProbe.of("/id").find(Body.of(bytes)).text(0)).isEmpty();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return escaped.toString();
  }
}
