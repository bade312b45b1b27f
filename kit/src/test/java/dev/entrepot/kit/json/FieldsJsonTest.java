package dev.entrepot.kit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.record.Fields;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsJsonTest {

  @Test
  void numbersAreExact() {
    Fields read =
        FieldsJson.read(
            Body.of(
                """
                {"a": 1, "b": -9223372036854775808, "c": 9223372036854775808, "d": 1.10,
                 "e": 1e3, "f": 0.1, "g": -0, "h": 9223372036854775807}\
                """));
    assertThat(read.values())
        .containsEntry("a", 1L)
        .containsEntry("b", Long.MIN_VALUE)
        .containsEntry("c", new BigDecimal("9223372036854775808"))
        .containsEntry("d", new BigDecimal("1.10"))
        .containsEntry("e", new BigDecimal("1e3"))
        .containsEntry("f", new BigDecimal("0.1"))
        .containsEntry("g", 0L)
        .containsEntry("h", Long.MAX_VALUE);
  }

  @Test
  void numbersThatCannotBeComputedWithAreText() {
    String digits = "7".repeat(2_000);
    Fields read =
        FieldsJson.read(
            Body.of("{\"a\": 1e999999999, \"b\": " + digits + ", \"c\": 1e99999999999}"));
    assertThat(read.values())
        .containsEntry("a", "1e999999999")
        .containsEntry("b", digits)
        .containsEntry("c", "1e99999999999");
  }

  @Test
  void partsKeepTheirOrderAndNulls() {
    Fields read =
        FieldsJson.read(
            Body.of(
                "{\"z\": null, \"a\": [1, null, {\"x\": true}], \"z\": 2, \"b\": {\"c\": \"ñ\"}}"));
    assertThat(read.values().keySet()).containsExactly("z", "a", "b");
    assertThat(read.values()).containsEntry("z", null);
    assertThat(read.fields("b").orElseThrow().text("c")).hasValue("ñ");
    assertThat(FieldsJson.write(read).text())
        .isEqualTo("{\"z\":null,\"a\":[1,null,{\"x\":true}],\"b\":{\"c\":\"ñ\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]", "{\"a\":1} x", "<html>", "\"a\"", "{\"a\":01}"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> FieldsJson.read(Body.of(text)));
  }

  @Test
  void bulkBodiesHoldAList() {
    assertThat(
            FieldsJson.write("items", List.of(new Fields(Map.of("id", "a")), Fields.EMPTY)).text())
        .isEqualTo("{\"items\":[{\"id\":\"a\"},{}]}");
  }

  @Test
  void halvesOfCharactersAreReplaced() {
    assertThat(FieldsJson.write(new Fields(Map.of("a", "x\ud800y"))).text())
        .isEqualTo("{\"a\":\"x\ufffdy\"}");
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadAgain(@ForAll Map<String, String> texts, @ForAll List<Long> numbers) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(texts);
    values.put("numbers", numbers);
    values.put("decimal", new BigDecimal("12.50"));
    Fields fields = new Fields(values);
    Body written = FieldsJson.write(fields);
    if (!written.text().contains("\ufffd")) {
      assertThat(FieldsJson.read(written)).isEqualTo(fields);
    }
  }
}
