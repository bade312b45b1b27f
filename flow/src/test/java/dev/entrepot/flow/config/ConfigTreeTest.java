package dev.entrepot.flow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigTreeTest {
  private final ConfigProblems problems = new ConfigProblems();

  @Test
  void readsValuesAsTheyAreWritten() {
    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    expected.put("country", "no");
    expected.put("on", true);
    expected.put("count", 12L);
    expected.put("price", new BigDecimal("1.50"));
    expected.put("large", new BigDecimal("12345678901234567890"));
    expected.put("none", null);
    expected.put("text", "12");
    expected.put("list", Arrays.asList(1L, "a", null));

    assertThat(
            ConfigTree.read(
                    """
                    country: no
                    on: true
                    count: 12
                    price: 1.50
                    large: 12345678901234567890
                    none: null
                    text: "12"
                    list: [1, a, null]
                    """,
                    problems)
                .value())
        .isEqualTo(expected);
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void readsJsonAsOthersWriteIt() {
    String json =
        "\uFEFF{\r\n\t\"a\": [\r\n\t\t1,\r\n\t\t2e3],\r\n\t\"b\":\"\\ud83d\\ude00 \\/ \\t\"}\r\n";

    assertThat(ConfigTree.read(json, problems).value())
        .isEqualTo(Map.of("a", List.of(1L, new BigDecimal("2e3")), "b", "😀 / \t"));
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void staysSmallWhenAliasesWouldNot() {
    var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 10; level++) {
      text.append("a%d: &a%d [".formatted(level, level));
      text.append("*a%d, ".formatted(level - 1).repeat(10)).append("]\n");
    }

    assertThat(ConfigTree.read(text.toString(), problems).value()).isNull();
    assertThat(problems.refuses()).isTrue();
  }

  @Property(tries = 200)
  void readsWhatItWrites(@ForAll List<String> texts, @ForAll long number, @ForAll boolean truth) {
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    List<String> plain = texts.stream().map(ConfigTreeTest::printable).toList();
    value.put("texts", plain);
    value.put("number", number / 10);
    value.put("truth", truth);
    for (String text : plain) {
      value.put("key " + text.strip(), text);
    }
    var own = new ConfigProblems();

    assertThat(ConfigTree.read(ConfigTree.yaml(value), own).value()).isEqualTo(value);
    assertThat(ConfigTree.read(ConfigTree.json(value), own).value()).isEqualTo(value);
    assertThat(own.all()).isEmpty();
  }

  /// YAML knows no control characters and no halves of characters.
  private static String printable(String text) {
    return text.codePoints()
        .filter(one -> one >= ' ' && one < 0xD7FF && one != 0x7F && (one < 0x80 || one > 0x9F))
        .filter(one -> one != 0x2028 && one != 0x2029)
        .limit(60)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
