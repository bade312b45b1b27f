package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Measures how fast events are handed on in order with a handler that does nothing: run `main`,
/// with the number of events. For docs/adr/0009-lanes.md; not a test.
final class DrainMeasurement {
  private static final int BODY_BYTES = 4096;
  private static final int KEYS = 5_000;

  private record Counting(AtomicLong left, CountDownLatch done) implements EventHandler {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public boolean wants(String kind, String topic) {
      return true;
    }

    @Override
    public List<Handled> handle(Connection transaction, List<DueEvent> events) {
      if (left.addAndGet(-events.size()) == 0) {
        done.countDown();
      }
      return events.stream().<Handled>map(_ -> new Handled.Unchanged("")).toList();
    }
  }

  private DrainMeasurement() {}

  public static void main(String[] arguments) throws InterruptedException {
    int events = Integer.parseInt(arguments[0]);
    int workers = Integer.parseInt(arguments[1]);
    int perLane = Integer.parseInt(arguments[2]);
    try (Database database = TestDatabase.fresh()) {
      EventLog log = new EventLog(database, LogSettings.DEFAULT);
      log.start();
      append(log, events);
      for (int i = 0; i < 4; i++) {
        measure(database, log, events, workers, perLane);
      }
      log.close();
    }
    System.exit(0);
  }

  private static void append(EventLog log, int events) throws InterruptedException {
    Random random = new Random(1);
    Semaphore bound = new Semaphore(2_000);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < events; i++) {
        byte[] body = new byte[BODY_BYTES];
        random.nextBytes(body);
        String key = "shop.example/orders/" + random.nextInt(KEYS);
        Identity identity = new Identity("id-" + i, "orders/updated", key, null);
        bound.acquire();
        threads.execute(() -> {
          log.append(new NewEvent("shop", identity, Headers.NONE, Body.of(body), 0));
          bound.release();
        });
      }
    }
  }

  private static void measure(Database database, EventLog log, int events, int workers, int perLane)
      throws InterruptedException {
    database.write(connection -> {
      for (String statement :
          List.of("update inbox_lane set position = 0", "truncate inbox_books, inbox_chunk")) {
        Sql.of(statement).update(connection);
      }
      return true;
    });
    AtomicLong left = new AtomicLong(events);
    CountDownLatch done = new CountDownLatch(1);
    LaneSettings settings =
        new LaneSettings(
            "node",
            workers,
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            perLane,
            BackOff.STANDARD);
    Senders senders =
        _ ->
            java.util.Optional.of(
                new Sender("t", "test", new SimTrouble.Source(), AfterDeadLetter.RELEASE));
    Leases leases = new Leases(database, Clock.systemUTC());
    long began = System.nanoTime();
    try (Lanes lanes =
        new Lanes(database, leases, log, senders, List.of(new Counting(left, done)), settings)) {
      lanes.start();
      done.await();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%d events, %d workers, %d per lane: %.0f events/s%n",
        events, workers, perLane, events / seconds);
  }
}
