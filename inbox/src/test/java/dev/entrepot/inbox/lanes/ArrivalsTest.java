package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.lanes.Arrival.What;
import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.model.Page;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events and repeated deliveries in one list.
class ArrivalsTest {
  private final LaneWorld world = new LaneWorld();
  private final EventStates states = new EventStates(world.database, world.log);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void standInTheOrderInWhichTheyCame() {
    long a = kept("a");
    again("a");
    long b = kept("b");
    again("b");
    again("a");
    world.drain();
    assertThat(told(list(What.BOTH, null, null, 10)))
        .containsExactly("of " + a, "of " + b, "kept " + b, "of " + a, "kept " + a);
    assertThat(told(list(What.EVENTS, null, null, 10))).containsExactly("kept " + b, "kept " + a);
    assertThat(told(list(What.DUPLICATES, null, null, 10)))
        .containsExactly("of " + a, "of " + b, "of " + a);
  }

  @Test
  void pagesOfBothHaveNoGapsAndNothingTwice() {
    for (int i = 0; i < 9; i++) {
      kept("e" + i);
      for (int j = 0; j < i % 4; j++) {
        again("e" + i);
      }
    }
    for (int i = 0; i < 6; i++) {
      kept("late" + i);
    }
    List<Arrival> all = list(What.BOTH, null, null, 100).items();
    assertThat(all).hasSize(9 + 12 + 6);
    for (int size = 1; size < 8; size++) {
      List<Arrival> paged = new ArrayList<>();
      String cursor = null;
      do {
        Page<Arrival> page = list(What.BOTH, null, cursor, size);
        paged.addAll(page.items());
        cursor = page.next();
      } while (cursor != null);
      assertThat(paged).as("pages of " + size).isEqualTo(all);
    }
    assertThat(all).isSortedAccordingTo(Comparator.comparingLong(Arrival::position).reversed());
  }

  @Test
  void onlyEventsAreInAState() {
    long written = kept("a");
    again("a");
    world.drain();
    kept("b");
    again("b");
    assertThat(told(list(What.BOTH, EventState.State.WRITTEN, null, 10)))
        .containsExactly("kept " + written);
    assertThat(list(What.DUPLICATES, EventState.State.WRITTEN, null, 10).items()).isEmpty();
  }

  private Page<Arrival> list(
      What what, EventState.@Nullable State state, @Nullable String cursor, int size) {
    return states.arrivals(EventFilter.ALL, what, state, cursor, size);
  }

  private static List<String> told(Page<Arrival> page) {
    return page.items().stream()
        .map(arrival ->
            switch (arrival) {
              case Arrival.Kept kept -> "kept " + kept.position();
              case Arrival.Repeated repeated -> "of " + repeated.repeat().first();
            })
        .toList();
  }

  private long kept(String id) {
    return ((Appended.Accepted) append(id)).position();
  }

  private void again(String id) {
    assertThat(append(id)).isInstanceOf(Appended.Duplicate.class);
  }

  private Appended append(String id) {
    Identity identity = new Identity(id, "test/topic", "key-" + id, null);
    return world.log.append(new NewEvent("calm", identity, Headers.NONE, Body.of("fine"), null));
  }
}
