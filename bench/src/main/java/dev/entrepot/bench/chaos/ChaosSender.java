package dev.entrepot.bench.chaos;

import dev.entrepot.bench.chaos.ChaosPlan.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Sends deliveries as Shopify does: signed, 5 seconds for an answer, anything but 2xx again later
/// under the same id, to whichever node the load balancer chooses. Its retries never end, so that
/// everything is acknowledged once the cluster is left in peace.
final class ChaosSender {
  private static final int SENDERS = 32;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Instant BEGINNING = Instant.parse("2026-11-01T00:00:00Z");

  private final ChaosPlan plan;
  private final String secret;
  private final IntSupplier port;
  private final List<Sent> sent;
  private final AtomicLong acknowledged = new AtomicLong();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  /// @param port of a node to try, asked before every attempt
  ChaosSender(ChaosPlan plan, String secret, IntSupplier port) {
    this.plan = plan;
    this.secret = secret;
    this.port = port;
    this.sent = IntStream.range(0, plan.events()).mapToObj(_ -> new Sent()).toList();
  }

  /// What became of each event, by its number.
  List<Sent> sent() {
    return sent;
  }

  /// How many deliveries were answered with 200, repeats included.
  long acknowledged() {
    return acknowledged.get();
  }

  /// Sends all and returns when each was acknowledged.
  ///
  /// @param pace how long one sender pauses between its deliveries
  void run(Duration pace) throws InterruptedException {
    Queue<Event> deliveries = new ArrayDeque<>(plan.deliveries());
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SENDERS; i++) {
        long seed = plan.seed() + i;
        var _ = senders.submit(() -> work(deliveries, new Random(seed), pace));
      }
    }
    client.close();
  }

  private void work(Queue<Event> deliveries, Random random, Duration pace) {
    try {
      while (true) {
        Event event;
        synchronized (deliveries) {
          event = deliveries.poll();
        }
        if (event == null) {
          return;
        }
        deliver(event, random);
        TimeUnit.NANOSECONDS.sleep(pace.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Event event, Random random) throws InterruptedException {
    Sent record = sent.get(event.number());
    long pause = 50;
    while (true) {
      HttpRequest request = request(event);
      record.sending(System.nanoTime());
      try {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 200) {
          record.acknowledged(System.nanoTime());
          acknowledged.incrementAndGet();
          return;
        }
        if (status == 401 || status == 404 || status == 400) {
          throw new IllegalStateException("a genuine event was refused with " + status);
        }
      } catch (IOException e) {
        // Nobody knows whether it was kept: it is sent again.
      }
      TimeUnit.MILLISECONDS.sleep(pause + random.nextLong(pause));
      pause = Math.min(LONGEST_PAUSE.toMillis(), pause * 2);
    }
  }

  private HttpRequest request(Event event) {
    String body = body(event);
    String id = event.id(plan.seed());
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port.getAsInt() + "/hooks/chaos"))
        .timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("X-Shopify-Topic", ChaosPlan.TOPIC)
        .header("X-Shopify-Shop-Domain", "chaos.example")
        .header("X-Shopify-API-Version", "2026-10")
        .header("X-Shopify-Webhook-Id", id)
        .header("X-Shopify-Event-Id", id)
        .header("X-Shopify-Triggered-At", updatedAt(event).toString())
        .header("X-Shopify-Hmac-Sha256", signature(body))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /// A later version has a later time.
  private static Instant updatedAt(Event event) {
    return BEGINNING.plusSeconds(event.version());
  }

  static String body(Event event) {
    return """
    {"id":%d,"updated_at":"%s","name":"#%d","email":"buyer%d@example.com","note":"version %d",\
    "financial_status":"paid","total_price":"19.95","currency":"USD","line_items":[]}\
    """
        .formatted(event.order(), updatedAt(event), event.order(), event.order(), event.version());
  }

  private String signature(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available in this Java", e);
    }
  }
}
