package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.expected;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Systems that are not available for a while.
class OutageTest {
  private static final int TRIES = 2;

  @TempDir private Path results;
  private FlowWorld world;
  private final MemoryDestination destination = new MemoryDestination.Full();
  private final MemorySource source = products(100);

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    world.worker();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void client(Duration outage) {
    RetryPolicy retry =
        new RetryPolicy(3, TRIES, 6, 3, Duration.ofMillis(2), Duration.ofMillis(10), outage);
    world.client(
        "acme",
        source,
        destination,
        new FlowSettings(25, Duration.ofMinutes(5), MissingPolicy.KEEP, retry, 4, null, null));
  }

  private static WriteAnswer later(Code code) {
    return new WriteAnswer.Whole(
        new WriteResult.RetryLater(code, "answered " + code, Duration.ofMillis(1)));
  }

  @Test
  void anOutageIsWaitedOutHoweverOftenItIsTried() throws Exception {
    client(Duration.ofMinutes(15));
    for (int i = 0; i < 20 * TRIES; i++) {
      destination.fail(effect -> later(Code.UNAVAILABLE));
      source.fail(() -> {
        throw new RemoteException(Code.UNAVAILABLE, "503", Duration.ofMillis(1), null);
      });
    }
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 100, 0, 0, 0, 0));
    assertThat(destination.held("tags")).isEqualTo(expected(source, "tags"));
    assertThat(destination.effects().values()).containsOnly(1);
  }

  @Test
  void anOutageThatLastsForTooLongEndsTheRun() throws Exception {
    client(Duration.ofMillis(50));
    destination.always(effect -> later(Code.UNAVAILABLE));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("UNAVAILABLE");
    assertThat(run.books().rejected()).isZero();
  }

  @Test
  void aCallThatWasNotSentIsNoTryAndNoCall() throws Exception {
    client(Duration.ZERO);
    for (int i = 0; i < 20 * TRIES; i++) {
      destination.fail(effect -> later(Code.RESTING));
      source.fail(() -> {
        throw new RemoteException(Code.RESTING, "left alone", Duration.ofMillis(1), null);
      });
    }
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.calls())
        .isEqualTo(destination.calls() - 20 * TRIES)
        .isEqualTo(run.steps().stream().mapToLong(Run.StepCount::fewestCalls).sum());
  }
}
