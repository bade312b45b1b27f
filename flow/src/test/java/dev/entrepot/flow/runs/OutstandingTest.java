package dev.entrepot.flow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.runs.Outstanding.By;
import dev.entrepot.model.Books;
import dev.entrepot.spi.record.Fields;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not at the destination stays in view until it is, whatever later runs read.
class OutstandingTest {
  @TempDir private Path results;
  private FlowWorld world;
  private MemorySource source;
  private MemoryDestination destination;

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    source = new MemorySource();
    destination = new MemoryDestination.Full();
    world.client("acme", source, destination);
    RunWorker _ = world.worker();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Run run(RunMode mode, Fields... records) throws InterruptedException {
    source.replaceAll(List.of(records));
    return world.run("acme", mode);
  }

  private static Fields good(int id) {
    return FlowWorld.product(id, "Product " + id, id);
  }

  private static Fields nameless(int id) {
    return FlowWorld.product(id, " ", id);
  }

  private static Fields keyless() {
    return new Fields(java.util.Map.of("f_nombre", "Without a code"));
  }

  private void requireCounts(long mapping, long refused, long keyless) {
    Outstanding now = world.outstanding.of("acme");
    assertThat(List.of(now.mapping(), now.destination(), now.keyless()))
        .containsExactly(mapping, refused, keyless);
    assertThat(now.total()).isEqualTo(mapping + refused + keyless);
    assertThat(now.since() == null).isEqualTo(mapping + refused == 0);
  }

  private List<Outstanding.Key> listed() {
    return world.outstanding.list("acme", null, null, 10).items();
  }

  @Test
  void whatTheMappingRejectedStaysThoughLaterRunsSucceed() throws Exception {
    Run first = run(RunMode.INITIAL, good(1), nameless(2), nameless(3));
    assertThat(first.state()).isEqualTo(RunState.PARTIAL);
    requireCounts(2, 0, 0);
    Outstanding.Key key = listed().getFirst();
    assertThat(key.key()).isEqualTo("P00002");
    assertThat(key.by()).isEqualTo(By.MAPPING);
    assertThat(key.code()).isEqualTo("REQUIRED");
    assertThat(key.reason()).isEqualTo("name is missing; fill f_nombre in");
    assertThat(key.run()).isEqualTo(first.id());
    assertThat(key.record()).isEqualTo(2);
    assertThat(key.due()).isNull();

    // Nothing changed at the source: the run is a success, and what is missing is still told.
    Run second = run(RunMode.INCREMENTAL);
    assertThat(second.state()).isEqualTo(RunState.SUCCESS);
    assertThat(second.books()).isEqualTo(Books.EMPTY);
    requireCounts(2, 0, 0);

    assertThat(run(RunMode.INCREMENTAL, good(2)).books().written()).isEqualTo(1);
    requireCounts(1, 0, 0);
    Run again = run(RunMode.INCREMENTAL, nameless(3));
    requireCounts(1, 0, 0);
    assertThat(listed().getFirst().tries()).isEqualTo(2);
    assertThat(listed().getFirst().run()).isEqualTo(again.id());
  }

  @Test
  void aRecordThatWasRejectedAndIsAtTheDestinationAsItCameCountsNoMore() throws Exception {
    Run _ = run(RunMode.INITIAL, good(1));
    Run _ = run(RunMode.INCREMENTAL, nameless(1));
    requireCounts(1, 0, 0);
    assertThat(run(RunMode.INCREMENTAL, good(1)).books().unchanged()).isEqualTo(1);
    requireCounts(0, 0, 0);
  }

  @Test
  void theLaterOfTwoRecordsOfAKeyCounts() throws Exception {
    Run _ = run(RunMode.INITIAL, good(1), nameless(1), nameless(2), good(2));
    assertThat(listed()).extracting(Outstanding.Key::key).containsExactly("P00001");
  }

  @Test
  void whatTheDestinationRejectedCountsUntilItTakesIt() throws Exception {
    destination.reject(write -> write.key().equals("P00002"));
    Run _ = run(RunMode.INITIAL, good(1), good(2), nameless(3));
    requireCounts(1, 1, 0);
    assertThat(listed())
        .extracting(Outstanding.Key::by)
        .containsExactly(By.DESTINATION, By.MAPPING);
    assertThat(listed().getFirst().due()).isNotNull();
    assertThat(world.outstanding.list("acme", By.DESTINATION, null, 10).items()).hasSize(1);

    destination.reject(_ -> false);
    assertThat(run(RunMode.INCREMENTAL).books().written()).isEqualTo(1);
    requireCounts(1, 0, 0);
  }

  @Test
  void whatTheSourceHasNoMoreIsForgottenByARunThatReadsEverything() throws Exception {
    destination.reject(write -> write.key().equals("P00002"));
    Run _ = run(RunMode.INITIAL, good(1), good(2), nameless(3), keyless());
    requireCounts(1, 1, 1);
    Run _ = run(RunMode.INCREMENTAL, keyless());
    requireCounts(1, 1, 2);
    Run _ = run(RunMode.INITIAL, good(1));
    requireCounts(0, 0, 0);
  }

  @Test
  void aPlanLeavesNothingOutstandingUntilItIsApplied() throws Exception {
    Run plan = run(RunMode.PLAN, good(1), nameless(2), nameless(3), good(3), keyless());
    requireCounts(0, 0, 0);
    Run applied = world.end(world.runs.apply(plan.id(), FlowWorld.ANNA));
    assertThat(applied.state()).isEqualTo(RunState.PARTIAL);
    assertThat(listed()).extracting(Outstanding.Key::key).containsExactly("P00002");
    assertThat(listed().getFirst().reason()).isEqualTo("name is missing; fill f_nombre in");
    requireCounts(1, 0, 1);
  }

  @Test
  void aPlanTellsWhyTheMappingRejectsTheMostCommonCodeFirst() throws Exception {
    destination.reject(_ -> true);
    Run plan = run(RunMode.PLAN, nameless(1), good(2), nameless(3), keyless());
    assertThat(world.records.rejections(plan.id(), 5))
        .containsExactly(
            new RunRecords.Rejection("REQUIRED", 3, "name is missing; fill f_nombre in", 2));
  }

  @Test
  void theListGoesOnByKey() throws Exception {
    Run _ = run(RunMode.INITIAL, nameless(1), nameless(2), nameless(3));
    var page = world.outstanding.list("acme", null, null, 2);
    assertThat(page.items()).extracting(Outstanding.Key::key).containsExactly("P00001", "P00002");
    var next = world.outstanding.list("acme", null, page.next(), 2);
    assertThat(next.items()).extracting(Outstanding.Key::key).containsExactly("P00003");
    assertThat(next.next()).isNull();
    // Whoever is no client any more has none.
    assertThat(world.outstanding.all()).isEmpty();
  }
}
