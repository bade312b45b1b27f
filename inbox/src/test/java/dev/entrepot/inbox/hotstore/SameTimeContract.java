package dev.entrepot.inbox.hotstore;

import static dev.entrepot.inbox.hotstore.Changes.START;
import static dev.entrepot.inbox.hotstore.Changes.key;
import static dev.entrepot.inbox.hotstore.Changes.order;
import static dev.entrepot.inbox.hotstore.Changes.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Precedence;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every hot store must do with states that have the same time.
abstract class SameTimeContract {

  /// A store without entities, with the usual times to live.
  ///
  /// @param now the store's time; the same store when asked again with another time
  abstract HotStore at(Instant now);

  final HotStore store() {
    return at(START.plusSeconds(100));
  }

  final String document(String order) {
    return store().get(key(EntityType.ORDER, order)).orElseThrow().document();
  }

  @Test
  void ofStatesAtTheSameTimeTheSenderSaysWhichIsTheLater() {
    IncomingChange first = order(7, "{\"v\":1}", new Precedence(second(11), 9));
    IncomingChange second = order(6, "{\"v\":2}", new Precedence(second(12), 1));
    IncomingChange third = order(5, "{\"v\":3}", new Precedence(second(12), 2));
    assertThat(store().apply(List.of(first, third, second)))
        .containsExactly(Effect.CREATED, Effect.UPDATED, Effect.STALE);
    assertThat(document("1")).isEqualTo("{\"v\":3}");
    // As it is stored, too.
    assertThat(store().apply(List.of(first, second))).containsOnly(Effect.STALE);
    IncomingChange said = order(1, "{\"v\":4}", new Precedence(second(12), 3));
    IncomingChange unsaid = order(9, "{\"v\":5}", Precedence.of(4));
    assertThat(store().apply(List.of(unsaid, said))).containsExactly(Effect.STALE, Effect.UPDATED);
  }

  @Test
  void ofStatesThatNothingTellsApartTheSameWinsWhicheverArrivesLast() {
    List<IncomingChange> states =
        IntStream.range(0, 6).mapToObj(i -> order("1", 10, i + 1, "{\"v\":" + i + "}")).toList();
    store().apply(states);
    String winner = document("1");
    List<IncomingChange> otherwise =
        IntStream.range(0, 6)
            .mapToObj(i -> order("2", 10, i + 1, "{\"v\":" + (5 - i) + "}"))
            .toList();
    store().apply(otherwise);
    assertThat(document("2")).isEqualTo(winner);
  }
}
