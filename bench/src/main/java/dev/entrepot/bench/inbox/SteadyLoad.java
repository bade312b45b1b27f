package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Orders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Sends events at a fixed rate, whatever the answers: latency counts from when one was due, so
/// that waiting is not hidden.
final class SteadyLoad implements AutoCloseable {
  private static final int SENDERS = 128;
  private static final int ORDERS = 5_000;
  private static final int BYTES = 4_000;
  private static final int OK = 200;

  /// Since the figures before.
  record Figures(long acknowledged, long refused, Duration p50, Duration p99) {}

  private final URI hook;
  private final int rate;
  private final Deliveries deliveries;
  private final List<String> beginnings;
  private final String run = UUID.randomUUID().toString();
  private final AtomicLong next = new AtomicLong();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Thread> senders = new ArrayList<>();
  private List<Long> latencies = new ArrayList<>();
  private long refused;
  private long start;
  private volatile boolean stopped;

  SteadyLoad(int port, int rate, String secret) {
    this.hook = URI.create("http://127.0.0.1:" + port + "/hooks/bench");
    this.rate = rate;
    this.deliveries = new Deliveries(new Orders(ORDERS, BYTES), 0, secret);
    this.beginnings = IntStream.range(0, ORDERS).mapToObj(deliveries.orders()::beginning).toList();
  }

  void start() {
    start = System.nanoTime();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Thread.ofVirtual().start(this::send));
    }
  }

  private void send() {
    try {
      while (!stopped) {
        long number = next.getAndIncrement();
        long due = start + (long) (number * 1e9 / rate);
        long wait = due - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        boolean taken = post(number);
        note(System.nanoTime() - due, taken);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean post(long number) throws InterruptedException {
    int order = (int) (number % ORDERS);
    Instant now = Instant.now();
    String body = beginnings.get(order) + now + Orders.end();
    String id = run + "-" + number;
    HttpRequest request =
        HttpRequest.newBuilder(hook)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("X-Shopify-Topic", "orders/updated")
            .header("X-Shopify-Shop-Domain", deliveries.orders().shop(order))
            .header("X-Shopify-Hmac-Sha256", deliveries.signature(body))
            .header("X-Shopify-API-Version", "2026-10")
            .header("X-Shopify-Webhook-Id", id)
            .header("X-Shopify-Event-Id", id)
            .header("X-Shopify-Triggered-At", now.toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      // Counted like any other that was not taken.
      return false;
    }
  }

  private synchronized void note(long nanos, boolean taken) {
    if (taken) {
      latencies.add(nanos);
    } else {
      refused++;
    }
  }

  synchronized Figures figures() {
    List<Long> seen = latencies;
    latencies = new ArrayList<>();
    Collections.sort(seen);
    Figures figures = new Figures(seen.size(), refused, quantile(seen, 0.5), quantile(seen, 0.99));
    refused = 0;
    return figures;
  }

  private static Duration quantile(List<Long> sorted, double share) {
    return sorted.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(sorted.get((int) (share * (sorted.size() - 1))));
  }

  @Override
  public void close() {
    stopped = true;
    senders.forEach(Thread::interrupt);
    client.close();
  }
}
