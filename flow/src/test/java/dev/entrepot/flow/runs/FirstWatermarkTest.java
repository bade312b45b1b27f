package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the first runs of a client begin that another program has synced before.
class FirstWatermarkTest {
  private static final Instant BEFORE = Instant.parse("2026-11-20T08:55:00Z");

  @TempDir private Path results;
  private FlowWorld world;

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    world.worker();
    world.client("acme", products(10), new MemoryDestination.Full());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void syncedBefore(@Nullable Instant at, int mappingRevision) {
    syncedBefore(at, mappingRevision, 0);
  }

  private void syncedBefore(@Nullable Instant at, int mappingRevision, int switches) {
    FlowSpec spec = world.specs.get("acme");
    assertThat(spec).isNotNull();
    world.specs.put(
        "acme",
        new FlowSpec(
            spec.tenant(),
            spec.flow(),
            spec.source(),
            spec.destination(),
            spec.mapping(),
            new Basis(mappingRevision, switches),
            spec.steps(),
            spec.settings(),
            spec.openSource(),
            spec.openDestination(),
            at,
            spec.account(),
            spec.sourceAccount()));
  }

  @Test
  void theFirstIncrementalRunGoesOnThere() throws Exception {
    syncedBefore(BEFORE, 1);
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isEqualTo(BEFORE);
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isAfter(BEFORE);
    syncedBefore(BEFORE, 2);
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNull();
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNotNull();
    syncedBefore(BEFORE, 2, 1);
    Run switched = world.run("acme", RunMode.INCREMENTAL);
    assertThat(switched.since()).isNull();
    assertThat(switched.mappingRevision()).isEqualTo(2);
  }

  @Test
  void anInitialRunReadsEverythingAllTheSame() throws Exception {
    syncedBefore(BEFORE, 1);
    assertThat(world.run("acme", RunMode.INITIAL).since()).isNull();
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isAfter(BEFORE);
  }

  @Test
  void withoutOneEverythingIsRead() throws Exception {
    syncedBefore(null, 1);
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNull();
  }
}
