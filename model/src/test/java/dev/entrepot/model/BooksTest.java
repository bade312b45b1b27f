package dev.entrepot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BooksTest {
  @Test
  void everyOutcomeKeepsTheBooksBalanced() {
    Books books = Books.EMPTY;
    int records = 0;
    for (Outcome outcome : Outcome.values()) {
      books = books.with(outcome, ++records);
      assertThat(books.balanced()).isTrue();
    }
    assertThat(books.received()).isEqualTo(15);
  }

  @Test
  void aLostRecordShows() {
    assertThat(new Books(10, 4, 2, 2, 1, 0).balanced()).isFalse();
    assertThatThrownBy(() -> new Books(1, -1, 0, 0, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("written -1");
  }

  @Test
  void acceptanceLeavesSkippedRecordsOut() {
    assertThat(new Books(20, 12, 1, 1, 6, 0).acceptance()).hasValue(13.0 / 14);
  }

  @Test
  void ofNothingThereIsNoShare() {
    assertThat(Books.EMPTY.acceptance()).isEmpty();
    assertThat(new Books(3, 0, 0, 0, 3, 0).acceptance()).isEmpty();
  }

  @Test
  void outcomesComeBackFromTheirCodes() {
    for (Outcome outcome : Outcome.values()) {
      assertThat(Outcome.ofCode(outcome.code())).isEqualTo(outcome);
    }
    assertThatThrownBy(() -> Outcome.ofCode('x')).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void conversionRoundsToTheTargetsDecimals() {
    Money euros = new Money(new BigDecimal("10.05"), Currency.getInstance("EUR"));
    assertThat(euros.convert(new BigDecimal("163.4"), Currency.getInstance("JPY")).amount())
        .isEqualByComparingTo("1642");
    assertThat(euros.convert(new BigDecimal("1.1"), Currency.getInstance("USD")))
        .hasToString("11.06 USD");
  }

  @Test
  void identifiersSortByTime() {
    UUID first = SortableId.next();
    UUID second = SortableId.next();
    assertThat(first.toString()).isLessThan(second.toString());
    assertThat(SortableId.madeAt(first))
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
  }
}
