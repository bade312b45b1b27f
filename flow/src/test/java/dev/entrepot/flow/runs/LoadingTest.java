package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static dev.entrepot.flow.runs.FlowWorld.expected;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What destinations answer, and what becomes of it.
class LoadingTest {
  @TempDir private Path results;
  private FlowWorld world;
  private final MemoryDestination destination = new MemoryDestination.Full();
  private final MemorySource source = products(100);

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

  private void requireSame(MemoryDestination there) {
    assertThat(there.held("products")).isEqualTo(expected(source, "products"));
    assertThat(there.held("tags")).isEqualTo(expected(source, "tags"));
  }

  private static WriteAnswer later(Code code, @Nullable Duration after) {
    return new WriteAnswer.Whole(new WriteResult.RetryLater(code, "answered " + code, after));
  }

  private static WriteAnswer unknown() {
    return new WriteAnswer.Whole(new WriteResult.Unknown("no answer in 10 s"));
  }

  @Test
  void whatTheDestinationRejectsIsRejectedAlone() throws Exception {
    destination.reject(write -> Set.of("P00007", "P00055").contains(write.key()));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 98, 0, 2, 0, 0));
    assertThat(world.runs.result(run.id()).failures())
        .extracting(RunResult.Failure::error)
        .contains("INVALID: step products: not wanted: P00007");
    destination.reject(write -> false);
    Run next = world.run("acme", RunMode.INCREMENTAL);
    assertThat(next.books()).isEqualTo(new Books(100, 2, 98, 0, 0, 0));
    requireSame(destination);
  }

  @Test
  void aLaterStepThatIsRejectedSaysWhatWasWrittenBefore() throws Exception {
    destination.reject(write -> write.key().equals("P00008") && write.fields().has("tag_id"));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 99, 0, 1, 0, 0));
    assertThat(world.runs.result(run.id()).failures())
        .containsExactly(
            new RunResult.Failure(
                "P00008", "INVALID: step tags: not wanted: P00008; products was written before"));
  }

  @Test
  void aCallThatIsRejectedAsAWholeIsHalvedUntilTheGuiltyOneIsAlone() throws Exception {
    MemoryDestination strict =
        new MemoryDestination() {
          @Override
          public WriteAnswer write(String step, List<Write> writes) throws InterruptedException {
            boolean guilty = writes.stream().anyMatch(write -> write.key().equals("P00042"));
            return guilty
                ? new WriteAnswer.Whole(new WriteResult.Rejected("HTTP_400", "bad product"))
                : super.write(step, writes);
          }
        };
    world.client("beta", source, strict);
    Run run = world.run("beta", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 99, 0, 1, 0, 0));
    assertThat(world.runs.result(run.id()).failures())
        .extracting(RunResult.Failure::id)
        .containsExactly("P00042");
    assertThat(strict.held("products")).hasSize(99);
  }

  @Test
  void whatIsPutOffIsTriedAgain() throws Exception {
    destination.fail(effect -> later(Code.FAULT, null));
    destination.fail(effect -> later(Code.THROTTLED, Duration.ofMillis(30)));
    destination.fail(effect -> later(Code.UNAVAILABLE, null));
    destination.fail(effect -> later(Code.UNAVAILABLE, Duration.ofMillis(5)));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(new Books(100, 100, 0, 0, 0, 0));
    assertThat(destination.calls()).isEqualTo(15 + 4);
    requireSame(destination);
  }

  @Test
  void aDestinationThatIsGoneEndsTheRun() throws Exception {
    destination.always(effect -> later(Code.UNAVAILABLE, null));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("UNAVAILABLE");
    assertThat(run.books().written()).isZero();
    destination.always(null);
    assertThat(world.run("acme", RunMode.INCREMENTAL).books().written()).isEqualTo(100);
    requireSame(destination);
  }

  @Test
  void credentialsThatAreRefusedEndTheRunAndWhatIsLeftComesAgain() throws Exception {
    destination.fail(effect -> effect.take());
    destination.fail(effect -> {
      throw new RemoteException(Code.DENIED, "memory answered 401; mend the credentials");
    });
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("DENIED");
    assertThat(run.books().skipped()).isPositive();
    assertThat(run.books().rejected()).isZero();
    Run next = world.run("acme", RunMode.INCREMENTAL);
    assertThat(next.state()).isEqualTo(RunState.SUCCESS);
    requireSame(destination);
    assertThat(destination.effects().values()).containsOnly(1);
  }

  @Test
  void whatIsUnknownIsLookedUpBeforeItIsRepeated() throws Exception {
    destination.fail(effect -> {
      WriteAnswer _ = effect.take();
      return unknown();
    });
    destination.fail(effect -> unknown());
    destination.fail(effect -> {
      WriteAnswer _ = effect.take();
      throw new IllegalStateException("the answer is no JSON");
    });
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(new Books(100, 100, 0, 0, 0, 0));
    assertThat(destination.lookups()).isEqualTo(3);
    assertThat(destination.calls()).isEqualTo(15 + 1);
    assertThat(destination.effects().values()).containsOnly(1);
    requireSame(destination);
  }

  @Test
  void whatCannotBeLookedUpIsRepeatedOrGivenUp() throws Exception {
    MemoryDestination mute = new MemoryDestination();
    mute.fail(effect -> {
      WriteAnswer _ = effect.take();
      return unknown();
    });
    world.client("beta", source, mute);
    assertThat(world.run("beta", RunMode.INITIAL).books().written()).isEqualTo(100);
    assertThat(mute.calls()).isEqualTo(15 + 1);
    assertThat(mute.effects().values()).containsOnly(1);

    destination.fail(effect -> unknown());
    destination.failLookups(new RemoteException(Code.FAULT, "lookups answer 500"));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 90, 0, 10, 0, 0));
    assertThat(run.again()).isEqualTo(10);
    destination.failLookups(null);
    assertThat(world.run("acme", RunMode.INCREMENTAL).books().written()).isEqualTo(10);
    requireSame(destination);
  }

  @Test
  void lookupsThatBreakAreGivenUp() throws Exception {
    destination.fail(effect -> unknown());
    destination.failLookups(new IllegalStateException("a defect of the connector"));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 90, 0, 10, 0, 0));
    assertThat(destination.lookups()).isEqualTo(3);
    FlowWorld.requireSums(run, destination);
  }

  @Test
  void aClientThatFailsForEverKeepsNobodyWaiting() throws Exception {
    MemoryDestination stuck = new MemoryDestination();
    CountDownLatch late = new CountDownLatch(1);
    stuck.always(effect -> {
      late.await();
      return unknown();
    });
    MemorySource endless = products(100);
    FlowWorld.Standstill still = FlowWorld.standsStill(endless, 3);
    world.client("stuck", endless, stuck);
    Run waiting = world.runs.queue("stuck", RunMode.INITIAL, "test", ANNA);
    still.begun().await();
    MemoryDestination denied = new MemoryDestination();
    denied.always(effect -> {
      throw new RemoteException(Code.DENIED, "401");
    });
    world.client("denied", products(100), denied);
    for (int i = 0; i < 3; i++) {
      assertThat(world.run("denied", RunMode.INITIAL).state()).isEqualTo(RunState.FAILED);
      assertThat(world.run("acme", RunMode.INITIAL).state()).isEqualTo(RunState.SUCCESS);
    }
    requireSame(destination);
    assertThat(world.runs.find(waiting.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
    Run _ = world.runs.cancel(waiting.id(), ANNA);
    still.halted().await();
    late.countDown();
    assertThat(world.end(waiting).state()).isEqualTo(RunState.CANCELLED);
  }
}
