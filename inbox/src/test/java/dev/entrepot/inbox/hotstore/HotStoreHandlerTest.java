package dev.entrepot.inbox.hotstore;

import static dev.entrepot.inbox.hotstore.Changes.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.Foreseeing.FieldChange;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HotStoreHandlerTest {
  private final Database database = TestDatabase.fresh();
  private final Clock clock = Clock.fixed(Changes.START, ZoneOffset.UTC);
  private final HotStoreHandler handler =
      new HotStoreHandler(
          transaction -> PostgresHotStore.within(transaction, clock, TimesToLive.DEFAULT));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyEventGetsItsOwnOutcome() {
    List<DueEvent> events =
        List.of(
            event(1, order("1", 5, 1, "{\"v\":1}")),
            DueEvents.event(2, Facts.NONE),
            event(3, order("1", 4, 3, "{\"v\":3}")),
            event(4, order("1", 6, 4, "{\"v\":4}"), order("2", 6, 4, "{}")),
            event(5, Changes.deleted(EntityType.ORDER, "2", 7, 5)));
    assertThat(handle(events))
        .containsExactly(
            new Handled.Written("order 1 created"),
            new Handled.NotWanted(),
            new Handled.Unchanged("order 1 is known in a newer state"),
            new Handled.Written("order 1 updated, order 2 created"),
            new Handled.Written("order 2 deleted"));
    assertThat(handle(events.subList(3, 4)))
        .containsExactly(
            new Handled.Unchanged("order 1 is so already, order 2 is known in a newer state"));
  }

  @Test
  void nothingIsKeptOfATransactionThatIsRolledBack() {
    try {
      database.write(transaction -> {
        handler.handle(transaction, List.of(event(1, order("1", 5, 1, "{}"))));
        throw new IllegalStateException("dies here");
      });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("dies here");
    }
    handle(List.of(event(1, order("1", 1, 1, "{\"status\":\"open\"}"))));
    List<List<FieldChange>> foreseen =
        database.read(connection ->
            handler.foresee(
                connection,
                List.of(
                    DueEvents.event(1, Facts.NONE),
                    event(2, order("1", 6, 2, "{\"status\":\"paid\"}"), order("2", 6, 2, "{}")))));
    assertThat(foreseen)
        .containsExactly(
            List.of(), List.of(new FieldChange("order 1", "status", "\"open\"", "\"paid\"")));
  }

  private List<Handled> handle(List<DueEvent> events) {
    return database.write(transaction -> handler.handle(transaction, events));
  }

  private static DueEvent event(long position, IncomingChange... changes) {
    return DueEvents.event(
        position,
        new Facts(
            List.of(changes).stream().map(IncomingChange::change).toList(), List.of(), List.of()));
  }
}
