package dev.entrepot.inbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.entrepot.inbox.delivery.Destination.State;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.kit.outbound.Receiver;
import dev.entrepot.storage.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real receivers on loopback, a real database, and a clock that stands. Nothing here depends on
/// how long something takes.
class DeliverySenderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DeliveryWorld world = new DeliveryWorld();
  private final Receiver receiver = new Receiver(Receiver.status(204));

  @AfterEach
  void close() {
    receiver.close();
    world.close();
  }

  private List<String> bodies() {
    return receiver.requests().stream()
        .map(request -> JSON.readTree(request.body()).get("data").toString())
        .toList();
  }

  private void awaitState(long position, DeliveryState state) {
    DeliveryWorld.awaitEqual(() -> world.only(position).state(), state);
  }

  private void assertBooks() {
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void anEventIsPostedSignedAndAsItCame() throws Exception {
    world.destination("crm", receiver.url("/hook"));
    long position = world.event("shop/1", "{\"price\": 1.10, \"id\": 12345678901234567890}");
    world.sender("one");
    awaitState(position, DeliveryState.DELIVERED);
    Receiver.Request request = receiver.requests().getFirst();
    assertThat(request.path()).isEqualTo("/hook");
    assertThat(request.header("webhook-id")).isEqualTo("evt_" + Positions.text(position));
    assertThat(request.body())
        .endsWith(",\"data\":{\"price\": 1.10, \"id\": 12345678901234567890}}");
    JsonNode body = JSON.readTree(request.body());
    assertThat(body.get("type").asString()).isEqualTo("orders/updated");
    assertThat(body.get("connection").asString()).isEqualTo("shop");
    assertThat(body.get("key").asString()).isEqualTo("shop/1");
    new Webhook(DeliveryWorld.SECRET)
        .verify(
            request.body(),
            Map.of(
                "webhook-id", List.of(request.header("webhook-id")),
                // The clock stands: of the signature's age the receiver knows nothing.
                "webhook-timestamp", List.of(request.header("webhook-timestamp")),
                "webhook-signature", List.of(request.header("webhook-signature"))));
    EventDelivery delivery = world.only(position);
    assertThat(world.deliveries.attempts(delivery.id()))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(204));
    assertBooks();
  }

  @Test
  void whatIsNoJsonComesAsBase64() {
    world.destination("crm", receiver.url("/"));
    long position = world.event("shop/1", "a=b");
    world.sender("one");
    awaitState(position, DeliveryState.DELIVERED);
    assertThat(JSON.readTree(receiver.requests().getFirst().body()).get("data_base64").asString())
        .isEqualTo("YT1i");
  }

  @Test
  void aFailureIsTriedAgainForThreeDaysAndThenDead() {
    receiver.answer(Receiver.status(500));
    world.destination("crm", receiver.url("/"));
    long position = world.event("shop/1", "{}");
    world.sender("one");
    Duration passed = Duration.ZERO;
    int attempts = 0;
    for (Duration wait : RetrySchedule.STANDARD.waits()) {
      attempts++;
      int made = attempts;
      DeliveryWorld.await(() -> world.only(position).attempts() == made);
      assertThat(world.only(position).state()).isEqualTo(DeliveryState.WAITING);
      Duration longest = wait.plus(wait.dividedBy(10)).plusSeconds(1);
      world.advance(longest);
      passed = passed.plus(longest);
    }
    awaitState(position, DeliveryState.DEAD);
    assertThat(passed).isGreaterThan(Duration.ofDays(3));
    EventDelivery dead = world.only(position);
    assertThat(dead.attempts()).isEqualTo(10);
    assertThat(dead.reason()).contains("500");
    assertThat(receiver.requests()).hasSize(10);
    assertThat(receiver.requests())
        .extracting(request -> request.header("webhook-id"))
        .containsOnly(dead.webhookId());
    assertThat(world.deliveries.attempts(dead.id())).hasSize(10);
    assertBooks();
    receiver.answer(Receiver.status(200));
    world.deliveries.retry(DeliveryWorld.ANNA, dead.id());
    awaitState(position, DeliveryState.DELIVERED);
    assertThat(world.deliveries.attempts(dead.id())).hasSize(11);
    assertBooks();
  }

  @Test
  void aFailureHoldsItsKeyAloneAndOrderIsKept() {
    receiver.answer(
        exchange -> exchange.sendResponseHeaders(holdsKeyA(exchange.getRequestHeaders()), -1));
    world.destination("crm", receiver.url("/"));
    long a1 = world.event("a", "1");
    world.event("a", "2");
    world.event("b", "3");
    long a4 = world.event("a", "4");
    long b5 = world.event("b", "5");
    failing = "evt_" + Positions.text(a1);
    world.sender("one");
    awaitState(b5, DeliveryState.DELIVERED);
    awaitState(a1, DeliveryState.WAITING);
    awaitState(a4, DeliveryState.BEHIND);
    long a6 = world.event("a", "6");
    awaitState(a6, DeliveryState.BEHIND);
    assertThat(bodies()).containsExactlyInAnyOrder("1", "3", "5");
    assertBooks();
    failing = "";
    world.advance(Duration.ofSeconds(6));
    awaitState(a6, DeliveryState.DELIVERED);
    assertThat(bodies().stream().filter(body -> !List.of("3", "5").contains(body)))
        .containsExactly("1", "1", "2", "4", "6");
    assertBooks();
  }

  @Test
  void manyOfOneKeyHoldUpNoOther() {
    CountDownLatch came = new CountDownLatch(1);
    receiver.answer(exchange -> {
      if (other.equals(exchange.getRequestHeaders().getFirst("webhook-id"))) {
        came.countDown();
      } else {
        awaitQuietly(came);
      }
      exchange.sendResponseHeaders(204, -1);
    });
    world.destination("crm", receiver.url("/"));
    world.event("a", "1");
    int _ =
        world.database.write(transaction ->
            Sql.of(
                    """
                    insert into delivery (position, destination, lane, connection, topic, key,
                      key_hash, bytes, replay)
                    select position, destination, lane, connection, topic, key, key_hash, bytes,
                      gen_random_uuid()
                    from delivery, generate_series(1, 2100)
                    """)
                .update(transaction));
    long last = world.event("b", "2");
    other = "evt_" + Positions.text(last);
    world.sender("one");
    // Until it came, the first of the many has no answer.
    awaitState(last, DeliveryState.DELIVERED);
  }

  private volatile String other = "";

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private volatile String failing = "";

  private int holdsKeyA(com.sun.net.httpserver.Headers headers) {
    return failing.equals(headers.getFirst("webhook-id")) ? 500 : 204;
  }

  @Test
  void aDestinationThatDoesNotAnswerHoldsNoOther() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    try (Receiver slow =
        new Receiver(exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(204, -1);
        })) {
      world.destination("slow", slow.url("/"));
      world.destination("swift", receiver.url("/"));
      world.sender("one");
      for (int i = 0; i < 40; i++) {
        world.event("key-" + i, String.valueOf(i));
      }
      DeliveryWorld.awaitEqual(() -> receiver.requests().size(), 40);
      // No more at once than is allowed.
      DeliveryWorld.awaitEqual(() -> slow.requests().size(), 4);
      over.countDown();
      DeliveryWorld.awaitEqual(() -> slow.requests().size(), 40);
      DeliveryWorld.await(
          () -> world.states("slow").stream().allMatch(s -> s == DeliveryState.DELIVERED));
    }
    assertBooks();
  }

  @Test
  void whoIsGoneIsDisabledAndSaidSo() {
    receiver.answer(Receiver.status(410));
    world.destination("crm", receiver.url("/"));
    world.event("a", "1");
    world.event("a", "2");
    world.event("a", "3");
    world.sender("one");
    DeliveryWorld.awaitEqual(
        () -> world.states("crm"),
        List.of(DeliveryState.DEAD, DeliveryState.DEAD, DeliveryState.DEAD));
    Destination crm = world.destinations.find("crm").orElseThrow();
    assertThat(crm.state()).isEqualTo(State.DISABLED);
    assertThat(crm.problem()).contains("410");
    assertThat(receiver.requests()).hasSize(1);
    assertThat(
            world.number("select count(*) as n from activity where action = 'destination.disable'"))
        .isEqualTo(1);
    long position = world.kept("a", "orders/updated", "4");
    assertThat(world.handle(world.due(position, "a", "orders/updated", "4", false, null)))
        .isEqualTo(new Handled.NotWanted());
    assertBooks();
    receiver.answer(Receiver.status(204));
    Destination enabled = world.change(DestinationDraft.of(crm).withState(State.ENABLED));
    assertThat(enabled.problem()).isNull();
    assertThat(world.deliveries.retryAll(DeliveryWorld.ANNA, "crm")).isEqualTo(3);
    DeliveryWorld.await(
        () -> world.states("crm").stream().allMatch(s -> s == DeliveryState.DELIVERED));
    assertThat(bodies()).containsExactly("1", "1", "2", "3");
    assertBooks();
  }

  @Test
  void redirectsAreFailures() {
    receiver.answer(Receiver.status(302, Map.of("Location", receiver.url("/other"))));
    world.destination("crm", receiver.url("/first"));
    long position = world.event("a", "1");
    world.sender("one");
    awaitState(position, DeliveryState.WAITING);
    assertThat(world.only(position).reason()).contains("redirects are not followed");
    assertThat(receiver.requests()).extracting(Receiver.Request::path).containsExactly("/first");
  }

  @Test
  void aReceiverThatAsksForRestGetsIt() {
    receiver.answer(Receiver.status(503, Map.of("Retry-After", "600")));
    world.destination("crm", receiver.url("/"));
    long first = world.event("a", "1");
    world.sender("one");
    awaitState(first, DeliveryState.WAITING);
    assertThat(world.only(first).dueAt()).isEqualTo(world.clock.instant().plusSeconds(600));
    receiver.answer(Receiver.status(204));
    long second = world.event("b", "2");
    world.advance(Duration.ofSeconds(599));
    try (Receiver other = new Receiver(Receiver.status(204))) {
      // While this one is served, the other one rests.
      world.destination("other", other.url("/"));
      long third = world.event("c", "3");
      DeliveryWorld.await(() -> other.requests().size() == 1);
      assertThat(world.only(second).attempts()).isZero();
      assertThat(receiver.requests()).hasSize(1);
      world.advance(Duration.ofSeconds(1));
      awaitState(first, DeliveryState.DELIVERED);
      awaitState(second, DeliveryState.DELIVERED);
      awaitState(third, DeliveryState.DELIVERED);
    }
    assertBooks();
  }

  @Test
  void whatIsPausedWaits() {
    Destination crm = world.destination("crm", receiver.url("/"));
    world.change(DestinationDraft.of(crm).withState(State.PAUSED));
    long position = world.event("a", "1");
    try (Receiver other = new Receiver(Receiver.status(204))) {
      world.destination("other", other.url("/"));
      world.sender("one");
      long _ = world.event("b", "2");
      DeliveryWorld.await(() -> other.requests().size() == 1);
    }
    assertThat(world.only(position).state()).isEqualTo(DeliveryState.NEW);
    boolean needed =
        world.database.read(
            connection -> UndeliveredSlices.needed(connection, Positions.slice(position)));
    assertThat(needed).isTrue();
    world.change(
        DestinationDraft.of(world.destinations.find("crm").orElseThrow()).withState(State.ENABLED));
    awaitState(position, DeliveryState.DELIVERED);
    assertBooks();
  }

  @Test
  void whatWasPostedButNotWrittenDownIsPostedAgainUnderTheSameId() {
    AtomicInteger posts = new AtomicInteger();
    receiver.answer(exchange -> {
      if (posts.incrementAndGet() == 1) {
        // As after a crash, or a pause that was too long: the lease is another's.
        int _ =
            world.database.write(transaction ->
                Sql.of("update lease set token = token + 1, until = clock_timestamp()")
                    .update(transaction));
      }
      exchange.sendResponseHeaders(204, -1);
    });
    world.destination("crm", receiver.url("/"));
    long first = world.event("a", "1");
    long second = world.event("a", "2");
    world.sender("one");
    world.sender("two");
    awaitState(second, DeliveryState.DELIVERED);
    assertThat(bodies()).containsExactly("1", "1", "2");
    assertThat(receiver.requests())
        .extracting(request -> request.header("webhook-id"))
        .startsWith(world.only(first).webhookId(), world.only(first).webhookId());
    assertThat(world.only(first).attempts()).isEqualTo(1);
    assertBooks();
  }

  @Test
  void anotherNodeGoesOnWhenOneStops() {
    world.destination("crm", receiver.url("/"));
    DeliverySender one = world.sender("one");
    awaitState(world.event("a", "1"), DeliveryState.DELIVERED);
    one.close();
    long position = world.event("a", "2");
    world.sender("two");
    awaitState(position, DeliveryState.DELIVERED);
    assertThat(bodies()).containsExactly("1", "2");
  }

  @Test
  void whileASecretIsReplacedBothSign() {
    world.destination("crm", receiver.url("/"));
    Destinations.WithSecret rotated =
        world.destinations.rotate(DeliveryWorld.ANNA, "crm", null, Duration.ofDays(1));
    assertThat(rotated.secret()).startsWith("whsec_");
    assertThat(rotated.destination().secrets()).hasSize(2);
    world.sender("one");
    awaitState(world.event("a", "1"), DeliveryState.DELIVERED);
    assertThat(receiver.requests().getFirst().header("webhook-signature"))
        .matches("v1,\\S+ v1,\\S+");
    assertThat(world.number("select count(*) as n from destination_secret where value like 'v1:%'"))
        .isEqualTo(2);
  }

  @Test
  void replaysAreMarkedAndEditedBodiesDelivered() {
    world.destination("crm", receiver.url("/"));
    long position = world.kept("a", "orders/updated", "1");
    assertThat(world.handle(world.due(position, "a", "orders/updated", "11", true, null)))
        .isEqualTo(new Handled.Written("to be delivered to crm"));
    assertThat(world.handle(world.due(position, "a", "orders/updated", "11", true, null)))
        .isInstanceOf(Handled.Unchanged.class);
    world.sender("one");
    awaitState(position, DeliveryState.DELIVERED);
    java.util.UUID replay = dev.entrepot.model.SortableId.next();
    assertThat(world.handle(world.due(position, "a", "orders/updated", "1", false, replay)))
        .isInstanceOf(Handled.Written.class);
    DeliveryWorld.awaitEqual(() -> receiver.requests().size(), 2);
    assertThat(bodies()).containsExactly("11", "1");
    Receiver.Request again = receiver.requests().getLast();
    assertThat(again.header("webhook-id")).isEqualTo("evt_" + Positions.text(position));
    assertThat(again.header("entrepot-replay")).isEqualTo(replay.toString());
  }
}
