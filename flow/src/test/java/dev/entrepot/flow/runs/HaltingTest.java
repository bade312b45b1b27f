package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static dev.entrepot.flow.runs.FlowWorld.expected;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static dev.entrepot.flow.runs.FlowWorld.requireSums;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.storage.Sql;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are halted while calls are on their way: what they say of themselves is true.
class HaltingTest {
  @TempDir private Path results;
  private FlowWorld world;
  private final MemoryDestination destination = new MemoryDestination.Full();
  private final MemorySource source = products(100);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final FlowWorld.Standstill still = FlowWorld.standsStill(source, 3);
  private final CountDownLatch go = new CountDownLatch(1);

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    world.worker();
    world.client("acme", source, destination);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static WriteAnswer unknown() {
    return new WriteAnswer.Whole(new WriteResult.Unknown("no answer in 10 s"));
  }

  /// A run that stands still in its source, and whose first call is on its way until it may go on.
  private Run underWay(MemoryDestination.Fault fault) throws InterruptedException {
    destination.fail(effect -> {
      reached.countDown();
      go.await();
      return fault.happen(effect);
    });
    Run run = world.runs.queue("acme", RunMode.INITIAL, "test", ANNA);
    reached.await();
    still.begun().await();
    return run;
  }

  private void answer() throws InterruptedException {
    still.halted().await();
    go.countDown();
  }

  private void requireSame() {
    assertThat(destination.held("products")).isEqualTo(expected(source, "products"));
    assertThat(destination.held("tags")).isEqualTo(expected(source, "tags"));
    assertThat(destination.effects().values()).containsOnly(1);
  }

  @Test
  void whoThinksBetterOfAPauseHasTheRunGoOn() throws Exception {
    Run run = underWay(MemoryDestination.Effect::take);
    Run _ = world.runs.pause(run.id(), ANNA);
    still.halted().await();
    Run resumed = world.runs.resume(run.id(), ANNA);
    assertThat(resumed.state()).isEqualTo(RunState.RUNNING);
    assertThat(resumed.wish()).isNull();
    go.countDown();
    Run end = world.end(run);
    assertThat(end.state()).isEqualTo(RunState.SUCCESS);
    requireSums(end, destination);
    requireSame();
  }

  @Test
  void aRunThatIsToPauseCanBeCancelledMeanwhile() throws Exception {
    Run run = underWay(MemoryDestination.Effect::take);
    Run _ = world.runs.pause(run.id(), ANNA);
    still.halted().await();
    Run _ = world.runs.cancel(run.id(), ANNA);
    go.countDown();
    Run end = world.end(run);
    assertThat(end.state()).isEqualTo(RunState.CANCELLED);
    requireSums(end, destination);
  }

  @Test
  void whatACancelledRunLooksUpAtItsEndCounts() throws Exception {
    Run run =
        underWay(effect -> {
          WriteAnswer _ = effect.take();
          return unknown();
        });
    Run _ = world.runs.cancel(run.id(), ANNA);
    answer();
    Run end = world.end(run);
    assertThat(end.state()).isEqualTo(RunState.CANCELLED);
    Run.StepCount products = end.steps().getFirst();
    assertThat(products.unknown()).isEqualTo(1);
    assertThat(products.lookups()).isEqualTo(1);
    requireSums(end, destination);
    assertThat(world.run("acme", RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
    requireSame();
  }

  @Test
  void whatNobodyCanLookUpAtTheEndIsWrittenAgain() throws Exception {
    Run run =
        underWay(effect -> {
          WriteAnswer _ = effect.take();
          return unknown();
        });
    destination.failLookups(new IllegalStateException("a defect of the connector"));
    Run _ = world.runs.cancel(run.id(), ANNA);
    answer();
    Run end = world.end(run);
    assertThat(end.state()).isEqualTo(RunState.CANCELLED);
    assertThat(end.steps().getFirst().unknown()).isEqualTo(1);
    assertThat(end.steps().getFirst().lookups()).isEqualTo(destination.lookups()).isEqualTo(1);
    destination.failLookups(null);
    assertThat(world.run("acme", RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
    requireSame();
  }

  @Test
  void whatAFailedRunSaysOfItselfIsTrue() throws Exception {
    Run run =
        underWay(effect -> {
          throw new RemoteException(RemoteException.Code.DENIED, "memory answered 401");
        });
    go.countDown();
    Run end = world.end(run);
    assertThat(end.state()).isEqualTo(RunState.FAILED);
    assertThat(end.code()).isEqualTo("DENIED");
    requireSums(end, destination);
    assertThat(end.books().written() + end.books().skipped()).isEqualTo(end.books().received());
  }

  @Test
  void callsOfARunThatNobodyCanTakeUpAgainAreClosed() throws Exception {
    FlowSpec spec = world.specs.get("acme");
    assertThat(spec).isNotNull();
    Run run =
        underWay(effect -> {
          world.specs.clear();
          world.stealLeases();
          return effect.take();
        });
    go.countDown();
    Run end = world.end(run);
    assertThat(end.code()).isEqualTo("NO_SUCH_CLIENT");
    assertThat(end.steps().getFirst().unknown()).isPositive();
    assertThat(openCalls()).isZero();
    world.specs.put("acme", spec);
    assertThat(world.run("acme", RunMode.INCREMENTAL).books().received()).isEqualTo(100);
    requireSame();
  }

  private long openCalls() {
    return world.database.read(connection ->
        Sql.of("select count(*) as n from flow_call where ended_at is null")
            .one(connection, row -> row.int8("n")));
  }

  @Test
  void aPlanCanBeCancelledWhileItIsMade() throws Exception {
    Run run = world.runs.queue("acme", RunMode.PLAN, "test", ANNA);
    Run _ = world.await(run, now -> now.pages() > 0);
    Run _ = world.runs.cancel(run.id(), ANNA);
    Run end = world.end(run);
    assertThat(end.state()).isEqualTo(RunState.CANCELLED);
    assertThat(end.books().skipped()).isEqualTo(end.books().received()).isPositive();
  }

  @Test
  void whatIsLeftOfACancelledRunComesAgain() throws Exception {
    Run run = underWay(MemoryDestination.Effect::take);
    Run _ = world.runs.cancel(run.id(), ANNA);
    answer();
    Run end = world.end(run);
    assertThat(end.state()).isEqualTo(RunState.CANCELLED);
    requireSums(end, destination);
    assertThat(world.run("acme", RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
    requireSame();
  }

  @Test
  void aRunIsPausedAndResumed() throws Exception {
    Run run = underWay(MemoryDestination.Effect::take);
    assertThat(world.runs.pause(run.id(), ANNA).wish()).isEqualTo(Run.Wish.PAUSE);
    answer();
    Run paused = world.await(run, now -> now.state() == RunState.PAUSED);
    assertThat(paused.books().balanced()).isTrue();
    requireSums(paused, destination);
    Run end = world.end(world.runs.resume(run.id(), ANNA));
    assertThat(end.state()).isEqualTo(RunState.SUCCESS);
    requireSums(end, destination);
    requireSame();
  }
}
