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
import dev.entrepot.simulators.sender.Shipment;
import dev.entrepot.simulators.shopify.Oddities;
import dev.entrepot.simulators.shopify.ShopifySender;
import dev.entrepot.simulators.shopify.ShopifyWorld;
import dev.entrepot.simulators.stripe.StripeSender;
import dev.entrepot.simulators.stripe.StripeWorld;
import dev.entrepot.simulators.stripe.Troubles;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Two shops, their subscriptions and their payments, which tell what happens there by webhooks as
/// Shopify, Recharge and Stripe do: repeated, late, out of order, and once unreadable.
final class DemoSenders implements AutoCloseable {
  static final String SHOPS = "shops";
  static final String SUBSCRIPTIONS = "subscriptions";
  static final String PAYMENTS = "payments";
  static final List<String> CONNECTED = List.of(SHOPS, SUBSCRIPTIONS, PAYMENTS);

  /// The shops' secret. The demo listens to this machine alone.
  static final String SECRET = "a secret of the demo";

  static final String TENANT = "demo";

  private static final String STRIPE_SECRET = "whsec_a_secret_of_the_demo";
  private static final int LARGE_EUROS = 1_000;
  private static final int MORE_OUTAGES = 4;
  private static final String ACCOUNT = "acct_demo";
  private static final int SHOP_EVENTS = 260;
  private static final int OTHER_EVENTS = 60;

  /// There, up to a minute passes from one event to the next.
  private static final Duration OTHERS_BEGAN = Duration.ofMinutes(75);

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
    private Sent plus(Sent more) {
      return new Sent(events + more.events, deliveries + more.deliveries, refused + more.refused);
    }

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

  /// Makes the connections, unless they are there, and has large payments watched.
  void connect() {
    connect(SHOPS, "shopify", "Two shops", SECRET, Map.of());
    connect(
        SUBSCRIPTIONS,
        "recharge",
        "Subscriptions of the first shop",
        SECRET,
        Map.of("store", ShopifyWorld.shop(0)));
    boolean made =
        connect(
            PAYMENTS, "stripe", "Payments of the shops", STRIPE_SECRET, Map.of("account", ACCOUNT));
    if (made) {
      watchLargePayments();
    }
  }

  private void watchLargePayments() {
    ObjectNode rule = tenant().put("name", "Large payment failed").put("active", true);
    rule.set(
        "condition",
        Api.object()
            .put("kind", "large_payment_failed")
            .put("amount", LARGE_EUROS)
            .put("currency", "EUR"));
    JsonNode _ = api.post(Query.of("/inbox/alert-rules"), rule);
  }

  private static ObjectNode tenant() {
    return Api.object().put("tenant", TENANT);
  }

  /// Whether it was not there yet.
  private boolean connect(
      String name, String kind, String title, String secret, Map<String, String> settings) {
    ObjectNode given = Api.object();
    settings.forEach(given::put);
    try {
      api.post(
          Query.of("/inbox/connections"),
          tenant()
              .put("name", name)
              .put("kind", kind)
              .put("title", title)
              .put("secret", secret)
              .set("settings", given));
      return true;
    } catch (ApiException e) {
      if (e.kind() != ApiException.Kind.CONFLICT) {
        throw e;
      }
      // Made by an earlier demo on this folder.
      return false;
    }
  }

  /// All tell what happened in the last minutes, at once, while the database dies; then a shop of
  /// something that is no longer so. Should nobody have met the outage, which is not likely, there
  /// is another.
  Sent tellAll(Outage outage) {
    Sent sent = tellDuring(outage);
    for (int more = 0; more < MORE_OUTAGES && sent.refused() == 0; more++) {
      sent = sent.plus(tellDuring(outage));
    }
    return sent.plus(tellLate());
  }

  private Sent tellDuring(Outage outage) {
    Plan shops = withDouble(DISORDER.plan(shopEvents(SHOP_EVENTS, true), random));
    Plan subscriptions =
        plan(
            RechargeWorld.story(
                    ShopifyWorld.shop(0), 12, OTHER_EVENTS, random.nextLong(), ago(OTHERS_BEGAN))
                .events());
    Plan payments = plan(paymentEvents());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Report>> reports =
          List.of(
              threads.submit(() -> tellOfShops(shops, SECRET, RETRIES)),
              threads.submit(() -> tellOfSubscriptions(subscriptions)),
              threads.submit(() -> tellOfPayments(payments)));
      outage.run();
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

  /// The same product twice, the newer state first.
  private Sent tellLate() {
    Instant now = ago(Duration.ZERO);
    String shop = ShopifyWorld.shop(0);
    String product = Long.toString(800_000 + random.nextInt(99_999));
    List<PlannedEvent> states =
        List.of(
            Oddities.product(UUID.randomUUID().toString(), shop, product, "Desk lamp", now),
            Oddities.product(
                UUID.randomUUID().toString(), shop, product, "Lamp", now.minusSeconds(60)));
    try {
      List<Report> reports = new ArrayList<>();
      for (PlannedEvent state : states) {
        reports.add(tellOfShops(Disorder.NONE.plan(List.of(state), random), SECRET, RETRIES));
      }
      return Sent.of(reports);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a shop tells of an old state", e);
    }
  }

  /// The first event comes again, whatever chance says.
  private static Plan withDouble(Plan plan) {
    List<Shipment> shipments = new ArrayList<>(plan.shipments());
    shipments.add(new Shipment(plan.events().getFirst(), Duration.ofMinutes(1)));
    return new Plan(plan.events(), shipments);
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

  private Plan plan(List<PlannedEvent> events) {
    return DISORDER.plan(events, random);
  }

  /// What chance tells, and two things that raise alerts.
  private List<PlannedEvent> paymentEvents() {
    List<PlannedEvent> events =
        new ArrayList<>(
            StripeWorld.story(ACCOUNT, 12, OTHER_EVENTS, random.nextLong(), ago(OTHERS_BEGAN))
                .events());
    Instant end = events.getLast().at();
    String number = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
    events.add(
        Troubles.paymentFailed(
            "evt_large_" + number, ACCOUNT, "pi_large_" + number, "eur", 250_000, end));
    events.add(
        Troubles.disputed("evt_back_" + number, ACCOUNT, "dp_" + number, "eur", 12_900, end));
    return events;
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

  /// So that the last of so many events of shops happens about now.
  private Instant start(int events) {
    return ago(Duration.ofSeconds(2L * events));
  }

  private Instant ago(Duration time) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(time);
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
