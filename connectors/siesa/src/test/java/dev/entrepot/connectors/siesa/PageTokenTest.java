package dev.entrepot.connectors.siesa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.connectors.siesa.SiesaDialect.Rows;
import dev.entrepot.spi.record.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
  private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");

  private static CountedPage counted(int page, int size, @Nullable Long total) {
    return new CountedPage(page, size, total, 0, 0, BEGUN);
  }

  private static Rows rows(int count, @Nullable Integer told, @Nullable Long total) {
    return new Rows(rows(1, count), told, total);
  }

  private static List<Fields> rows(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> new Fields(Map.of("f_codigo", "P" + i)))
        .toList();
  }

  private static @Nullable PageToken behind(CountedPage page, int rows, @Nullable Long total)
      throws MisreadException {
    return page.take(rows(rows, null, total), true).next();
  }

  @Test
  void isUnderstoodByAnotherNode() {
    for (PageToken token :
        new PageToken[] {
          counted(1, 1_000, null),
          new CountedPage(3, 100, 2_500L, 4, 5, BEGUN),
          OverlappingPage.first(100),
          new OverlappingPage(
              new Window(12, 83),
              100,
              1_000,
              List.of(new Anchor(1, "0123456789ab"), new Anchor(3, "ffffffffffff")),
              true,
              7)
        }) {
      assertThat(PageToken.of(token.text())).isEqualTo(token);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3:100:-", "c:3:100:-", "c:a:100:-:0:0:1", "o:1:1:1:1:x:1:"})
  void whatIsNoneIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PageToken.of(text));
  }

  @Test
  void endsByTheTotal() throws MisreadException {
    assertThat(behind(counted(2, 10, 20L), 10, 20L)).isNull();
    assertThat(behind(counted(2, 10, 20L), 10, 21L))
        .isEqualTo(new CountedPage(3, 10, 21L, 1, 0, BEGUN));
    assertThat(behind(counted(1, 10, null), 0, 0L)).isNull();
  }

  @Test
  void whatTheTotalBeliesIsAnError() {
    for (int rows : new int[] {0, 4, 9, 11}) {
      assertThatExceptionOfType(MisreadException.class)
          .isThrownBy(() -> behind(counted(2, 10, 50L), rows, 50L))
          .withMessageContaining("page 2 holds " + rows);
    }
    assertThatExceptionOfType(MisreadException.class)
        .isThrownBy(() -> behind(counted(1, 10, null), 0, 50L))
        .withMessageContaining("should hold 10");
    assertThatExceptionOfType(MisreadException.class)
        .isThrownBy(() -> counted(1, 10, null).take(rows(4, 10, 50L), true))
        .withMessageContaining("should hold 10");
    assertThatExceptionOfType(MisreadException.class)
        .isThrownBy(() -> counted(2, 10, 50L).take(rows(5, 5, 50L), true))
        .withMessageContaining("page 2 has 5 rows at most");
  }

  @Test
  void leadsBackWhenTheSourceShrank() throws MisreadException {
    assertThat(behind(counted(5, 10, 100L), 10, 99L)).isEqualTo(counted(4, 10, 99L));
    assertThat(behind(counted(5, 10, 100L), 10, 89L)).isEqualTo(counted(3, 10, 89L));
    assertThat(behind(counted(5, 10, 100L), 0, 2L)).isEqualTo(counted(1, 10, 2L));
    assertThat(behind(counted(5, 10, 100L), 10, 110L))
        .isEqualTo(new CountedPage(6, 10, 110L, 10, 0, BEGUN));
  }

  @Test
  void countsPagesByWhatSiesaGives() throws MisreadException {
    CountedPage first = counted(1, 1_000, null);
    assertThat(first.take(rows(100, 100, 250L), true).next()).isEqualTo(counted(2, 100, 250L));
    assertThat(first.take(rows(100, null, 250L), true).next()).isEqualTo(counted(2, 100, 250L));
  }

  @Test
  void whatCameAndDoesNotShowInTheTotalHasItReadAgain() throws MisreadException {
    Fields fresh =
        new Fields(Map.of("f_codigo", "N", SiesaFactory.CHANGED, BEGUN.plusSeconds(5).toString()));
    Rows last = new Rows(List.of(fresh), null, 11L);
    assertThat(new CountedPage(2, 10, 11L, 1, 0, BEGUN).take(last, true).next()).isNull();
    assertThat(counted(2, 10, 11L).take(last, true).next()).isEqualTo(OverlappingPage.first(10));
    assertThat(counted(1, 10, null).take(new Rows(List.of(fresh), null, 1L), true).next()).isNull();
  }

  @Test
  void withoutATotalPagesOverlap() throws MisreadException {
    PageToken second = counted(1, 10, null).take(rows(10, null, null), true).next();
    assertThat(second).isNotNull();
    assertThat(second.page()).isEqualTo(2);
    assertThat(second.size()).isEqualTo(9);
    PageToken.Taken taken = second.take(new Rows(rows(10, 18), null, null), true);
    assertThat(taken.rows()).isEqualTo(rows(11, 18));
    PageToken shrunk = second.take(new Rows(rows(13, 21), null, null), true).next();
    assertThat(shrunk).isNotNull();
    assertThat(shrunk.page()).isEqualTo(1);
    PageToken.Taken found = shrunk.take(new Rows(rows(4, 3 + shrunk.size()), null, null), true);
    assertThat(found.rows()).isEqualTo(rows(11, 3 + shrunk.size()));
  }

  @Test
  void aPageThatComesAgainIsAnError() throws MisreadException {
    PageToken second = counted(1, 10, null).take(rows(10, null, null), true).next();
    assertThat(second).isNotNull();
    assertThatExceptionOfType(MisreadException.class)
        .isThrownBy(() -> second.take(new Rows(rows(1, 9), null, null), true))
        .withMessageContaining("given before");
  }

  @Test
  void theEndIsBelievedWhenNothingComesBehindIt() throws MisreadException {
    PageToken changes = OverlappingPage.first(100);
    assertThat(changes.take(rows(7, null, null), false).next()).isNull();
    PageToken doubted = changes.take(rows(50, null, null), false).next();
    assertThat(doubted).isNotNull();
    assertThat(doubted.size()).isLessThanOrEqualTo(50);
    PageToken all = changes.take(rows(7, null, null), true).next();
    assertThat(all).isNotNull();
    Window asked = new Window(all.page(), all.size());
    assertThat(asked.start()).isLessThan(7);
    assertThat(asked.end()).isGreaterThan(7);
    List<Fields> still = rows((int) asked.start() + 1, 7);
    assertThat(all.take(new Rows(still, null, null), true).next()).isNull();
  }

  @Test
  void tenThousandProductsTakeOneCallInEightMore() throws MisreadException {
    PageToken next = OverlappingPage.first(100);
    int calls = 0;
    while (next != null) {
      calls++;
      int from = (next.page() - 1) * next.size();
      int to = Math.min(10_000, from + next.size());
      next = next.take(new Rows(rows(from + 1, to), null, null), true).next();
    }
    assertThat(calls).isBetween(101, 116);
  }
}
