package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.Patience;
import dev.entrepot.storage.Sql;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a run while others write it.
class RunStoreTest {
  @TempDir private Path results;
  private FlowWorld world;

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    world.worker();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRunIsNeverToldWithStepsFromBeforeItsState() throws Exception {
    world.client("acme", products(20), new MemoryDestination.Full());
    Run run = world.run("acme", RunMode.INITIAL);
    CompletableFuture<Run> read = new CompletableFuture<>();
    // Whoever reads the run meanwhile waits for its state, not for its steps.
    int _ =
        world.database.<Integer>write(connection -> {
          int _ = Sql.of("lock table flow_run in access exclusive mode").update(connection);
          Thread reader =
              Thread.ofVirtual()
                  .start(() -> read.complete(world.runs.find(run.id()).orElseThrow()));
          Patience.await(() -> "wait of " + reader, this::somebodyWaits);
          return Sql.of("update flow_step set calls = calls + 100 where run = ?")
              .with(run.id())
              .update(connection);
        });
    assertThat(read.get().calls()).isEqualTo(run.calls() + 100L * run.steps().size());
  }

  private boolean somebodyWaits() {
    return world.database.read(connection ->
        Sql.of(
                """
                select exists (select from pg_stat_activity
                  where datname = current_database() and wait_event_type = 'Lock'
                    and query like 'select r.*%') as waits
                """)
            .one(connection, row -> row.bool("waits")));
  }
}
