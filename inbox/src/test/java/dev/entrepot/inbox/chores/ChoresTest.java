package dev.entrepot.inbox.chores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChoresTest {
  private final Database database = TestDatabase.fresh();
  private final Leases leases = new Leases(database, Clock.systemUTC());

  private final ChoreLog log = new ChoreLog(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aChoreIsDoneByOneNodeAndRestsForAllOfThem() {
    Deque<Integer> left = new ArrayDeque<>(List.of(1_000, 1_000, 7, 0));
    Chore chore = Chore.inBatches("sweep", Duration.ofHours(1), _ -> left.removeFirst());
    assertThat(node("a").doIfDue(chore)).isTrue();
    assertThat(left).isEmpty();
    assertThat(node("b").doIfDue(chore)).isFalse();
    ChoreRun run = log.last().getFirst();
    assertThat(run.node()).isEqualTo("a");
    assertThat(run.done()).isEqualTo(2_007);
    assertThat(run.problem()).isNull();
  }

  @Test
  void aChoreThatAnotherNodeIsAtIsLeftToIt() {
    Chore inner = new Chore("sweep", Duration.ofMillis(1), _ -> 1);
    Chore chore = new Chore("sweep", Duration.ofMillis(1), _ -> node("b").doIfDue(inner) ? 100 : 5);
    assertThat(node("a").doIfDue(chore)).isTrue();
    assertThat(log.last().getFirst().done()).isEqualTo(5);
  }

  @Test
  void whatFailsIsToldAndDoneAgain() {
    Chore bad =
        new Chore(
            "sweep",
            Duration.ofNanos(1_000),
            _ -> {
              throw new IllegalStateException("the broom is broken");
            });
    assertThat(node("a").doIfDue(bad)).isTrue();
    assertThat(log.last().getFirst().problem()).contains("the broom is broken");
    assertThat(node("a").doIfDue(new Chore("sweep", Duration.ofNanos(1_000), _ -> 3))).isTrue();
    ChoreRun run = log.last().getFirst();
    assertThat(run.problem()).isNull();
    assertThat(run.total()).isEqualTo(3);
  }

  @Test
  void aStoppedNodeEndsAfterItsStep() {
    Chores stopped = node("a");
    Chore endless =
        Chore.inBatches(
            "sweep",
            Duration.ofNanos(1_000),
            _ -> {
              stopped.close();
              return 1;
            });
    assertThat(stopped.doIfDue(endless)).isTrue();
    assertThat(log.last().getFirst().done()).isEqualTo(1);
  }

  private Chores node(String name) {
    return new Chores(database, leases, name, List.of());
  }
}
