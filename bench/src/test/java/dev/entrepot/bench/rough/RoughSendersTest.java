package dev.entrepot.bench.rough;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.ServedProgram;
import dev.entrepot.bench.Workplace;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The program as people run it, with the heap that they give it, among senders that do not behave:
/// slow ones, idle ones, and more than it can take. It ends when it runs out of memory, which is
/// what shows that it does not. Nothing here depends on how long something takes.
@Timeout(value = 5, unit = java.util.concurrent.TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoughSendersTest {
  private static final String SECRET = "rough-senders-secret-of-no-worth";
  private static final int ORDINARY_BYTES = 4 << 10;
  private static final int LARGE_BYTES = 1 << 20;
  private static final long BETWEEN_DRIPS = 2_000_000_000L;

  private Path work;
  private Postgres postgres;
  private ServedProgram program;
  private Shop shop;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    work = Workplace.work("rough-senders");
    postgres = new Postgres(work.resolve("postgres"));
    program = new ServedProgram(postgres, SECRET, work, List.of());
    program.prepare();
    program.start();
    program.await();
    shop = new Shop(program.port(), SECRET);
  }

  @AfterAll
  void stop() throws IOException {
    shop.close();
    program.close();
    postgres.close();
    Workplace.delete(work);
  }

  @Test
  void idleAndSlowSendersTakeNobodysPlaceAndAreCutOff() throws Exception {
    Set<String> ordinary = ConcurrentHashMap.newKeySet();
    try (Crowd crowd = new Crowd(program.port())) {
      crowd.idle(1_000);
      crowd.dripping(3_200, Shop.head(64 << 10) + "{");
      crowd.dripping(300, "POST /hooks/bench HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      for (int round = 0; crowd.open() > 0; round++) {
        crowd.drip();
        for (int i = 0; i < 10; i++) {
          String id = "ordinary-" + round + "-" + i;
          HttpResponse<String> answer = shop.send(id, Shop.order(i, ORDINARY_BYTES));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          ordinary.add(Shop.externalId(id));
        }
        LockSupport.parkNanos(BETWEEN_DRIPS);
      }
    }
    program.requireAlive();
    assertThat(kept()).containsAll(ordinary).noneMatch(id -> id.startsWith("rough"));
  }

  @Test
  void whatComesAboveCapacityIsToldToComeLaterAndThenKept() throws Exception {
    int senders = 120;
    Flood flood = new Flood();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sent = new ArrayList<>();
      try (Stall _ = new Stall()) {
        for (int i = 0; i < senders; i++) {
          int number = i;
          sent.add(threads.submit(() -> flood.send(number)));
        }
        flood.busy.acquire(senders / 2);
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
    program.requireAlive();
    assertThat(flood.odd).isEmpty();
    assertThat(kept()).as("all that was answered with 200").containsAll(flood.acknowledged);

    for (int i = 0; i < senders; i++) {
      shop.insist(Flood.id(i), Shop.order(i, LARGE_BYTES));
    }
    assertThat(kept().stream().filter(id -> id.startsWith("flood-"))).hasSize(senders);
    program.requireAlive();
  }

  private List<String> kept() {
    return postgres
        .database()
        .read(connection ->
            Sql.of("select external_id from inbox_event")
                .list(connection, row -> row.text("external_id")));
  }

  /// Many large events at a time, each sent once.
  private final class Flood {
    final Semaphore busy = new Semaphore(0);
    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    final Set<String> odd = ConcurrentHashMap.newKeySet();

    static String id(int number) {
      return "flood-" + number;
    }

    Void send(int number) throws IOException, InterruptedException {
      HttpResponse<String> answer = shop.send(id(number), Shop.order(number, LARGE_BYTES));
      boolean later = answer.headers().firstValueAsLong("Retry-After").orElse(0) > 0;
      if (answer.statusCode() == 200) {
        acknowledged.add(Shop.externalId(id(number)));
      } else if (answer.statusCode() == 503 && later) {
        busy.release();
      } else {
        odd.add(answer.statusCode() + " " + answer.body());
      }
      return null;
    }
  }

  /// Keeps the program from writing events until it is closed.
  private final class Stall implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private final CompletableFuture<Void> holder;

    Stall() throws InterruptedException {
      CountDownLatch locked = new CountDownLatch(1);
      this.holder = CompletableFuture.runAsync(() -> hold(locked));
      locked.await();
    }

    private void hold(CountDownLatch locked) {
      int _ =
          postgres
              .database()
              .write(transaction -> {
                int done = Sql.of("lock table inbox_event in share mode").update(transaction);
                locked.countDown();
                awaitQuietly(over);
                return done;
              });
    }

    @Override
    public void close() {
      over.countDown();
      holder.join();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
