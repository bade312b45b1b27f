package dev.entrepot.simulators.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.simulators.sender.RetryPolicy.Removal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Pace FAST = new Pace(1_000_000_000L, 1_000_000_000L);
  private static final RetryPolicy THREE =
      new RetryPolicy(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4)),
          Removal.KEPT);

  private final Map<String, Queue<String>> received = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile IntUnaryOperator answer = request -> 200;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received
                .computeIfAbsent(body, b -> new ConcurrentLinkedQueue<>())
                .add(exchange.getRequestHeaders().getFirst("X-Signature"));
            exchange.sendResponseHeaders(answer.applyAsInt(requests.incrementAndGet()), -1);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everythingIsSentOnceAndSigned() throws InterruptedException {
    Report report = send(Disorder.NONE.plan(events(50), new Random(1)), THREE);

    assertThat(report.delivered()).isEqualTo(50);
    assertThat(report.attempts()).isEqualTo(50);
    assertThat(report.removed()).isEmpty();
    assertThat(received).hasSize(50);
    assertThat(received.get("body 7")).containsExactly("signed event-7");
  }

  @Test
  void eventsAreDoubledByTheSameSeed() throws InterruptedException {
    Disorder disorder = new Disorder(0.5, 0.1, Duration.ofMinutes(1), Duration.ofDays(1));
    Plan plan = disorder.plan(events(100), new Random(7));

    assertThat(plan).isEqualTo(disorder.plan(events(100), new Random(7)));
    assertThat(plan.shipments().size()).isBetween(120, 180);
    Report report = send(plan, THREE);
    assertThat(report.attempts()).isEqualTo(plan.shipments().size());
    assertThat(received.values().stream().mapToInt(Queue::size).sum())
        .isEqualTo(plan.shipments().size());
  }

  @Test
  void whatFailsIsTriedAgain() throws InterruptedException {
    answer = request -> request % 3 == 0 ? 200 : 503;

    Report report = send(Disorder.NONE.plan(events(1), new Random(1)), THREE);

    assertThat(report.fates())
        .singleElement()
        .satisfies(fate -> {
          assertThat(fate.acknowledged()).isEqualTo(1);
          assertThat(fate.refused()).isEqualTo(2);
          assertThat(fate.attempts()).isEqualTo(3);
        });
  }

  @Test
  void redirectsAreFailures() throws InterruptedException {
    answer = request -> 301;

    Report report = send(Disorder.NONE.plan(events(1), new Random(1)), THREE);

    assertThat(report.delivered()).isZero();
    assertThat(report.attempts()).isEqualTo(4);
  }

  @Test
  void aSubscriptionThatFailsForLongIsDeleted() throws InterruptedException {
    answer = request -> 500;
    Report one =
        send(Disorder.NONE.plan(events(1), new Random(1)), THREE.withRemoval(Removal.DELETED));
    assertThat(one.removed()).containsExactly("things/made");
    assertThat(one.attempts()).isEqualTo(4);

    // All of a topic: at least one was given up, and none was delivered.
    Report many =
        send(Disorder.NONE.plan(events(20), new Random(1)), THREE.withRemoval(Removal.DELETED));
    assertThat(many.removed()).containsExactly("things/made");
    assertThat(many.delivered()).isZero();
    assertThat(many.fates())
        .allSatisfy(fate -> assertThat(fate.attempts() + fate.unsent()).isPositive());
  }

  @Test
  void nobodyThereIsNoAnswer() throws InterruptedException {
    server.stop(0);

    Report report = send(Disorder.NONE.plan(events(3), new Random(1)), THREE);

    assertThat(report.fates())
        .allSatisfy(fate -> {
          assertThat(fate.delivered()).isFalse();
          assertThat(fate.unanswered()).isEqualTo(4);
        });
  }

  @Test
  void plansMustBeWhole() {
    PlannedEvent event = events(1).getFirst();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(new Plan(List.of(event, event), List.of()), THREE));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> send(new Plan(List.of(), List.of(new Shipment(event, Duration.ZERO))), THREE));
  }

  private Report send(Plan plan, RetryPolicy retries) throws InterruptedException {
    URI endpoint =
        URI.create(
            "http://"
                + server.getAddress().getAddress().getHostAddress()
                + ":"
                + server.getAddress().getPort()
                + "/");
    WebhookSender.Settings settings =
        new WebhookSender.Settings(
            List.of(endpoint),
            (event, body, now) -> Map.of("X-Signature", "signed " + event.id()),
            retries,
            FAST,
            8);
    try (WebhookSender sender = new WebhookSender(settings, InstantSource.system())) {
      return sender.send(plan);
    }
  }

  private static List<PlannedEvent> events(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new PlannedEvent(
                "event-" + i,
                "things/made",
                "thing-" + i % 5,
                START.plusSeconds(i),
                Map.of("X-Event", "event-" + i),
                "body " + i))
        .toList();
  }
}
