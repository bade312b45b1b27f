package dev.entrepot.inbox.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.EntityType;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several writers at the same entities, as when an entity is told of by events of several keys.
final class ConcurrentWritersTest {
  private static final int WRITERS = 4;
  private static final int ENTITIES = 20;

  private final Database database = TestDatabase.fresh();
  private final HotStore store =
      PostgresHotStore.over(
          database, Clock.fixed(Changes.START, ZoneOffset.UTC), TimesToLive.DEFAULT);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestStateOfEachEntityIsThereAtTheEnd() throws Exception {
    List<Future<Integer>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        Random random = new Random(writer);
        int own = writer;
        writers.add(threads.submit(() -> write(own, random)));
      }
    }
    int created = 0;
    for (Future<Integer> writer : writers) {
      created += writer.get();
    }
    assertThat(created).isEqualTo(ENTITIES);
    for (int id = 0; id < ENTITIES; id++) {
      Entity entity = store.get(Changes.key(EntityType.ORDER, "o" + id)).orElseThrow();
      assertThat(entity.at()).isEqualTo(Changes.second(30 * WRITERS - 1));
    }
  }

  /// @return how many entities this writer created
  private int write(int writer, Random random) {
    int created = 0;
    for (int round = 0; round < 30; round++) {
      long at = (long) round * WRITERS + writer;
      List<IncomingChange> batch = new ArrayList<>();
      for (int id = 0; id < ENTITIES; id++) {
        batch.add(
            random.nextInt(batch.size() + 1),
            Changes.order("o" + id, at, at, "{\"at\":" + at + "}"));
      }
      List<Effect> effects = apply(batch);
      created += (int) effects.stream().filter(effect -> effect == Effect.CREATED).count();
    }
    return created;
  }

  private List<Effect> apply(List<IncomingChange> batch) {
    while (true) {
      try {
        return store.apply(batch);
      } catch (StorageException e) {
        // A deadlock is the caller's to repeat, as it repeats its whole transaction.
        if (!e.code().retryable()) {
          throw e;
        }
      }
    }
  }
}
