package dev.entrepot.onboarding.reports;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaGuardTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "=1+1|'=1+1",
        "+49 30 901820|'+49 30 901820",
        "-cmd|'-cmd",
        "@SUM(A1)|'@SUM(A1)",
        "＝1|'＝1",
        "-5|-5",
        "+5.25|+5.25",
        "-5,25|-5,25",
        "-5-5|'-5-5",
        "'=1|''=1",
        "it's|it's",
        "'quoted'|'quoted'",
        "plain|plain",
      })
  void dangerousCellsGetAnApostrophe(String cell, String guarded) {
    assertThat(FormulaGuard.add(cell)).isEqualTo(guarded);
    assertThat(FormulaGuard.remove(guarded)).isEqualTo(cell);
  }

  @Property
  void theGuardIsTakenOffExactly(@ForAll("cells") String cell) {
    assertThat(FormulaGuard.remove(FormulaGuard.add(cell))).isEqualTo(cell);
    assertThat(FormulaGuard.remove(FormulaGuard.addWhereAmbiguous(cell))).isEqualTo(cell);
  }

  @Property
  void nothingDangerousPasses(@ForAll("cells") String cell) {
    assertThat(FormulaGuard.add(cell)).doesNotMatch("(?s)[=+\\-@\t\r\n](?![\\d.,]+$).*");
  }

  @Provide
  Arbitrary<String> cells() {
    return Arbitraries.strings().withChars("''=+-@\t\r15.,ab").ofMaxLength(8);
  }
}
