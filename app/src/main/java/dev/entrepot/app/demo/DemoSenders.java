package dev.entrepot.app.demo;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.simulators.recharge.RechargeSender;
import dev.entrepot.simulators.recharge.RechargeWorld;
import dev.entrepot.simulators.sender.Disorder;
import dev.entrepot.simulators.sender.Pace;
import dev.entrepot.simulators.sender.Plan;
import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.Report;
import dev.entrepot.simulators.sender.RetryPolicy;
import dev.entrepot.simulators.sender.RetryPolicy.Removal;
import dev.entrepot.simulators.sender.Story;
import dev.entrepot.simulators.shopify.Oddities;
import dev.entrepot.simulators.shopify.ShopifySender;
import dev.entrepot.simulators.shopify.ShopifyWorld;
import dev.entrepot.simulators.stripe.StripeSender;
import dev.entrepot.simulators.stripe.StripeWorld;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Two shops, their subscriptions and their payments, which tell what happens there by webhooks as
/// Shopify, Recharge and Stripe do: repeated, late, out of order, and once unreadable.
final class DemoSenders implements AutoCloseable {
  static final String SHOPS = "shops";
  static final String SUBSCRIPTIONS = "subscriptions";
  static final String PAYMENTS = "payments";

  /// The shops' secret. The demo listens to this machine alone.
  static final String SECRET = "a secret of the demo";

  private static final String STRIPE_SECRET = "whsec_a_secret_of_the_demo";
  private static final String ACCOUNT = "acct_demo";
  private static final int SHOP_EVENTS = 260;
  private static final int OTHER_EVENTS = 60;
  private static final int CONNECTIONS = 8;

  /// Minutes there pass in less than a second here.
  private static final Pace PACE = new Pace(80, 120);

  /// As Shopify's, but patient with a busy machine, and no subscription is lost.
  private static final RetryPolicy RETRIES =
      new RetryPolicy(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          ShopifySender.POLICY.waits(),
          Removal.KEPT);

  private static final Disorder DISORDER =
      new Disorder(0.2, 0.05, Duration.ofSeconds(20), Duration.ofMinutes(2));

  /// What was sent and what the senders heard.
  ///
  /// @param events different ones
  /// @param deliveries attempts, repetitions included
  /// @param refused of these, or not answered: they were tried again
  record Sent(long events, long deliveries, long refused) {
    private static Sent of(List<Report> reports) {
      return new Sent(
          reports.stream().mapToLong(report -> report.fates().size()).sum(),
          reports.stream().mapToLong(Report::attempts).sum(),
          reports.stream()
              .flatMap(report -> report.fates().stream())
              .mapToLong(fate -> fate.refused() + fate.unanswered())
              .sum());
    }
  }

  private final Api api;
  private final URI address;
  private final Clock clock;
  private final SplittableRandom random = new SplittableRandom();
  private @Nullable Thread trickle;

  DemoSenders(Api api, URI address, Clock clock) {
    this.api = api;
    this.address = address;
    this.clock = clock;
  }

  /// Makes the connections, unless they are there.
  void connect() {
    connect(SHOPS, "shopify", "Two shops", SECRET, Map.of());
    connect(
        SUBSCRIPTIONS,
        "recharge",
        "Subscriptions of the first shop",
        SECRET,
        Map.of("store", ShopifyWorld.shop(0)));
    connect(PAYMENTS, "stripe", "Payments of the shops", STRIPE_SECRET, Map.of("account", ACCOUNT));
  }

  private void connect(
      String name, String kind, String title, String secret, Map<String, String> settings) {
    ObjectNode given = Api.object();
    settings.forEach(given::put);
    try {
      api.post(
          Query.of("/inbox/connections"),
          Api.object()
              .put("name", name)
              .put("tenant", "demo")
              .put("kind", kind)
              .put("title", title)
              .put("secret", secret)
              .set("settings", given));
    } catch (ApiException e) {
      if (e.kind() != ApiException.Kind.CONFLICT) {
        throw e;
      }
      // Made by an earlier demo on this folder.
    }
  }

  /// All tell what happened in the last minutes, at once, while something else happens.
  ///
  /// @param meanwhile such as an outage
  Sent tellAll(Runnable meanwhile) {
    Plan shops = DISORDER.plan(shopEvents(SHOP_EVENTS, true), random);
    Plan subscriptions =
        plan(start ->
            RechargeWorld.story(ShopifyWorld.shop(0), 12, OTHER_EVENTS, random.nextLong(), start));
    Plan payments =
        plan(start -> StripeWorld.story(ACCOUNT, 12, OTHER_EVENTS, random.nextLong(), start));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Report>> reports =
          List.of(
              threads.submit(() -> tellOfShops(shops, SECRET, RETRIES)),
              threads.submit(() -> tellOfSubscriptions(subscriptions)),
              threads.submit(() -> tellOfPayments(payments)));
      meanwhile.run();
      List<Report> done = new ArrayList<>();
      for (Future<Report> report : reports) {
        done.add(report.get());
      }
      return Sent.of(done);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the senders tell", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sender of the demo failed", e);
    }
  }

  /// One event whose signature is false.
  ///
  /// @return whether it was refused
  boolean forge() {
    RetryPolicy once = new RetryPolicy(RETRIES.connect(), RETRIES.total(), List.of(), Removal.KEPT);
    Plan forged = Disorder.NONE.plan(shopEvents(1, false).subList(0, 1), random);
    try {
      return tellOfShops(forged, "not the secret", once).fates().getFirst().refused() == 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an event is forged", e);
    }
  }

  /// From now on the shops tell a little every few seconds, until closed.
  void goOn() {
    trickle = Thread.ofVirtual().name("demo-shops").start(this::trickle);
  }

  private void trickle() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(5);
        Report _ = tellOfShops(DISORDER.plan(shopEvents(6, false), random), SECRET, RETRIES);
      }
    } catch (InterruptedException e) {
      // The demo ends.
      Thread.currentThread().interrupt();
    }
  }

  private Report tellOfShops(Plan plan, String secret, RetryPolicy retries)
      throws InterruptedException {
    try (ShopifySender sender =
        new ShopifySender(List.of(hook(SHOPS)), secret, PACE, CONNECTIONS, retries)) {
      return sender.send(plan);
    }
  }

  private Report tellOfSubscriptions(Plan plan) throws InterruptedException {
    try (RechargeSender sender =
        new RechargeSender(List.of(hook(SUBSCRIPTIONS)), SECRET, PACE, CONNECTIONS, RETRIES)) {
      return sender.send(plan);
    }
  }

  private Report tellOfPayments(Plan plan) throws InterruptedException {
    try (StripeSender sender =
        new StripeSender(List.of(hook(PAYMENTS)), STRIPE_SECRET, PACE, CONNECTIONS, RETRIES)) {
      return sender.send(plan);
    }
  }

  private Plan plan(Function<Instant, Story> story) {
    return DISORDER.plan(story.apply(start(OTHER_EVENTS)).events(), random);
  }

  private List<PlannedEvent> shopEvents(int count, boolean odd) {
    ShopifyWorld.Size size = new ShopifyWorld.Size(2, Math.max(4, count / 4), count, 0);
    List<PlannedEvent> events =
        new ArrayList<>(ShopifyWorld.story(size, random.nextLong(), start(count)).events());
    if (odd) {
      Instant end = events.getLast().at();
      String product = Long.toString(900_000 + random.nextInt(99_999));
      events.add(Oddities.poison(UUID.randomUUID().toString(), ShopifyWorld.shop(0), product, end));
      events.add(Oddities.unknownTopic(UUID.randomUUID().toString(), ShopifyWorld.shop(1), end));
    }
    return events;
  }

  /// So that the last of so many events happens about now.
  private Instant start(int events) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(2L * events);
  }

  private URI hook(String connection) {
    return address.resolve("/hooks/" + connection);
  }

  @Override
  public void close() {
    if (trickle != null) {
      trickle.interrupt();
    }
  }
}
