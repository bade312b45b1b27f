package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.expected;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that fail for good as a whole are halved until the record that is guilty is alone, and a
/// destination that fails altogether is told from that.
class HalvingTest {

  /// Fails calls in which some records are, always in the same way.
  private static final class Poisoned extends MemoryDestination implements Lookup {
    private final Set<String> poison;
    private final Supplier<WriteAnswer> failure;
    private final List<Integer> failed = new ArrayList<>();
    private volatile boolean healed;

    Poisoned(Set<String> poison, Supplier<WriteAnswer> failure) {
      this.poison = poison;
      this.failure = failure;
    }

    @Override
    public WriteAnswer write(String step, List<Write> writes) throws InterruptedException {
      if (healed || writes.stream().noneMatch(write -> poison.contains(write.key()))) {
        return super.write(step, writes);
      }
      synchronized (failed) {
        failed.add(writes.size());
      }
      return failure.get();
    }

    @Override
    public Map<String, Fields> find(String step, List<String> keys) throws InterruptedException {
      return lookUp(step, keys);
    }

    List<Integer> failed() {
      synchronized (failed) {
        return List.copyOf(failed);
      }
    }
  }

  @TempDir private Path results;
  private FlowWorld world;
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

  private static WriteAnswer later(Code code) {
    return new WriteAnswer.Whole(new WriteResult.RetryLater(code, "answered " + code, null));
  }

  private static WriteAnswer unknown() {
    return new WriteAnswer.Whole(new WriteResult.Unknown("no answer in 10 s"));
  }

  private Run run(Poisoned destination) throws InterruptedException {
    world.client("acme", source, destination);
    return world.run("acme", RunMode.INITIAL);
  }

  private void requireAllButOne(Poisoned destination, Run run, int calls) throws Exception {
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 99, 0, 1, 0, 0));
    assertThat(world.runs.result(run.id()).failures())
        .extracting(RunResult.Failure::id)
        .containsExactly("P00042");
    assertThat(destination.failed()).hasSize(calls).startsWith(10, 10, 10).endsWith(1, 1);
    assertThat(destination.effects().values()).containsOnly(1);
    destination.healed = true;
    Run next = world.run("acme", RunMode.INCREMENTAL);
    // What failed is no reason to read everything again.
    assertThat(next.since()).isNotNull();
    assertThat(next.books().written()).isEqualTo(1);
    assertThat(destination.held("products")).isEqualTo(expected(source, "products"));
    assertThat(destination.effects().values()).containsOnly(1);
  }

  @Test
  void aCallThatFailsThreeTimesIsHalvedUntilTheGuiltyOneIsAlone() throws Exception {
    Poisoned destination = new Poisoned(Set.of("P00042"), () -> later(Code.FAULT));
    // 10 records three times, 5, 2 or 3 and perhaps 2 once, the guilty one twice.
    Run run = run(destination);
    requireAllButOne(destination, run, 3 + 1 + 1 + 2);
  }

  @Test
  void soIsOneThatHasNoResultAndWasNotWritten() throws Exception {
    Poisoned destination = new Poisoned(Set.of("P00042"), HalvingTest::unknown);
    Run run = run(destination);
    assertThat(run.steps().getFirst().lookups()).isEqualTo(destination.failed().size());
    requireAllButOne(destination, run, 3 + 1 + 1 + 2);
  }

  @Test
  void whatFailsForEachOfACallsRecordsIsGivenUpAndTheOthersAreWritten() throws Exception {
    Poisoned destination =
        new Poisoned(
            Set.of(
                "P00041", "P00042", "P00043", "P00044", "P00045", "P00046", "P00047", "P00048",
                "P00049", "P00050"),
            () -> later(Code.FAULT));
    Run run = run(destination);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(100, 90, 0, 10, 0, 0));
    assertThat(destination.failed()).hasSizeLessThan(40);
    destination.healed = true;
    assertThat(world.run("acme", RunMode.INCREMENTAL).books().written()).isEqualTo(10);
    assertThat(destination.held("tags")).isEqualTo(expected(source, "tags"));
  }

  @Test
  void aDestinationThatFailsAltogetherEndsTheRunAfterAFewCalls() throws Exception {
    Poisoned destination =
        new Poisoned(expected(source, "products").keySet(), () -> later(Code.FAULT));
    Run run = run(destination);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("FAULT");
    assertThat(run.reason()).contains("calls in a row");
    assertThat(run.books().written()).isZero();
    assertThat(destination.failed()).hasSizeLessThan(60);
    destination.healed = true;
    assertThat(world.run("acme", RunMode.INCREMENTAL).books().written()).isEqualTo(100);
    assertThat(destination.effects().values()).containsOnly(1);
  }

  @Test
  void soDoesOneThatNeverGivesAResult() throws Exception {
    Poisoned destination =
        new Poisoned(expected(source, "products").keySet(), HalvingTest::unknown);
    Run run = run(destination);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.books().written()).isZero();
    assertThat(destination.failed()).hasSizeLessThan(60);
  }
}
