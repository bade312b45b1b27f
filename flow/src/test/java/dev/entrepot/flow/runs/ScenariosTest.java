package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.runs.RunRecords.ExchangeFilter;
import dev.entrepot.flow.runs.RunRecords.Filter;
import dev.entrepot.model.Books;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Siesa to Kong by their own connectors, against simulators over HTTP.
class ScenariosTest {
  @TempDir private Path results;
  private KongWorld world;

  @BeforeEach
  void open() {
    world = new KongWorld(results);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Books written(long count) {
    return new Books(count, count, 0, 0, 0, 0);
  }

  private void requireAll(Run run, int count) {
    assertThat(run.reason()).isNull();
    assertThat(run.books()).isEqualTo(written(count));
    assertThat(world.kong.products().size(run.tenant())).isEqualTo(count);
    assertThat(run.calls()).isEqualTo(world.kong.log().calls());
  }

  @Test
  void aRecordLeadsToTheCallsThatCarriedItAndTheyToTheirRecords() throws Exception {
    world.load("acme", 150);
    Run run = world.flow.run("acme", RunMode.INITIAL);
    RunRecord record = world.flow.records.find(run.id(), 120).orElseThrow();
    List<RunExchange> said =
        world.flow.records.exchanges(run.id(), ExchangeFilter.carrying(120), null, 10).items();
    assertThat(said).isNotEmpty().allMatch(one -> one.side() == RunObserver.Side.DESTINATION);
    ExchangeFilter ofKey = new ExchangeFilter(false, null, record.key());
    assertThat(world.flow.records.exchanges(run.id(), ofKey, null, 10).items()).isEqualTo(said);
    RunExchange first = said.getFirst();
    int call = Objects.requireNonNull(first.call());
    assertThat(world.flow.records.exchange(run.id(), first.id())).contains(first);
    assertThat(world.flow.records.list(run.id(), Filter.carriedBy(call), null, 1_000).items())
        .contains(record)
        .hasSizeBetween(1, 100);
    assertThat(world.flow.records.list(run.id(), Filter.carriedBy(99), null, 10).items()).isEmpty();
    ExchangeFilter ofNobody = new ExchangeFilter(false, null, "nobody");
    assertThat(world.flow.records.exchanges(run.id(), ofNobody, null, 10).items()).isEmpty();
  }

  @Test
  void hundredProductsAndNothingTheSecondTime() throws Exception {
    world.load("acme", 100);
    Run run = world.flow.run("acme", RunMode.INITIAL);
    requireAll(run, 100);
    assertThat(run.calls()).isEqualTo(2);
    assertThat(world.flow.run("acme", RunMode.INITIAL).books())
        .isEqualTo(new Books(100, 0, 100, 0, 0, 0));
    // One that asks whether it is still let in.
    assertThat(world.kong.log().calls()).isEqualTo(2 + 1);
    assertThat(world.kong.log().last().getLast().method()).isEqualTo("GET");
    assertThat(world.flow.records.exchanges(run.id(), ExchangeFilter.ALL, null, 10).items())
        .hasSize(3)
        .noneMatch(said -> said.toString().contains("key-acme"));
    assertThat(world.flow.runs.forgetExchanges(Duration.ofDays(1), 10)).isZero();
    assertThat(world.flow.runs.forgetExchanges(Duration.ZERO, 10)).isEqualTo(2);
    assertThat(world.flow.records.exchanges(run.id(), ExchangeFilter.ALL, null, 10).items())
        .isEmpty();
  }

  @Test
  void severalPagesAndOnlyWhatChangedAfterwards() throws Exception {
    SiesaCatalogue catalogue = world.load("acme", 2_500);
    Run run = world.flow.run("acme", RunMode.INITIAL);
    requireAll(run, 2_500);
    assertThat(run.pages()).isEqualTo(3);
    assertThat(run.calls())
        .isEqualTo(run.steps().stream().mapToLong(Run.StepCount::fewestCalls).sum());
    String code = catalogue.all().get(1_234).code();
    catalogue.change(code, product -> product.name("Otro nombre"));
    Run incremental = world.flow.run("acme", RunMode.INCREMENTAL);
    assertThat(incremental.since()).isNotNull();
    assertThat(incremental.books()).isEqualTo(written(1));
    assertThat(incremental.calls()).isEqualTo(1);
  }

  @Test
  void productsThatKongRefusesAreRejectedAlone() throws Exception {
    SiesaCatalogue catalogue = world.load("acme", 300);
    long refused =
        catalogue.all().stream()
            .filter(product -> String.valueOf(product.name()).contains("Blusa"))
            .count();
    int _ = world.kong.faults().add(Fault.rejectItems("name", "Blusa"));
    Run run = world.flow.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(300, 300 - refused, 0, refused, 0, 0));
    assertThat(world.flow.runs.result(run.id()).failures()).hasSize((int) refused);
  }

  @Test
  void failuresAndLimitsAreWaitedOut() throws Exception {
    world.load("acme", 1_000);
    String bulk = "/products/bulk";
    int _ = world.kong.faults().add(Fault.answer(500).on("POST", bulk).times(1));
    int _ =
        world
            .kong
            .faults()
            .add(Fault.answer(429, Duration.ofSeconds(1)).on("POST", bulk).from(3).times(1));
    int _ = world.kong.faults().add(Fault.answer(503).on("POST", bulk).from(6).times(2));
    int _ = world.siesa.faults().add(Fault.answer(500).times(1));
    Run run = world.flow.run("acme", RunMode.INITIAL);
    requireAll(run, 1_000);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
  }

  @Test
  void callsThatBreakOffAreLookedUp() throws Exception {
    world.load("acme", 500);
    int _ = world.kong.faults().add(Fault.cutAfter().on("POST", "/products/bulk").times(2));
    int _ = world.kong.faults().add(Fault.cutBefore().on("POST", "/rfid/tags").times(1));
    Run run = world.flow.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(written(500));
    assertThat(world.kong.products().effects().changes()).isEqualTo(500);
    assertThat(run.steps().getFirst().lookups()).isEqualTo(2);
  }

  @Test
  void tenThousandProductsInTheFewestCalls() throws Exception {
    world.load("acme", 10_000);
    Run run = world.flow.run("acme", RunMode.INITIAL);
    requireAll(run, 10_000);
    assertThat(run.steps().getFirst().calls()).isEqualTo(100);
    assertThat(run.calls())
        .isEqualTo(run.steps().stream().mapToLong(Run.StepCount::fewestCalls).sum());
  }

  @Test
  void severalClientsAtOnceOneOfThemShutOut() throws Exception {
    world.client("delta", "no-such-key");
    List<Run> queued = new ArrayList<>();
    for (String tenant : KongWorld.TENANTS) {
      world.load(tenant, 400);
      queued.add(world.flow.runs.queue(tenant, RunMode.INITIAL, "test", ANNA));
    }
    for (Run run : queued) {
      Run end = world.flow.end(run);
      if (run.tenant().equals("delta")) {
        assertThat(end.code()).isEqualTo("DENIED");
        assertThat(end.books()).isEqualTo(new Books(400, 0, 0, 0, 400, 0));
      } else {
        assertThat(end.books()).isEqualTo(written(400));
        assertThat(world.kong.products().size(run.tenant())).isEqualTo(400);
      }
    }
  }
}
