package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static dev.entrepot.flow.runs.FlowWorld.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that take long, or are forgotten while they pause. No node works here until it is made to.
class LateRunsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path results;
  private FlowWorld world;
  private final List<Run> told = new ArrayList<>();

  @BeforeEach
  void open() {
    world = new FlowWorld(results);
    world.client("acme", products(10), new MemoryDestination.Full());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<RunState> look() {
    told.clear();
    world.runs.tellLate(Duration.ofMinutes(30), told::add);
    return told.stream().map(Run::state).toList();
  }

  private void change(String sql, UUID run) {
    world.database.write(connection -> Sql.of(sql).with(run).update(connection));
  }

  @Test
  void aPausedRunIsToldOfOnceAndItsPauseIsNoPartOfItsDuration() throws Exception {
    Run run = world.runs.queue("acme", RunMode.INITIAL, "test", ANNA);
    Run _ = world.runs.pause(run.id(), ANNA);
    assertThat(look()).isEmpty();
    change("update flow_run set paused_at = paused_at - interval '1 hour' where id = ?", run.id());
    assertThatThrownBy(() ->
            world.runs.tellLate(
                Duration.ofMinutes(30),
                _ -> {
                  throw new IllegalStateException("mail is away");
                }))
        .isInstanceOf(RuntimeException.class);
    assertThat(look()).containsExactly(RunState.PAUSED);
    assertThat(look()).isEmpty();

    change(
        "update flow_run set started_at = clock_timestamp() - interval '61 minutes' where id = ?",
        run.id());
    Run _ = world.runs.resume(run.id(), ANNA);
    world.worker();
    Run end = world.end(run);
    assertThat(end.paused()).isGreaterThanOrEqualTo(HOUR);
    assertThat(end.duration(Instant.now())).isLessThan(HOUR);
  }

  @Test
  void aRunThatNeverBeganIsNotResumedWhileAnotherLikeItWaits() {
    Run first = world.runs.queue("acme", RunMode.INITIAL, "test", ANNA);
    Run _ = world.runs.pause(first.id(), ANNA);
    Run second = world.runs.queue("acme", RunMode.INITIAL, "test", ANNA);
    assertThatThrownBy(() -> world.runs.resume(first.id(), ANNA))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.code()).isEqualTo(RunException.Code.WRONG_STATE))
        .hasMessageContaining("another initial run of client acme waits");
    Run _ = world.runs.pause(second.id(), ANNA);
    assertThat(world.runs.resume(first.id(), ANNA).state()).isEqualTo(RunState.QUEUED);
  }

  @Test
  void aRunThatIsUnderWayForTooLongIsToldOfOnce() {
    Run run = world.runs.queue("acme", RunMode.INITIAL, "test", ANNA);
    change("update flow_run set state = 'running', started_at = now() where id = ?", run.id());
    assertThat(look()).isEmpty();
    change(
        "update flow_run set started_at = started_at - interval '31 minutes' where id = ?",
        run.id());
    assertThat(look()).containsExactly(RunState.RUNNING);
    assertThat(look()).isEmpty();
  }
}
