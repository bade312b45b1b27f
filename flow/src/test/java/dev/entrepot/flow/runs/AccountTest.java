package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.remote.RemoteException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is known of one account at the destination says nothing of another.
class AccountTest {
  @TempDir private Path results;
  private FlowWorld world;
  private @Nullable String sourceAccount = "company 17";

  @BeforeEach
  void open() throws Exception {
    world = new FlowWorld(results);
    world.worker();
    account("first");
    assertThat(world.run("acme", RunMode.INCREMENTAL).books().written()).isEqualTo(10);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private MemoryDestination account(@Nullable String account) {
    MemoryDestination destination = new MemoryDestination.Full();
    world.client("acme", products(10), destination);
    FlowSpec spec = world.specs.get("acme");
    assertThat(spec).isNotNull();
    world.specs.put(
        "acme",
        new FlowSpec(
            spec.tenant(),
            spec.flow(),
            spec.source(),
            spec.destination(),
            spec.mapping(),
            spec.basis(),
            spec.steps(),
            spec.settings(),
            spec.openSource(),
            spec.openDestination(),
            null,
            () -> Optional.ofNullable(account),
            () -> Optional.ofNullable(sourceAccount)));
    return destination;
  }

  private void source(@Nullable String account) {
    sourceAccount = account;
  }

  @Test
  void anotherOneGetsEverything() throws Exception {
    account("second");
    Run moved = world.run("acme", RunMode.INCREMENTAL);
    assertThat(moved.since()).isNull();
    assertThat(moved.books().written()).isEqualTo(10);
    Run next = world.run("acme", RunMode.INITIAL);
    assertThat(next.books().unchanged()).isEqualTo(10);
  }

  @Test
  void oneThatDoesNotLetUsInHasNothingForgotten() throws Exception {
    account("mistyped")
        .failChecks(new RemoteException(RemoteException.Code.DENIED, "the key is not known here"));
    Run refused = world.run("acme", RunMode.INCREMENTAL);
    assertThat(refused.state()).isEqualTo(RunState.FAILED);
    assertThat(refused.code()).isEqualTo("DENIED");
    assertThat(refused.reason()).contains("were changed").contains("the key is not known here");
    assertThat(refused.books().received()).isZero();
    account("first");
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNotNull();
    assertThat(world.run("acme", RunMode.INITIAL).books().unchanged()).isEqualTo(10);
  }

  @Test
  void oneThatCannotTellNowIsAskedAgain() throws Exception {
    MemoryDestination away = account("second");
    away.failChecks(new RemoteException(RemoteException.Code.UNAVAILABLE, "memory answered 503"));
    Run queued = world.runs.queue("acme", RunMode.INCREMENTAL, "test", ANNA);
    while (away.checks() < 2) {
      LockSupport.parkNanos(5_000_000);
    }
    away.failChecks(null);
    assertThat(world.end(queued).books().written()).isEqualTo(10);
  }

  @Test
  void aPlanOfItLeavesNothingOutLater() throws Exception {
    account("second");
    assertThat(world.run("acme", RunMode.PLAN).books().pending()).isEqualTo(10);
    Run run = world.run("acme", RunMode.INCREMENTAL);
    assertThat(run.since()).isNull();
    assertThat(run.books().written()).isEqualTo(10);
  }

  @Test
  void aPlanForTheFormerOneIsNotCarriedOut() throws Exception {
    account("first");
    Run plan = world.run("acme", RunMode.PLAN);
    account("second");
    Run refused = world.end(world.runs.apply(plan.id(), ANNA));
    assertThat(refused.state()).isEqualTo(RunState.FAILED);
    assertThat(refused.code()).isEqualTo("ACCOUNT_CHANGED");
    assertThat(world.run("acme", RunMode.INITIAL).books().written()).isEqualTo(10);
  }

  @Test
  void theSameOneAndOneThatCannotBeToldKeepWhatIsKnown() throws Exception {
    account("first");
    assertThat(world.run("acme", RunMode.INITIAL).books().unchanged()).isEqualTo(10);
    account(null);
    assertThat(world.run("acme", RunMode.INITIAL).books().unchanged()).isEqualTo(10);
  }

  @Test
  void anotherAccountOfTheSourceIsReadFromItsBeginning() throws Exception {
    account("first");
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNotNull();
    source("company 18");
    Run first = world.run("acme", RunMode.INCREMENTAL);
    assertThat(first.since()).isNull();
    assertThat(first.books().unchanged()).isEqualTo(10);
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNotNull();
    source(null);
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNotNull();
    source("company 17");
    assertThat(world.run("acme", RunMode.INCREMENTAL).since()).isNull();
  }

  @Test
  void aPlanThatReadAnotherAccountOfTheSourceIsNotCarriedOut() throws Exception {
    account("first");
    Run plan = world.run("acme", RunMode.PLAN);
    source("company 18");
    Run refused = world.end(world.runs.apply(plan.id(), ANNA));
    assertThat(refused.state()).isEqualTo(RunState.FAILED);
    assertThat(refused.code()).isEqualTo("ACCOUNT_CHANGED");
    assertThat(refused.reason()).contains("memory-source");
  }
}
