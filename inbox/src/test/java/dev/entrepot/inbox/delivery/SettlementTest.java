package dev.entrepot.inbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.delivery.DeliveryStore.Attempt;
import dev.entrepot.inbox.delivery.DeliveryStore.Settled;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A commit whose answer was lost is made again.
class SettlementTest {
  private final DeliveryWorld world = new DeliveryWorld();
  private final Leases leases = new Leases(world.database, Clock.systemUTC());
  private final DeliveryStore store =
      new DeliveryStore(world.database, leases, world.log, world.activities);
  private final Lease lease = leases.acquire("test", "node", Duration.ofHours(1)).orElseThrow();

  SettlementTest() {
    world.destination("crm", "http://127.0.0.1:1/");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<DueDelivery> next() {
    return store.next(lease, "crm", List.of(), List.of(), world.clock.instant(), 10);
  }

  private void settleTwice(DueDelivery delivery, Fate fate) {
    List<Settled> settled =
        List.of(new Settled(delivery, new Attempt(world.clock.instant(), 5, 200, "ok"), fate));
    store.settle(lease, "crm", settled, world.clock.instant());
    store.settle(lease, "crm", settled, world.clock.instant());
  }

  private Fate failed() {
    return new Fate(DeliveryState.WAITING, world.clock.instant(), "no answer", false, null);
  }

  @Test
  void makesOneOfAKeyDueAtATime() {
    for (int i = 0; i < 3; i++) {
      long _ = world.event("a", "{}");
    }
    settleTwice(next().getFirst(), failed());
    assertThat(next()).hasSize(1);
    settleTwice(next().getFirst(), new Fate(DeliveryState.DELIVERED, null, null, false, null));
    assertThat(world.states("crm"))
        .containsExactly(DeliveryState.DELIVERED, DeliveryState.WAITING, DeliveryState.BEHIND);
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void countsAnAttemptOnce() {
    long position = world.event("a", "{}");
    settleTwice(next().getFirst(), failed());
    EventDelivery failed = world.only(position);
    assertThat(failed.state()).isEqualTo(DeliveryState.WAITING);
    assertThat(failed.attempts()).isEqualTo(1);
    assertThat(world.deliveries.attempts(failed.id())).hasSize(1);
    settleTwice(next().getFirst(), failed());
    assertThat(world.only(position).attempts()).isEqualTo(2);
    assertThat(world.deliveries.attempts(failed.id())).hasSize(2);
  }
}
