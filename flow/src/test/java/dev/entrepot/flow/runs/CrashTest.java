package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static dev.entrepot.flow.runs.FlowWorld.expected;
import static dev.entrepot.flow.runs.FlowWorld.product;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs whose node, or database session, dies on the way.
class CrashTest {
  @TempDir private Path results;
  private FlowWorld world;
  private final MemoryDestination destination = new MemoryDestination.Full();
  private final MemorySource source = products(100);

  @BeforeEach
  void open() {
    // Short, for leases that have to run out.
    world = new FlowWorld(results, Duration.ofSeconds(5));
    world.worker();
    world.worker();
    world.client("acme", source, destination);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void requireExact(Run run) {
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(new Books(100, 100, 0, 0, 0, 0));
    assertThat(destination.held("products")).isEqualTo(expected(source, "products"));
    assertThat(destination.held("tags")).isEqualTo(expected(source, "tags"));
    assertThat(destination.effects().values()).containsOnly(1);
  }

  @Test
  void aNodeThatIsTakenForDeadSettlesNothingMore() throws Exception {
    destination.fail(effect -> {
      world.stealLeases();
      return effect.take();
    });
    destination.fail(effect -> effect.take());
    destination.fail(effect -> {
      WriteAnswer answer = effect.take();
      world.stealLeases();
      return answer;
    });
    source.failAt(
        2,
        () -> {
          world.stealLeases();
          return null;
        });
    Run run = world.run("acme", RunMode.INITIAL);
    requireExact(run);
    assertThat(run.attempts()).isGreaterThan(1);
  }

  /// Every session of the run is killed at some moment, again and again.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void databaseSessionsThatDieDoNoHarm(int seed) throws Exception {
    Random random = new Random(seed);
    AtomicInteger left = new AtomicInteger(6);
    Runnable maybe =
        () -> {
          boolean now;
          synchronized (random) {
            now = random.nextInt(4) == 0;
          }
          if (now && left.getAndDecrement() > 0) {
            killSessions();
          }
        };
    destination.always(effect -> {
      maybe.run();
      WriteAnswer answer = effect.take();
      maybe.run();
      return answer;
    });
    for (int page = 0; page < 4; page++) {
      source.failAt(
          page,
          () -> {
            maybe.run();
            return null;
          });
    }
    Run run = world.runs.queue("acme", RunMode.INITIAL, "test", ANNA);
    requireExact(retried(() -> world.end(run)));
  }

  /// All but the own one, as when the server drops its clients.
  private synchronized void killSessions() {
    int _ =
        retried(() ->
            world.database.<Integer>read(connection ->
                Sql.of(
                        """
                        select count(pg_terminate_backend(pid)) as killed from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()
                        """)
                    .one(connection, row -> row.int4("killed"))));
  }

  /// What the test itself asks for may meet a session that was killed while it rested in the pool.
  private static <T, E extends Exception> T retried(Question<T, E> question) throws E {
    for (int left = 100; ; left--) {
      try {
        return question.ask();
      } catch (StorageException e) {
        if (e.code() != StorageException.Code.UNAVAILABLE || left == 0) {
          throw e;
        }
      }
    }
  }

  @FunctionalInterface
  private interface Question<T, E extends Exception> {
    T ask() throws E;
  }

  @Test
  void aNodeThatStopsLeavesItsRunToOthers() throws Exception {
    destination.fail(effect -> {
      WriteAnswer answer = effect.take();
      Thread closing = Thread.ofVirtual().start(() -> world.workers.getFirst().close());
      assertThat(closing.isVirtual()).isTrue();
      return answer;
    });
    requireExact(world.run("acme", RunMode.INITIAL));
  }

  /// Random sources, faults and losses of leases, run after run: in the end the destination holds
  /// what the source has, and nothing took effect twice.
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void whateverHappensTheBooksBalanceAndBothSidesAgree(long seed) throws Exception {
    Random random = new Random(seed);
    world.client("acme", source, destination, patient());
    // All with a tag: one that is no longer there stays at the destination.
    List<Fields> records = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      records.add(product(i, "Product " + i, i, "TAG" + i));
    }
    for (int round = 0; round < 3; round++) {
      int before = destination.effectsInAll();
      for (int i = 0; i < 15; i++) {
        int id = 1 + random.nextInt(120);
        records.add(
            random.nextInt(records.size()),
            product(id, "Name " + random.nextInt(4), random.nextInt(3), "TAG" + id));
      }
      source.replaceAll(records);
      Random faults = new Random(seed * 31 + round);
      AtomicInteger left = new AtomicInteger(12);
      destination.always(effect -> fault(faults, left, effect));
      Run run = world.run("acme", RunMode.INITIAL);
      world.idle();
      assertThat(run.state()).isEqualTo(RunState.SUCCESS);
      assertThat(run.books().written() + run.books().unchanged() + run.books().skipped())
          .isEqualTo(run.books().received());
      assertThat(destination.held("products")).isEqualTo(expected(source, "products"));
      assertThat(destination.held("tags")).isEqualTo(expected(source, "tags"));
      int calls = destination.calls();
      records = new ArrayList<>(new LinkedHashSet<>(lastOfEach(records)));
      source.replaceAll(records);
      Run again = world.run("acme", RunMode.INITIAL);
      assertThat(again.books().unchanged()).isEqualTo(again.books().received());
      assertThat(destination.calls()).isEqualTo(calls);
      assertThat(destination.effectsInAll()).isGreaterThanOrEqualTo(before);
    }
  }

  /// More tries than there are faults: nothing is given up.
  private static FlowSettings patient() {
    FlowSettings usual = FlowWorld.settings(MissingPolicy.KEEP);
    RetryPolicy retry = new RetryPolicy(20, 20, 20, 20, Duration.ofMillis(1), Duration.ofMillis(5));
    return new FlowSettings(
        usual.pageSize(), usual.overlap(), usual.missing(), retry, usual.concurrency(), null, null);
  }

  private static List<Fields> lastOfEach(List<Fields> records) {
    Map<String, Fields> last = new LinkedHashMap<>();
    records.forEach(record -> last.put(record.text("f_codigo").orElseThrow(), record));
    return List.copyOf(last.values());
  }

  private WriteAnswer fault(Random random, AtomicInteger left, MemoryDestination.Effect effect) {
    int kind;
    synchronized (random) {
      kind = random.nextInt(12);
    }
    if (kind > 6 || left.getAndDecrement() <= 0) {
      return effect.take();
    }
    return switch (kind) {
      case 0 -> later(Code.FAULT);
      case 1 -> later(Code.THROTTLED);
      case 2 -> later(Code.UNAVAILABLE);
      case 3 -> new WriteAnswer.Whole(new WriteResult.Unknown("no answer"));
      case 4 -> {
        WriteAnswer _ = effect.take();
        yield new WriteAnswer.Whole(new WriteResult.Unknown("cut after it was sent"));
      }
      case 5 -> {
        // What a node that is taken for dead sent is not to come after what is newer.
        boolean late = effect.writesWhatIs(step -> expected(source, step));
        WriteAnswer answer = late ? null : effect.take();
        world.stealLeases();
        yield answer == null ? effect.take() : answer;
      }
      default -> {
        WriteAnswer _ = effect.take();
        throw new RemoteException(Code.FAULT, "an answer that breaks the contract");
      }
    };
  }

  private static WriteAnswer later(Code code) {
    return new WriteAnswer.Whole(new WriteResult.RetryLater(code, "answered " + code, null));
  }
}
