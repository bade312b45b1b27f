package dev.entrepot.inbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.kit.outbound.Receiver;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deliveries that wait for their next attempt are tried when a person says so; the clock stands.
class HasteningTest {
  private final DeliveryWorld world = new DeliveryWorld();
  private final Receiver receiver = new Receiver(Receiver.status(500));

  @AfterEach
  void close() {
    try {
      assertThat(world.findings()).isEmpty();
    } finally {
      receiver.close();
      world.close();
    }
  }

  private void awaitState(long position, DeliveryState state) {
    DeliveryWorld.awaitEqual(() -> world.only(position).state(), state);
  }

  @Test
  void oneThatWaitsIsTriedNow() {
    world.destination("crm", receiver.url("/"));
    long first = world.event("a", "1");
    long second = world.event("a", "2");
    long other = world.event("b", "3");
    world.sender("one");
    awaitState(first, DeliveryState.WAITING);
    awaitState(second, DeliveryState.BEHIND);
    awaitState(other, DeliveryState.WAITING);
    assertThatThrownBy(() -> world.deliveries.retry(DeliveryWorld.ANNA, world.only(second).id()))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("delivery " + world.only(first).id().text() + " is before it");
    receiver.answer(Receiver.status(204));
    world.deliveries.retry(DeliveryWorld.ANNA, world.only(first).id());
    awaitState(second, DeliveryState.DELIVERED);
    assertThat(world.only(first).attempts()).isEqualTo(2);
    assertThat(world.only(other).state()).isEqualTo(DeliveryState.WAITING);
  }

  /// Whatever the receiver asked for before: a person knows that it is there again.
  @Test
  void allThatWaitAreTriedNowThoughTheReceiverAskedForRest() {
    receiver.answer(Receiver.status(503, Map.of("Retry-After", "600")));
    world.destination("crm", receiver.url("/"));
    long first = world.event("a", "1");
    world.sender("one");
    awaitState(first, DeliveryState.WAITING);
    long second = world.event("b", "2");
    receiver.answer(Receiver.status(204));
    assertThat(world.deliveries.hastenAll(DeliveryWorld.ANNA, "crm")).isOne();
    awaitState(first, DeliveryState.DELIVERED);
    awaitState(second, DeliveryState.DELIVERED);
    assertThat(world.deliveries.hastenAll(DeliveryWorld.ANNA, "crm")).isZero();
  }

  @Test
  void whatIsDeliveredIsNotTriedAgain() {
    receiver.answer(Receiver.status(204));
    world.destination("crm", receiver.url("/"));
    long position = world.event("a", "1");
    world.sender("one");
    awaitState(position, DeliveryState.DELIVERED);
    assertThatThrownBy(() -> world.deliveries.retry(DeliveryWorld.ANNA, world.only(position).id()))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("is delivered; only a dead one");
    assertThatThrownBy(() -> world.deliveries.hastenAll(DeliveryWorld.ANNA, "none"))
        .isInstanceOf(InboxException.class);
  }
}
