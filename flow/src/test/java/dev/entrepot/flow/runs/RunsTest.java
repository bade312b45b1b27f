package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static dev.entrepot.flow.runs.FlowWorld.expected;
import static dev.entrepot.flow.runs.FlowWorld.product;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.flow.Patience;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Trace;
import dev.entrepot.model.Books;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.SourcePage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read, compared and planned.
class RunsTest {
  @TempDir private Path results;
  private FlowWorld world;
  private final MemoryDestination destination = new MemoryDestination.Full();

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    world.worker();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void requireSame(MemorySource source) {
    assertThat(destination.held("products")).isEqualTo(expected(source, "products"));
    assertThat(destination.held("tags")).isEqualTo(expected(source, "tags"));
  }

  @Test
  void everythingIsWrittenInTheFewestCallsAndNothingTheSecondTime() throws Exception {
    MemorySource source = products(100);
    world.client("acme", source, destination);
    Run first = world.run("acme", RunMode.INITIAL);
    assertThat(first.state()).isEqualTo(RunState.SUCCESS);
    assertThat(first.books()).isEqualTo(new Books(100, 100, 0, 0, 0, 0));
    requireSame(source);
    assertThat(destination.calls()).isEqualTo(10 + 5).isEqualTo((int) first.calls());
    assertThat(first.steps())
        .extracting(Run.StepCount::wanted, Run.StepCount::accepted)
        .containsExactly(tuple(100L, 100L), tuple(25L, 25L));

    Run second = world.run("acme", RunMode.INCREMENTAL);
    assertThat(second.since()).isBefore(first.startedAt());
    assertThat(second.books()).isEqualTo(new Books(100, 0, 100, 0, 0, 0));
    assertThat(destination.calls()).isEqualTo(15);
    assertThat(destination.effectsInAll()).isEqualTo(125);
  }

  @Test
  void onlyWhatChangedIsWritten() throws Exception {
    MemorySource source = products(60);
    world.client("acme", source, destination);
    world.run("acme", RunMode.INITIAL);
    List<Fields> records = new ArrayList<>(source.records());
    records.set(7, product(8, "Product 8", 800, "TAG8"));
    records.set(8, product(9, "Renamed", 9));
    records.add(product(61, "New", 1));
    source.replaceAll(records);
    Run run = world.run("acme", RunMode.INCREMENTAL);
    assertThat(run.books()).isEqualTo(new Books(61, 3, 58, 0, 0, 0));
    requireSame(source);
    assertThat(destination.calls()).isEqualTo(6 + 3 + 1);
    assertThat(world.records.list(run.id(), filter(Change.UPDATE), null, 10).items())
        .extracting(RunRecord::key, RunRecord::diffs)
        .containsExactly(
            tuple("P00008", "{\"products\":{\"quantity\":[8,800]}}"),
            tuple("P00009", "{\"products\":{\"name\":[\"Product 9\",\"Renamed\"]}}"));
  }

  private static RunRecords.Filter filter(Change change) {
    return new RunRecords.Filter(null, change, null);
  }

  @Test
  void whatCannotBeMappedIsRejectedAndToldInFull() throws Exception {
    MemorySource source = products(30);
    source.add(product(31, " ", 1)).add(new Fields(Map.of("f_nombre", "no\u0000key")));
    source.add(product(32, "Good \ud800 \u0000 one", 1));
    world.client("acme", source, destination);
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(33, 31, 0, 2, 0, 0));
    requireSame(source);
    RunResult result = world.runs.result(run.id());
    assertThat(result.failures())
        .containsExactly(
            new RunResult.Failure("P00031", "REQUIRED: name is missing; fill f_nombre in"),
            new RunResult.Failure("record 32", "REQUIRED: id is missing"));
    Path file = results.resolve("acme").resolve(run.id() + ".json");
    Patience.await(() -> "result file " + file, () -> Files.exists(file));
    assertThat(Files.readString(file)).isEqualTo(result.json());
    assertThat(result.json())
        .contains("\"client_id\": \"acme\"", "\"records_failed\": 2", "\"id\": \"P00031\"");
    assertThat(
            new Trace(world.database, new DeadLetters(world.database), List.of(new RunTrace()))
                .of("P00031"))
        .extracting(step -> step.what())
        .contains("rejected");
  }

  @Test
  void ofKeysThatComeAgainTheLastOneCounts() throws Exception {
    MemorySource source = products(20);
    source.add(product(3, "Product 3", 3));
    source.add(product(4, "Changed", 4, "TAG4"));
    source.add(product(5, "Changed once", 5)).add(product(5, "Changed twice", 5));
    for (int i = 21; i <= 40; i++) {
      source.add(product(i, "Product " + i, i));
    }
    source.add(product(40, "Changed", 40));
    world.client("acme", source, destination);
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books().received()).isEqualTo(45);
    requireSame(source);
    assertThat(world.records.list(run.id(), filter("P00003"), null, 10).items())
        .extracting(RunRecord::reason)
        .contains("repeats record 3 of this run");
    assertThat(world.records.list(run.id(), filter("P00005"), null, 10).items())
        .extracting(RunRecord::outcome)
        .containsExactly(Outcome.SKIPPED, Outcome.SKIPPED, Outcome.WRITTEN);
    assertThat(world.run("acme", RunMode.INITIAL).state()).isEqualTo(RunState.SUCCESS);
    requireSame(source);
  }

  private static RunRecords.Filter filter(String key) {
    return new RunRecords.Filter(null, null, key);
  }

  @Test
  void aPageThatRepeatsEndsTheRun() throws Exception {
    MemorySource source = products(100);
    source.failAt(2, () -> new SourcePage(source.records().subList(25, 50), "3", 0, 100L));
    world.client("acme", source, destination);
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("PAGE_REPEATS");
    assertThat(run.reason()).contains("page 2 again as page 3");
    assertThat(run.books()).isEqualTo(new Books(50, 50, 0, 0, 0, 0));
    Run next = world.run("acme", RunMode.INCREMENTAL);
    assertThat(next.since()).isNull();
    assertThat(next.books()).isEqualTo(new Books(100, 50, 50, 0, 0, 0));
    requireSame(source);
  }

  @Test
  void aSourceThatGivesFewerThanItSaysItHasEndsTheRunAndDeletesNothing() throws Exception {
    MemorySource source = products(100);
    world.client("acme", source, destination, FlowWorld.settings(MissingPolicy.DELETE));
    world.run("acme", RunMode.INITIAL);
    source.failAt(2, () -> new SourcePage(source.records().subList(50, 55), null, 3, 100L));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("SOURCE_SHORT");
    assertThat(run.reason()).contains("there are 100", "gave 58");
    assertThat(run.books()).isEqualTo(new Books(55, 0, 55, 0, 0, 0));
    assertThat(destination.held("products")).hasSize(100);
    Run next = world.run("acme", RunMode.INITIAL);
    assertThat(next.books()).isEqualTo(new Books(100, 0, 100, 0, 0, 0));
  }

  @Test
  void rowsThatHoldNothingAndThoseThatComeTwiceCountAsRead() throws Exception {
    MemorySource source = products(30);
    source.failAt(1, () -> new SourcePage(source.records().subList(24, 30), null, 4, 35L));
    world.client("acme", source, destination);
    assertThat(world.run("acme", RunMode.INITIAL).state()).isEqualTo(RunState.SUCCESS);
  }

  @Test
  void emptySourcesGhostsAndFullLastPagesAreNoTrouble() throws Exception {
    MemorySource source = new MemorySource();
    source.fail(() -> new SourcePage(List.of(), null, 3, 0L));
    world.client("acme", source, destination);
    Run empty = world.run("acme", RunMode.INITIAL);
    assertThat(empty.state()).isEqualTo(RunState.SUCCESS);
    assertThat(empty.ghosts()).isEqualTo(3);
    assertThat(empty.books()).isEqualTo(Books.EMPTY);
    source.replaceAll(products(50).records());
    source.failAt(1, () -> new SourcePage(source.records().subList(25, 50), "2", 0, null));
    source.failAt(2, () -> new SourcePage(List.of(), null, 0, null));
    Run full = world.run("acme", RunMode.INITIAL);
    assertThat(full.books()).isEqualTo(new Books(50, 50, 0, 0, 0, 0));
  }

  @Test
  void sourcesAreAskedAgainAsThePolicySays() throws Exception {
    MemorySource source = products(60);
    source.fail(() -> fail(RemoteException.Code.FAULT));
    source.fail(() -> fail(RemoteException.Code.THROTTLED));
    source.fail(() -> fail(RemoteException.Code.UNAVAILABLE));
    source.fail(() -> fail(RemoteException.Code.FAULT));
    world.client("acme", source, destination);
    assertThat(world.run("acme", RunMode.INITIAL).state()).isEqualTo(RunState.SUCCESS);
    for (int i = 0; i < 3; i++) {
      source.fail(() -> fail(RemoteException.Code.FAULT));
    }
    Run failed = world.run("acme", RunMode.INITIAL);
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.code()).isEqualTo("FAULT");
    source.fail(() -> fail(RemoteException.Code.DENIED));
    assertThat(world.run("acme", RunMode.INITIAL).code()).isEqualTo("DENIED");
    requireSame(source);
  }

  private static SourcePage fail(RemoteException.Code code) {
    throw new RemoteException(code, "memory-source answered " + code);
  }

  @Test
  void aPlanWritesNothingAndIsCarriedOutAsItIs() throws Exception {
    MemorySource source = products(40);
    world.client("acme", source, destination);
    Run plan = world.run("acme", RunMode.PLAN);
    assertThat(plan.state()).isEqualTo(RunState.PLANNED);
    assertThat(plan.books()).isEqualTo(new Books(40, 0, 0, 0, 0, 40));
    assertThat(destination.calls() + destination.lookups()).isZero();
    assertThat(world.runs.forecast(plan).calls()).isEqualTo(4 + 2);
    assertThat(world.records.list(plan.id(), filter(Change.CREATE), null, 100).items()).hasSize(40);
    List<Fields> planned = source.records();
    MemorySource then = new MemorySource();
    then.replaceAll(planned);
    source.add(product(41, "Later", 1));
    Run applied = world.end(world.runs.apply(plan.id(), ANNA));
    assertThat(applied.state()).isEqualTo(RunState.SUCCESS);
    assertThat(applied.books()).isEqualTo(new Books(40, 40, 0, 0, 0, 0));
    requireSame(then);
    assertThat(destination.calls()).isEqualTo(6);
    assertThatThrownBy(() -> world.runs.apply(plan.id(), ANNA))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("is success");
  }

  @Test
  void aPlanIsNotCarriedOutAfterAnotherRun() throws Exception {
    MemorySource source = products(10);
    world.client("acme", source, destination);
    Run plan = world.run("acme", RunMode.PLAN);
    source.replaceAll(List.of(product(1, "Newer", 5)));
    Run another = world.run("acme", RunMode.PLAN);
    assertThat(world.runs.find(plan.id()).orElseThrow().overtakenBy()).isNull();
    Run newer = world.run("acme", RunMode.INITIAL);
    assertThat(world.runs.list("acme", List.of(RunState.PLANNED), null, 10).items())
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.overtakenBy()).isEqualTo(newer.id()));
    Run _ = world.end(world.runs.cancel(another.id(), ANNA));
    assertThatThrownBy(() -> world.runs.apply(plan.id(), ANNA))
        .hasMessageContaining(newer.id().toString())
        .isInstanceOfSatisfying(
            RunException.class,
            e -> assertThat(e.code()).isEqualTo(RunException.Code.PLAN_OUTDATED));
    Run cancelled = world.end(world.runs.cancel(plan.id(), ANNA));
    assertThat(cancelled.books()).isEqualTo(new Books(10, 0, 0, 0, 10, 0));
    requireSame(source);
  }

  @Test
  void whatTheSourceHasNoMoreIsDeletedWhenAskedFor() throws Exception {
    MemorySource source = products(50);
    world.client("acme", source, destination, FlowWorld.settings(MissingPolicy.DELETE));
    world.run("acme", RunMode.INITIAL);
    List<Fields> records = new ArrayList<>(source.records().subList(10, 50));
    Collections.reverse(records);
    source.replaceAll(records);
    Run incremental = world.run("acme", RunMode.INCREMENTAL);
    assertThat(incremental.books()).isEqualTo(new Books(40, 0, 40, 0, 0, 0));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(50, 10, 40, 0, 0, 0));
    requireSame(source);
    source.replaceAll(List.of());
    assertThat(world.run("acme", RunMode.INITIAL).books()).isEqualTo(Books.EMPTY);
    assertThat(destination.held("products")).hasSize(40);
  }

  @Test
  void runsAreListedNewestFirst() throws Exception {
    world.client("acme", products(5), destination);
    world.client("beta", products(5), new MemoryDestination());
    Run first = world.run("acme", RunMode.INITIAL);
    Run second = world.run("beta", RunMode.INITIAL);
    assertThat(world.runs.list(null, List.of(), null, 1).items())
        .extracting(Run::id)
        .containsExactly(second.id());
    assertThat(world.runs.list("acme", List.of(RunState.SUCCESS), null, 10).items())
        .extracting(Run::id)
        .containsExactly(first.id());
    assertThatThrownBy(() -> world.runs.queue("nobody", RunMode.INITIAL, "test", ANNA))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("nobody");
  }
}
