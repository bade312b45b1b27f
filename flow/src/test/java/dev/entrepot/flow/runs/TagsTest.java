package dev.entrepot.flow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import dev.entrepot.simulators.siesa.SiesaProduct;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFID tags that go from one product to another. Kong gives a tag to nobody else as long as a
/// product has it, and has no call that takes it off.
class TagsTest {
  @TempDir private Path results;
  private KongWorld world;
  private KongServer kong;
  private SiesaCatalogue catalogue;
  private List<String> codes;

  @BeforeEach
  void open() throws InterruptedException {
    world = new KongWorld(results);
    kong = world.kong;
    catalogue = world.load("acme", 300);
    codes = catalogue.all().stream().map(SiesaProduct::code).toList();
    tag(10, null);
    tag(20, "T-20");
    tag(30, "T-30");
    assertThat(run(RunMode.INITIAL).state()).isEqualTo(RunState.SUCCESS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Run run(RunMode mode) throws InterruptedException {
    return world.flow.run("acme", mode);
  }

  private void tag(int product, @Nullable String tag) {
    catalogue.change(codes.get(product), before -> before.tag(tag));
  }

  private Optional<String> held(int product) {
    return kong.tags()
        .find("acme", codes.get(product))
        .map(held -> held.contents().path("tag_id").stringValue());
  }

  /// Products that were changed in the minutes before are read again.
  private static Books books(long written, long unchanged, long rejected) {
    return new Books(written + unchanged + rejected, written, unchanged, rejected, 0, 0);
  }

  @Test
  void aTagThatGoesToAProductThatIsWrittenEarlierArrives() throws Exception {
    tag(10, "T-20");
    tag(20, "T-new");
    Run run = run(RunMode.INCREMENTAL);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(books(2, 1, 0));
    assertThat(held(10)).contains("T-20");
    assertThat(held(20)).contains("T-new");
    // All in one call, and the one that was in the way of another once more.
    assertThat(run.steps().getLast().calls()).isEqualTo(2);
  }

  @Test
  void tagsThatMoveUpInARowArriveAsWell() throws Exception {
    tag(10, "T-20");
    tag(20, "T-30");
    tag(30, "T-new");
    assertThat(run(RunMode.INCREMENTAL).books()).isEqualTo(books(3, 0, 0));
    assertThat(held(10)).contains("T-20");
    assertThat(held(20)).contains("T-30");
    assertThat(held(30)).contains("T-new");
  }

  @Test
  void tagsThatAreSwappedSayWhoHoldsThemAndArriveWhenOneIsFreed() throws Exception {
    tag(20, "T-30");
    tag(30, "T-20");
    Run run = run(RunMode.INCREMENTAL);
    assertThat(run.books()).isEqualTo(books(0, 1, 2));
    assertThat(world.flow.runs.result(run.id()).failures())
        .extracting(RunResult.Failure::error)
        .anySatisfy(error ->
            assertThat(error)
                .startsWith(
                    "TAG_BOUND: step tags: tag T-30 is " + codes.get(30) + "'s; Kong has no"));

    assertThat(kong.tags().remove("acme", codes.get(20))).isTrue();
    run(RunMode.INCREMENTAL);
    assertThat(held(20)).contains("T-30");
    assertThat(held(30)).contains("T-20");
  }

  @Test
  void aTagThatWasTakenOffIsNotTakenForKnown() throws Exception {
    tag(20, null);
    assertThat(run(RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
    // People free it in Kong, and another product gets it.
    assertThat(kong.tags().remove("acme", codes.get(20))).isTrue();
    tag(10, "T-20");
    assertThat(run(RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
    assertThat(held(10)).contains("T-20");
    tag(10, "T-10");
    tag(20, "T-20");
    assertThat(run(RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
    assertThat(held(10)).contains("T-10");
    assertThat(held(20)).contains("T-20");
  }
}
