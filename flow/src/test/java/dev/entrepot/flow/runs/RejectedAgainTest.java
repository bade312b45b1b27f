package dev.entrepot.flow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import dev.entrepot.simulators.siesa.SiesaProduct;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Kong did not take, and when it comes again. Siesa sends only what changed there.
class RejectedAgainTest {
  // Also of one alone, which goes another way.
  private static final String WRITES = "/products*";

  @TempDir private Path results;
  private KongWorld world;
  private KongServer kong;

  @BeforeEach
  void open() {
    world = new KongWorld(results);
    kong = world.kong;
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Run run(RunMode mode) throws InterruptedException {
    return world.flow.run("acme", mode);
  }

  private static Books written(long count) {
    return new Books(count, count, 0, 0, 0, 0);
  }

  private static boolean blouse(SiesaProduct product) {
    return String.valueOf(product.name()).contains("Blusa");
  }

  private static long blouses(SiesaCatalogue catalogue) {
    return catalogue.all().stream().filter(RejectedAgainTest::blouse).count();
  }

  @Test
  void aProductThatKongBreaksAtKeepsNoNeighbourFromArriving() throws Exception {
    SiesaCatalogue catalogue = world.load("acme", 500);
    String bad = catalogue.all().get(123).code();
    String silent = catalogue.all().get(321).code();
    int _ = kong.faults().add(Fault.answer(500).on("*", WRITES).containing(bad));
    int _ = kong.faults().add(Fault.cutBefore().on("*", WRITES).containing(silent));
    Run run = run(RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(500, 498, 0, 2, 0, 0));
    assertThat(world.flow.runs.result(run.id()).failures())
        .extracting(RunResult.Failure::id)
        .containsExactlyInAnyOrder(bad, silent);
    assertThat(kong.products().size("acme")).isEqualTo(498);
    assertThat(kong.products().effects().changes()).isEqualTo(498);
    assertThat(run.calls()).isEqualTo(kong.log().calls()).isLessThan(100);

    kong.faults().clear();
    Run next = run(RunMode.INCREMENTAL);
    assertThat(next.since()).isNotNull();
    assertThat(next.books()).isEqualTo(written(2));
    assertThat(kong.products().size("acme")).isEqualTo(500);
  }

  @Test
  void whatKongRejectedComesAgainThoughSiesaSendsItNoMore() throws Exception {
    SiesaCatalogue catalogue = world.load("acme", 300);
    long refused = blouses(catalogue);
    int fault = kong.faults().add(Fault.rejectItems("name", "Blusa"));
    assertThat(run(RunMode.INITIAL).books().rejected()).isEqualTo(refused);

    boolean _ = kong.faults().remove(fault);
    Run next = run(RunMode.INCREMENTAL);
    assertThat(next.since()).isNotNull();
    assertThat(next.state()).isEqualTo(RunState.SUCCESS);
    assertThat(next.books()).isEqualTo(written(refused));
    assertThat(kong.products().size("acme")).isEqualTo(300);
    assertThat(run(RunMode.INCREMENTAL).books()).isEqualTo(Books.EMPTY);
    assertThat(run(RunMode.INITIAL).books()).isEqualTo(new Books(300, 0, 300, 0, 0, 0));
  }

  @Test
  void whatIsRejectedAgainWaitsLongerUnlessSiesaSendsItItself() throws Exception {
    SiesaCatalogue catalogue = world.load("acme", 300);
    long refused = blouses(catalogue);
    int fault = kong.faults().add(Fault.rejectItems("name", "Blusa"));
    Run first = run(RunMode.INITIAL);
    Run second = run(RunMode.INCREMENTAL);
    assertThat(second.books()).isEqualTo(new Books(refused, 0, 0, refused, 0, 0));
    assertThat(second.again()).isEqualTo(first.again()).isEqualTo(refused);
    assertThat(run(RunMode.INCREMENTAL).books()).isEqualTo(Books.EMPTY);

    String code =
        catalogue.all().stream().filter(RejectedAgainTest::blouse).findFirst().orElseThrow().code();
    catalogue.change(code, product -> product.name("Camisa"));
    assertThat(run(RunMode.INCREMENTAL).books()).isEqualTo(written(1));
    boolean _ = kong.faults().remove(fault);
    assertThat(run(RunMode.INITIAL).books())
        .isEqualTo(new Books(300, refused - 1, 300 - refused + 1, 0, 0, 0));
  }
}
