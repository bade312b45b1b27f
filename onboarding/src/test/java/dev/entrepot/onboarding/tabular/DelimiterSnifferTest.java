package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DelimiterSnifferTest {
  static Arguments[] texts() {
    return new Arguments[] {
      Arguments.of("decimal commas", ';', "name;price;stock\nfoo;1,50;3\nbar;2,50;4\n"),
      Arguments.of(
          "a comma in the header, too", ';', "name;price, net;stock\nfoo;1,50;3\nbar;2,50;4\n"),
      Arguments.of(
          "one comma in each line of two columns", ';', "Name (a, b);Price\nFoo;1,50\nBar;2,50\n"),
      Arguments.of("prose behind tabs", '\t', "id\tname, first, last\n1\tA, B, C\n2\tD, E, F\n"),
      Arguments.of("delimiters in quotes", ',', "a,b\n\"x;y;z\",\"1|2|3\"\n\"x;y;z\",\"1|2|3\"\n"),
      Arguments.of("quoted line breaks", '|', "a|b\n\"x\ny,z\n\"|1\n2|3\n"),
      Arguments.of("bad rows", ';', "a;b;c\n1;2\n1;2;3;4\n1;2,5;3\n1;2;3\n"),
      Arguments.of("a stray quote", ';', "a;b;c\n1;\"2;3\n1;2;3\n1;2;3\n"),
      Arguments.of("a header alone", '\t', "a\tb\tc"),
      Arguments.of("one column", ',', "sku\nA-1\nA-2\n"),
      Arguments.of("one column with other delimiters in it", ',', "note\nx; y\nz | w; v\n"),
      Arguments.of("lonely carriage returns", ';', "a;b\r1,5;2\r2,5;3\r"),
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void findsTheDelimiter(String name, char delimiter, String text) {
    assertThat(DelimiterSniffer.sniff(text, true)).isEqualTo(delimiter);
    assertThat(DelimiterSniffer.sniff(text, false)).isEqualTo(delimiter);
  }
}
