package dev.entrepot.simulators.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.connectors.shopify.ShopifyFactory;
import dev.entrepot.simulators.sender.Disorder;
import dev.entrepot.simulators.sender.Pace;
import dev.entrepot.simulators.sender.Plan;
import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.Report;
import dev.entrepot.simulators.sender.RetryPolicy;
import dev.entrepot.simulators.sender.RetryPolicy.Removal;
import dev.entrepot.simulators.sender.Story;
import dev.entrepot.simulators.sender.Story.Ending;
import dev.entrepot.simulators.sender.Story.Thing;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.PrivacyRequest;
import dev.entrepot.spi.event.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShopifySenderTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final String SECRET = "simulated";
  private static final RetryPolicy PATIENT =
      new RetryPolicy(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          ShopifySender.POLICY.waits(),
          Removal.KEPT);

  private final EventSource source = new ShopifyFactory().open(Map.of());

  @Test
  void theSameSeedTellsTheSameStory() {
    ShopifyWorld.Size size = new ShopifyWorld.Size(3, 50, 2000, 10);
    Story story = ShopifyWorld.story(size, 42, START);

    assertThat(story).isEqualTo(ShopifyWorld.story(size, 42, START));
    assertThat(story).isNotEqualTo(ShopifyWorld.story(size, 43, START));
    assertThat(story.events()).hasSizeGreaterThanOrEqualTo(2000);
    assertThat(story.events().stream().map(PlannedEvent::topic).distinct())
        .contains(
            "products/create",
            "products/update",
            "products/delete",
            "customers/create",
            "checkouts/create",
            "checkouts/update",
            "orders/create",
            "orders/paid",
            "orders/cancelled",
            "orders/fulfilled",
            "fulfillments/create",
            "order_transactions/create");
    assertThat(story.endings().values()).hasAtLeastOneElementOfType(Ending.Completed.class);
    assertThat(story.endings().values()).hasAtLeastOneElementOfType(Ending.Deleted.class);
  }

  @Test
  void retriesTakeFourHours() {
    assertThat(ShopifySender.POLICY.waits()).hasSize(8);
    assertThat(ShopifySender.POLICY.waits().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofHours(4));
  }

  /// A receiver that fails now and then hears the story in disorder, and still comes to its end.
  @Test
  void whoeverHearsAllComesToTheSameEnd() throws Exception {
    Story story = ShopifyWorld.story(new ShopifyWorld.Size(2, 25, 300, 0), 7, START);
    Plan plan = Disorder.SHOPIFY.plan(story.events(), new Random(7));
    Queue<Delivery> kept = new ConcurrentLinkedQueue<>();
    HttpServer server = receiver(kept);
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    Report report;
    try (ShopifySender sender =
        new ShopifySender(
            List.of(endpoint), SECRET, new Pace(1_000_000_000, 1_000_000_000), 16, PATIENT)) {
      report = sender.send(plan);
    } finally {
      server.stop(0);
    }

    assertThat(report.delivered()).isEqualTo(story.events().size());
    assertThat(report.attempts()).isGreaterThan(plan.shipments().size());
    assertThat(heard(kept)).isEqualTo(told(story));
  }

  @Test
  void odditiesAreWhatTheySay() {
    String shop = ShopifyWorld.shop(0);
    assertCode(EventException.Code.MALFORMED, Oddities.poison("1", shop, "5", START));
    assertCode(EventException.Code.MISSING_FIELD, Oddities.idAlone("2", shop, "5", START));
    assertCode(EventException.Code.UNKNOWN_TOPIC, Oddities.unknownTopic("3", shop, START));
    assertThat(read(Oddities.redactCustomer("4", shop, "9", "1,2", START)).privacy())
        .containsExactly(
            new PrivacyRequest.CustomerRedact(
                shop, "9", "customer-9@example.com", List.of("1", "2")));
    assertThat(read(Oddities.redactShop("5", shop, START)).privacy())
        .containsExactly(new PrivacyRequest.AccountRedact(shop));
  }

  private HttpServer receiver(Queue<Delivery> kept) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    AtomicInteger requests = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Delivery delivery =
                new Delivery(new Headers(exchange.getRequestHeaders()), Body.of(body));
            boolean genuine =
                source.verify(delivery, List.of(SECRET), Instant.now()) instanceof Verdict.Genuine;
            boolean well = requests.incrementAndGet() % 7 != 0;
            if (genuine && well) {
              kept.add(delivery);
            }
            exchange.sendResponseHeaders(!genuine ? 401 : well ? 200 : 503, -1);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static Map<String, String> told(Story story) {
    Map<String, String> told = new HashMap<>();
    story
        .endings()
        .forEach((Thing thing, Ending ending) ->
            told.put(
                thing.account() + "/" + thing.id(),
                switch (ending) {
                  case Ending.Stands(Instant _, String body) -> body;
                  case Ending.Completed(Instant _, String body, String _) -> body;
                  case Ending.Deleted _ -> "deleted";
                }));
    return told;
  }

  // As a hot store would: older states give way, deletions stay.
  private Map<String, String> heard(Queue<Delivery> kept) {
    Map<String, EntityChange> states = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Delivery delivery : new ArrayList<>(kept)) {
      Message message =
          new Message(source.identify(delivery), delivery.headers(), delivery.body(), START);
      if (!seen.add(message.identity().externalId())) {
        continue;
      }
      for (EntityChange change : source.read(message).changes()) {
        if (!(change instanceof EntityChange.CheckoutCompleted)) {
          states.merge(
              change.account() + "/" + change.id(),
              change,
              (old, young) -> young.at().isAfter(old.at()) ? young : old);
        }
      }
    }
    Map<String, String> heard = new HashMap<>();
    states.forEach((key, change) ->
        heard.put(
            key, change instanceof EntityChange.Present present ? present.document() : "deleted"));
    return heard;
  }

  private void assertCode(EventException.Code code, PlannedEvent event) {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> read(event))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private Facts read(PlannedEvent event) {
    Delivery delivery = new Delivery(Headers.of(event.headers()), Body.of(event.body()));
    return source.read(
        new Message(source.identify(delivery), delivery.headers(), delivery.body(), START));
  }
}
