package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpreadsheetTextTest {
  @Example
  void whatXmlCannotHoldIsMarked() {
    assertThat(SpreadsheetText.escape("a\u0000b\rc\td\ne\uFFFFf"))
        .isEqualTo("a_x0000_b_x000D_c\td\ne_xFFFF_f");
    assertThat(SpreadsheetText.escape("_x0041_ _x004G_ _x41_"))
        .isEqualTo("_x005F_x0041_ _x004G_ _x41_");
    assertThat(SpreadsheetText.escape("\uD83D\uDE0E\uD83D")).isEqualTo("\uD83D\uDE0E_xD83D_");
    assertThat(SpreadsheetText.escape("_x0041\u0000")).isEqualTo("_x005F_x0041_x0000_");
    assertThat(SpreadsheetText.unescape("_x0041_x0042_")).isEqualTo("Ax0042_");
  }

  @Property(tries = 5000)
  void escapingIsTakenBack(@ForAll("texts") String text) {
    assertThat(SpreadsheetText.unescape(SpreadsheetText.escape(text))).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("_x0041FfgG\u0000\r\uD83D\uDE0E").ofMaxLength(30),
        Arbitraries.strings().all().ofMaxLength(20));
  }
}
