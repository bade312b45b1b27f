package dev.entrepot.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  @Test
  void tellsWhatItReads() {
    Expression.Parsed parsed =
        Expression.parse(
            "price > cost && custom['a'] == custom.b && color != 'red' && [1].all(x, x < price)"
                + " && size(label) > 2 && code.startsWith('A') && note == ''");

    assertThat(parsed.names())
        .containsExactly("price", "cost", "custom", "color", "label", "code", "note");
    assertThat(parsed.texts()).containsExactly("color", "label", "code");
    assertThat(parsed.keysOf("custom")).containsExactly("a", "b");
    assertThat(parsed.keysOf("row")).isEmpty();
  }

  @Test
  void makesWholeLiteralsDecimalsBesideDecimals() throws Exception {
    for (String text :
        new String[] {
          "p == 5",
          "5 == p",
          "p != -5",
          "p in [1, 5, 7]",
          "p * 2 == 10",
          "2.5 * 2 == p",
          "\"ü😀\" != '' && p == 5",
          "p - 5 == 0"
        }) {
      Expression expression =
          Expression.compile(
              Expression.parse(text),
              Map.of("p", Variables.DECIMAL),
              Map.of(),
              Set.of(SimpleType.BOOL));
      assertThat(expression.evaluate(name -> Optional.of(5.0))).as(text).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price > cost * 1.1 && | the expression ends too early; something is missing at its end",
        "price > (cost | missing ')' at the end",
        "price > > cost | \">\" cannot stand here",
      })
  void faultsOfSyntaxAreToldWithoutTheParsersNames(String text, String told) {
    assertThatThrownBy(() -> Expression.parse(text))
        .satisfies(fault ->
            assertThat(fault.getMessage())
                .doesNotContain("EOF")
                .doesNotContain("expecting")
                .doesNotContain("NUM_FLOAT"))
        .hasMessageContaining(told.startsWith("missing") ? "at the end" : told);
  }

  @Property(tries = 500)
  void anyTextCompilesOrIsExplained(@ForAll("expressions") String text) {
    try {
      Expression.Parsed parsed = Expression.parse(text);
      var types = new HashMap<String, CelType>();
      parsed.names().forEach(name -> types.put(name, Variables.ANY));
      Expression expression =
          Expression.compile(parsed, types, Map.of(), Set.of(SimpleType.BOOL, SimpleType.DYN));
      evaluate(expression);
    } catch (ExpressionException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void evaluate(Expression expression) {
    for (Object value : new Object[] {1.5, "x", Variables.NULL}) {
      try {
        assertThat(expression.evaluate(name -> Optional.of(value))).isNotNull();
      } catch (Expression.Failure e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> token =
        Arbitraries.of(
            "price",
            "cost",
            "custom",
            "x",
            "1",
            "2.5",
            "-3",
            "'a'",
            "\"b\"",
            "null",
            "true",
            "+",
            "-",
            "*",
            "/",
            "%",
            "<",
            ">",
            "==",
            "!=",
            "in",
            "&&",
            "||",
            "!",
            "?",
            ":",
            ".",
            ",",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "size",
            ".matches('a+')",
            ".all(e, e > 1)",
            "['a']",
            "has",
            "ü",
            "\n",
            "\\",
            "😀");
    return Arbitraries.oneOf(
        token.list().ofMaxSize(12).map(tokens -> String.join(" ", tokens)),
        Arbitraries.strings().ofMaxLength(40));
  }
}
