package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.expected;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.spi.destination.WriteAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is worse than an exception, in whichever thread, ends a call or a run; it leaves none
/// hanging.
class ErrorsTest {
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

  @Test
  void aCallThatDiesIsLookedUp() throws Exception {
    destination.fail(effect -> {
      throw new OutOfMemoryError("before it was sent");
    });
    destination.fail(effect -> {
      WriteAnswer _ = effect.take();
      throw new NoClassDefFoundError("after it was sent");
    });
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 100, 0, 0, 0, 0));
    assertThat(destination.lookups()).isEqualTo(2);
    assertThat(destination.effects().values()).containsOnly(1);
  }

  @Test
  void aReaderThatDiesEndsTheRunAndTheNextOneReadsAgain() throws Exception {
    source.failAt(
        2,
        () -> {
          throw new StackOverflowError("too deep");
        });
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("DEFECT");
    assertThat(run.reason()).contains("too deep");
    assertThat(world.run("acme", RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
    assertThat(destination.held("products")).isEqualTo(expected(source, "products"));
  }
}
