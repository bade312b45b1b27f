package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.Patience;
import dev.entrepot.flow.budgets.RateLimit;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.Faults;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are halted while Kong takes its time.
class SlowKongTest {
  // Longer than a node that stops waits for calls.
  private static final Duration SLOW = Duration.ofSeconds(3);

  @TempDir private Path results;
  private KongWorld world;

  @BeforeEach
  void open() {
    world = new KongWorld(results);
    // Two pages, of which the second one comes only after the run was halted and resumed.
    world.load("acme", 1_100);
    int _ = world.siesa.faults().add(Fault.delay(Duration.ofMinutes(10)).from(2).times(1));
  }

  @AfterEach
  void close() {
    world.close();
  }

  /// A run whose first calls are on their way for some time.
  private Run underWay() {
    int _ = world.kong.faults().add(Fault.delay(SLOW).on("POST", "/products/bulk").times(2));
    Run run = world.flow.runs.queue("acme", RunMode.INITIAL, "test", ANNA);
    Patience.await(
        () -> "calls that are slow",
        () -> world.kong.faults().armed().stream().allMatch(Faults.Armed::spent));
    return run;
  }

  /// Everything that was sent was answered, and is counted where it belongs.
  private void requireTrue(Run run) {
    Run.StepCount products = run.steps().getFirst();
    assertThat(products.unknown() + products.lookups()).isZero();
    assertThat(run.calls()).isEqualTo(world.kong.log().calls());
    assertThat(world.kong.log().last()).allMatch(entry -> entry.status() == 200);
    assertThat(products.accepted()).isEqualTo(world.kong.products().size("acme")).isPositive();
    assertThat(run.steps().getLast().accepted()).isEqualTo(world.kong.tags().size("acme"));
    assertThat(run.books().balanced()).isTrue();
    assertThat(run.books().rejected()).isZero();
  }

  @Test
  void aPauseWaitsForTheCallsThatAreUnderWay() throws Exception {
    Run run = underWay();
    Run _ = world.flow.runs.pause(run.id(), ANNA);
    Run paused = world.flow.await(run, now -> now.state() == RunState.PAUSED);
    requireTrue(paused);
    Run end = world.flow.end(world.flow.runs.resume(run.id(), ANNA));
    assertThat(end.state()).isEqualTo(RunState.SUCCESS);
    requireTrue(end);
    assertThat(world.kong.products().effects().changes()).isEqualTo(1_100);
  }

  @Test
  void soDoesACancellation() throws Exception {
    Run run = underWay();
    Run _ = world.flow.runs.cancel(run.id(), ANNA);
    Run end = world.flow.end(run);
    assertThat(end.state()).isEqualTo(RunState.CANCELLED);
    requireTrue(end);
    assertThat(end.books().written() + end.books().skipped()).isEqualTo(end.books().received());
  }

  @Test
  void callsThatWaitForTheLimitAreNotWaitedFor() throws Exception {
    world.client("acme", "kong-key-acme", new RateLimit(2, Duration.ofHours(1)));
    Run run = underWay();
    Run _ = world.flow.runs.pause(run.id(), ANNA);
    Run paused = world.flow.await(run, now -> now.state() == RunState.PAUSED);
    requireTrue(paused);
    assertThat(paused.calls()).isEqualTo(2);
  }
}
