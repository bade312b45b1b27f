package dev.entrepot.onboarding.mapping;

import static dev.entrepot.onboarding.mapping.Mapping.DecimalStyle.COMMA;
import static dev.entrepot.onboarding.mapping.Mapping.DecimalStyle.POINT;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19.99 | 19.99",
        "0 | 0",
        "007 | 007",
        "-5 | -5",
        "1,299.00 | 1299.00",
        "1,234,567.8 | 1234567.8",
        "12,345 | 12345",
        "1 299.50 | 1299.50",
        "1'299.50 | 1299.50",
        "1\u00a0299 | 1299",
        "1\u202f299 | 1299",
        "'  12.5 ' | 12.5",
      })
  void readsPointStyle(String text, String plain) {
    assertThat(DecimalText.canonical(text, POINT)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19,99 | 19.99",
        "1.299,00 | 1299.00",
        "1.299 | 1299",
        "1.234.567,8 | 1234567.8",
        "1 299,5 | 1299.5",
        "-0,5 | -0.5",
      })
  void readsCommaStyle(String text, String plain) {
    assertThat(DecimalText.canonical(text, COMMA)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "abc",
        "1,2,3",
        "1,29",
        "12,99",
        "1234,567",
        ",5",
        ".5",
        "5.",
        "1.2.3",
        "1,299,00",
        "1 299'000",
        "+5",
        "--5",
        "- 5",
        "5-",
        "1e3",
        "1E3",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "٣",
        "１２",
        "½",
        "12.5 €",
        "$12",
        "1,234 567",
        "1 2",
        "−5",
        "1f",
        "1d",
        "99999999999999999999999999999999999999999"
      })
  void refusesInPointStyle(String text) {
    assertThat(DecimalText.canonical(text, POINT)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"19.99", "1,299.00", "1.29", "1,2,3", ",5", "5,", "1.2,3"})
  void refusesInCommaStyle(String text) {
    assertThat(DecimalText.canonical(text, COMMA)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12,99 | 12.99",
        "1.299,00 | 1299.00",
        "+5 | 5",
        "1e3 | 1000",
        "1,5E+2 | 150",
        "٣ | 3",
        "１２.５ | 12.5",
        "€ 19.90 | 19.90",
        "19,90 EUR | 19.90",
        "USD 5 | 5",
        "$1,299.00 | 1299.00",
        "Fr. 12.50 | 12.50",
        "-$5 | -5",
      })
  void guessesWhatWasMeant(String text, String plain) {
    assertThat(DecimalText.guess(text)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "1,2,3", "NaN", "abc5", "5 pieces", "1e999", "½"})
  void guessesNothingWhereThereIsNoTelling(String text) {
    assertThat(DecimalText.guess(text)).isNull();
  }

  @Property
  void readsWhatBigDecimalWrites(
      @ForAll @BigRange(min = "-1e12", max = "1e12") @Scale(6) BigDecimal number) {
    String plain = number.toPlainString();

    assertThat(DecimalText.canonical(plain, POINT)).isEqualTo(plain);
    assertThat(DecimalText.canonical(plain.replace('.', ','), COMMA)).isEqualTo(plain);
  }

  @Property
  void readsGroupedNumbers(@ForAll @BigRange(min = "0", max = "1e12") @Scale(2) BigDecimal number) {
    String grouped = String.format(java.util.Locale.ROOT, "%,.2f", number);
    String swapped = grouped.replace(',', ' ').replace('.', ',').replace(' ', '.');

    assertThat(new BigDecimal(DecimalText.canonical(grouped, POINT))).isEqualByComparingTo(number);
    assertThat(new BigDecimal(DecimalText.canonical(swapped, COMMA))).isEqualByComparingTo(number);
  }

  @Property
  void neverThrows(@ForAll String text, @ForAll Mapping.DecimalStyle style) {
    String plain = DecimalText.canonical(text, style);
    if (plain != null) {
      assertThat(Blanks.trim(plain)).matches("-?[0-9]+(\\.[0-9]+)?");
    }
    String guess = DecimalText.guess(text);
    if (guess != null) {
      assertThat(new BigDecimal(guess).toPlainString()).isNotEmpty();
    }
  }
}
