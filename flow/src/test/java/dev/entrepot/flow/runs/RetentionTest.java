package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.product;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Trace;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Books;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
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
  void recordsAreForgottenAndBooksAndResultsStay() throws Exception {
    MemorySource source = products(30).add(product(31, "", 1));
    MemoryDestination destination = new MemoryDestination.Full();
    world.client("acme", source, destination);
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(31, 30, 0, 1, 0, 0));
    RunResult before = world.runs.result(run.id());

    assertThat(world.runs.forgetRecords(Duration.ofDays(1), 10)).isZero();
    assertThat(world.records.forgotten(run.id())).isEmpty();
    assertThat(world.runs.forgetRecords(Duration.ZERO, 10)).isEqualTo(1);
    assertThat(world.runs.forgetRecords(Duration.ZERO, 10)).isZero();

    assertThat(world.records.forgotten(run.id())).isPresent();
    assertThat(world.records.list(run.id(), RunRecords.Filter.ALL, null, 10).items()).isEmpty();
    assertThat(world.records.find(run.id(), 1)).isEmpty();
    assertThat(world.records.changes(run.id())).isEmpty();
    assertThat(world.runs.result(run.id())).isEqualTo(before);
    assertThat(before.failures()).hasSize(1);
    requireCleanAudit();
    assertThat(traced("P00007"))
        .singleElement()
        .satisfies(step -> assertThat(step.detail()).contains("no longer kept (run-retention)"));

    // What the destination holds is still known.
    source.add(product(32, "Product 32", 32));
    assertThat(world.run("acme", RunMode.INITIAL).books()).isEqualTo(new Books(32, 1, 30, 1, 0, 0));
    requireCleanAudit();
  }

  private void requireCleanAudit() {
    assertThat(new Audit(world.database, List.of(new FlowBooksCheck())).run().findings()).isEmpty();
  }

  private List<TraceSource.Step> traced(String key) {
    return new Trace(world.database, new DeadLetters(world.database), List.of(new RunTrace()))
        .of(key);
  }

  @Test
  void runsThatWaitAreKept() throws Exception {
    world.client("acme", products(10), new MemoryDestination.Full());
    Run plan = world.run("acme", RunMode.PLAN);
    assertThat(world.runs.forgetRecords(Duration.ZERO, 10)).isZero();
    Run applied = world.end(world.runs.apply(plan.id(), FlowWorld.ANNA));
    assertThat(applied.books()).isEqualTo(new Books(10, 10, 0, 0, 0, 0));
  }
}
