package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that has nothing to say to its destination still finds out whether it is let in.
class AccessCheckTest {
  @TempDir private Path results;
  private KongWorld world;

  @BeforeEach
  void open() throws Exception {
    world = new KongWorld(results);
    world.load("acme", 300);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void revoke() {
    int _ = world.kong.faults().add(Fault.answer(401).tenant("acme"));
  }

  @Test
  void aKeyThatWasRevokedFailsARunWithoutChanges() throws Exception {
    assertThat(world.flow.run("acme", RunMode.INITIAL).books().written()).isEqualTo(300);
    revoke();
    Run run = world.flow.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("DENIED");
    assertThat(run.reason())
        .startsWith("no call was to be made, so kong was asked")
        .contains("401");
    assertThat(run.books()).isEqualTo(new Books(300, 0, 300, 0, 0, 0));
    assertThat(run.calls()).isZero();
    assertThat(
            world
                .flow
                .records
                .exchanges(run.id(), RunRecords.ExchangeFilter.FAILURES, null, 10)
                .items())
        .singleElement()
        .satisfies(said -> {
          assertThat(said.method()).isEqualTo("GET");
          assertThat(said.status()).isEqualTo(401);
        });
  }

  @Test
  void andAPlan() throws Exception {
    revoke();
    Run plan = world.flow.run("acme", RunMode.PLAN);
    assertThat(plan.state()).isEqualTo(RunState.FAILED);
    assertThat(plan.code()).isEqualTo("DENIED");
    assertThat(world.kong.log().last()).allMatch(entry -> entry.method().equals("GET"));
  }

  @Test
  void onlyThatIsAskedAndOnlyThen() throws Exception {
    Run plan = world.flow.run("acme", RunMode.PLAN);
    assertThat(plan.state()).isEqualTo(RunState.PLANNED);
    assertThat(world.kong.log().calls()).isEqualTo(1);
    Run applied = world.flow.end(world.flow.runs.apply(plan.id(), ANNA));
    assertThat(applied.state()).isEqualTo(RunState.SUCCESS);
    assertThat(world.kong.log().calls()).isEqualTo(1 + applied.calls());
    Run second = world.flow.run("acme", RunMode.INITIAL);
    assertThat(second.calls()).isZero();
    assertThat(world.kong.log().calls()).isEqualTo(1 + applied.calls() + 1);
    assertThat(world.kong.products().effects().changes()).isEqualTo(300);
  }

  @Test
  void oneThatIsAwayIsAskedAgainAsThePolicySays() throws Exception {
    MemoryDestination destination = new MemoryDestination.Full();
    destination.failChecks(new RemoteException(Code.UNAVAILABLE, "memory answered 503"));
    world.flow.client("beta", new MemorySource(), destination);
    Run run = world.flow.run("beta", RunMode.INCREMENTAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("UNAVAILABLE");
    assertThat(run.reason()).contains("memory answered 503 (4 tries)");
    assertThat(destination.checks()).isEqualTo(FlowWorld.QUICK.unavailableTries());
    destination.failChecks(new IllegalStateException("a defect"));
    assertThat(world.flow.run("beta", RunMode.INCREMENTAL).code()).isEqualTo("CONNECTOR");
    destination.failChecks(null);
    assertThat(world.flow.run("beta", RunMode.INCREMENTAL).state()).isEqualTo(RunState.SUCCESS);
  }

  @Test
  void whatTheSourceLacksIsToldAlone() throws Exception {
    MemoryDestination destination = new MemoryDestination.Full();
    MemorySource source = FlowWorld.products(10);
    source.fail(() -> {
      throw new RemoteException(Code.DENIED, "memory-source answered 401");
    });
    world.flow.client("beta", source, destination);
    assertThat(world.flow.run("beta", RunMode.INITIAL).reason()).contains("memory-source");
    assertThat(destination.checks()).isZero();
  }
}
