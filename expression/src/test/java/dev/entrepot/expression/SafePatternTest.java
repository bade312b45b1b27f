package dev.entrepot.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePatternTest {

  @Test
  void fitsWholeTexts() {
    SafePattern pattern = SafePattern.compile("[A-Z]{2}[0-9]+");

    assertThat(pattern.fits("AB12")).isTrue();
    assertThat(pattern.fits("AB12 ")).isFalse();
    assertThat(SafePattern.compile("^[0-9]{13}$").fits("7702001042470")).isTrue();
  }

  @Test
  void isDoneWithTextsThatOthersBacktrackOn() {
    assertThat(SafePattern.compile("(a+)+b").fits("a".repeat(50_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[0-9", "(a{900}){900}", "(?=a)b", "(a)\\1"})
  void refusesWhatIsWrongOrTooLarge(String pattern) {
    assertThatThrownBy(() -> SafePattern.compile(pattern))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("the pattern");
  }
}
