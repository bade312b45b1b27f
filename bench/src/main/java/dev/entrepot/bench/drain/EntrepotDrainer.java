package dev.entrepot.bench.drain;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.ServedProgram;
import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// The program as people run it, `entrepot serve`, on a log that is full.
final class EntrepotDrainer implements Drainer {
  private final Postgres postgres;
  private final ServedProgram program;

  EntrepotDrainer(Postgres postgres, Path work) {
    this.postgres = postgres;
    this.program = new ServedProgram(postgres, "bench-secret-of-no-worth", work, List.of());
  }

  @Override
  public void fill(Events events) throws IOException, InterruptedException {
    program.prepare();
    EventSource source =
        ServiceLoader.load(EventSourceFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(factory -> factory.kind().equals("shopify"))
            .findFirst()
            .orElseThrow(() -> new IOException("no sender of kind shopify is there"))
            .open(Map.of());
    try (EventLog log = new EventLog(postgres.database(), LogSettings.DEFAULT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      log.start();
      for (int state = 0; state < events.states(); state++) {
        append(log, source, threads, events, state);
      }
    }
    postgres.restart();
  }

  /// One state of all orders; they may come in any order.
  private static void append(
      EventLog log, EventSource source, ExecutorService threads, Events events, int state)
      throws IOException, InterruptedException {
    List<Future<Appended>> appended = new ArrayList<>();
    for (int order = 0; order < events.orders().count(); order++) {
      Delivery delivery = delivery(events, order, state);
      appended.add(
          threads.submit(() ->
              log.append(
                  new NewEvent(
                      ServedProgram.CONNECTION,
                      source.identify(delivery),
                      delivery.headers(),
                      delivery.body(),
                      0))));
    }
    for (Future<Appended> future : appended) {
      try {
        if (!(future.get() instanceof Appended.Accepted)) {
          throw new IOException("an event was not kept: " + future.get());
        }
      } catch (ExecutionException e) {
        throw new IOException("an event could not be kept", e);
      }
    }
  }

  private static Delivery delivery(Events events, int order, int state) {
    String id = "drain-" + state + "-" + order;
    return new Delivery(
        Headers.of(
            Map.of(
                "content-type", "application/json",
                "x-shopify-topic", "orders/updated",
                "x-shopify-shop-domain", events.orders().shop(order),
                "x-shopify-hmac-sha256", "checked-when-it-came",
                "x-shopify-api-version", "2026-10",
                "x-shopify-webhook-id", id,
                "x-shopify-event-id", id,
                "x-shopify-triggered-at", "2026-11-21T10:00:00.000Z")),
        Body.of(events.orders().body(order, state)));
  }

  @Override
  public void start() throws IOException {
    program.start();
  }

  @Override
  public void awaitDone(long events) throws IOException, InterruptedException {
    while (books("received - pending") < events) {
      program.requireAlive();
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private long books(String figure) {
    return postgres
        .database()
        .read(connection ->
            Sql.of("select coalesce(sum(" + figure + "), 0)::bigint as n from inbox_books")
                .one(connection, row -> row.int8("n")));
  }

  @Override
  public double cpuSeconds() throws IOException {
    return program.cpuSeconds();
  }

  /// A state that comes after a newer one changes nothing, and its event is counted as unchanged.
  @Override
  public long check(Events events) {
    HotOrders.require(
        postgres.database(),
        "select id, document from hot_entity where type = 'order' and not deleted",
        events);
    long late = books("unchanged");
    if (books("written") + late != events.count()) {
      throw new IllegalStateException(
          "of %d events %d were written, %d unchanged, and others refused"
              .formatted(events.count(), books("written"), late));
    }
    return late;
  }

  @Override
  public void close() {
    program.close();
  }
}
