package dev.entrepot.connectors.siesa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

  @Test
  void isUnderstoodByAnotherNode() {
    for (PageToken token :
        new PageToken[] {new PageToken(3, 100, 2_500L), new PageToken(1, 1_000, null)}) {
      assertThat(PageToken.of(token.text())).isEqualTo(token);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3:100", "a:100:-", "3:100:-1", "99999999999:100:-"})
  void whatIsNoneIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PageToken.of(text));
  }

  @Test
  void endsByTheTotalOrByAPageThatIsNotFull() {
    assertThat(new PageToken(2, 10, null).behind(10, 10, 20L)).isNull();
    assertThat(new PageToken(2, 10, null).behind(10, 10, 21L)).isEqualTo(new PageToken(3, 10, 21L));
    assertThat(new PageToken(2, 10, null).behind(0, 10, 50L)).isNull();
    assertThat(new PageToken(2, 10, null).behind(9, 10, null)).isNull();
    assertThat(new PageToken(2, 10, null).behind(10, 10, null))
        .isEqualTo(new PageToken(3, 10, null));
  }

  @Test
  void leadsBackWhenTheSourceShrank() {
    assertThat(new PageToken(5, 10, 100L).behind(10, 10, 99L)).isEqualTo(new PageToken(4, 10, 99L));
    assertThat(new PageToken(5, 10, 100L).behind(10, 10, 89L)).isEqualTo(new PageToken(3, 10, 89L));
    assertThat(new PageToken(5, 10, 100L).behind(0, 10, 2L)).isEqualTo(new PageToken(1, 10, 2L));
    assertThat(new PageToken(5, 10, 100L).behind(10, 10, 110L))
        .isEqualTo(new PageToken(6, 10, 110L));
  }

  @Test
  void countsPagesByWhatSiesaGives() {
    assertThat(new PageToken(1, 1_000, null).behind(100, 100, 250L))
        .isEqualTo(new PageToken(2, 100, 250L));
  }
}
