package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.inbox.log.SliceKeeper;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Books;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is dropped is not asked for any more, and what is asked for is not dropped. Where an event
/// is lost all the same, it stops nobody.
class GoneEventsTest {
  private static final Duration AT_ONCE = Duration.ofNanos(1000);

  private final LaneWorld world = new LaneWorld();
  private final Replays replays =
      new Replays(
          world.database,
          world.log,
          world.activities,
          LaneStoreContract::sender,
          world.handlers,
          () -> {});

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anEventThatIsLostEndsAsADeadLetterAndStopsNobody() {
    long lost = world.append("calm", "a", "first later 1");
    world.drain();
    world.execute("delete from inbox_event where position = " + lost);
    assertThat(findings()).anyMatch(finding -> finding.contains("the log does not have it"));
    long other = world.append("calm", "a", "fine");
    makeDue();
    assertThat(world.done()).containsExactly("second " + lost, "first " + other, "second " + other);
    DeadEvent letter = world.desk.list(DeadEventFilter.OPEN, null, 10).items().getFirst();
    assertThat(letter.code()).isEqualTo("EVENT_GONE");
    assertThat(letter.position()).isEqualTo(lost);
    assertThat(letter.topic()).isEqualTo("test/topic");
    assertThat(world.books()).isEqualTo("2 = 1w 0u 1r 0s 0p");
    assertThat(findings()).noneMatch(finding -> finding.contains("what waits"));
    world.desk.skip(LaneWorld.ANNA, letter.id(), "it is lost");
    assertThat(world.books()).isEqualTo("2 = 1w 0u 0r 1s 0p");
  }

  @Test
  void noOutcomesAreMissedOfAnEventThatIsLostWithThem() {
    long lost = world.append("calm", "a", "first later 1");
    world.drain();
    long replayed = world.append("calm", "b", "fine");
    world.drain();
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(replayed)));
    for (String table : List.of("inbox_event", "inbox_chunk", "inbox_history")) {
      world.execute("truncate " + table);
    }
    makeDue();
    assertThat(world.desk.list(DeadEventFilter.OPEN, null, 10).items())
        .extracting(DeadEvent::position)
        .containsExactlyInAnyOrder(lost, replayed);
    assertThat(replays.find(replay.id()).books()).isEqualTo(new Books(1, 0, 0, 1, 0, 0));
  }

  @Test
  void nothingOfAForgottenSliceIsTriedAgainOrReplayed() {
    world.append("calm", "a", "poison");
    world.drain();
    DeadEvent letter = world.desk.list(DeadEventFilter.OPEN, null, 10).items().getFirst();
    // Its tables are still there, as after a node that died.
    world.execute("delete from inbox_slice where opened_at is not null");
    assertThat(findings()).isEmpty();
    assertThatThrownBy(() -> world.desk.retry(LaneWorld.ANNA, letter.id()))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("past the retention");
    assertThatThrownBy(
            () -> replays.start(LaneWorld.ANNA, ReplayRequest.of(EventFilter.ofKey("a"))))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("no event that was handed on fits");
    world.desk.skip(LaneWorld.ANNA, letter.id(), "too old");
    assertThat(world.desk.find(letter.id()).state()).isEqualTo(DeadEvent.State.SKIPPED);
  }

  /// Whichever comes first, the other one gives way.
  @Test
  void droppingExcludesTryingAgainAndReplaying() throws Exception {
    SliceKeeper beginning = keeper(AT_ONCE, Duration.ofDays(30));
    for (int slice = 0; slice < 12; slice++) {
      world.append("calm", "retried-" + slice, "first refuse 1");
      world.append("calm", "replayed-" + slice, "fine");
      world.drain();
      beginning.keep();
    }
    List<DeadEvent> letters = world.desk.list(DeadEventFilter.OPEN, null, 100).items().reversed();
    SliceKeeper dropping = keeper(Duration.ofDays(1), AT_ONCE);
    int asked = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> acts = new ArrayList<>();
      for (int slice = 0; slice < 12; slice++) {
        long letter = letters.get(slice).id();
        String key = "replayed-" + slice;
        acts.add(threads.submit(() -> tried(() -> world.desk.retry(LaneWorld.ANNA, letter))));
        acts.add(
            threads.submit(() ->
                tried(() ->
                    replays.start(LaneWorld.ANNA, ReplayRequest.of(EventFilter.ofKey(key))))));
      }
      keepOrLater(dropping);
      for (Future<Boolean> act : acts) {
        asked += act.get() ? 1 : 0;
      }
    }
    dropping.keep();
    assertThat(world.text("select count(*)::text as t from inbox_waiting"))
        .isEqualTo(String.valueOf(asked));
    assertThat(findings()).isEmpty();
    world.drain();
    assertThat(world.text("select count(*)::text as t from inbox_waiting")).isEqualTo("0");
    assertThat(
            world.text(
                "select count(*)::text as t from inbox_dead_letter where code = 'EVENT_GONE'"))
        .isEqualTo("0");
    dropping.keep();
    assertThat(findings()).isEmpty();
  }

  /// As the keeper's own thread does: it gives way to whoever holds the tables.
  private static void keepOrLater(SliceKeeper keeper) {
    try {
      keeper.keep();
    } catch (StorageException e) {
      assertThat(e.code()).matches(StorageException.Code::retryable);
    }
  }

  private static boolean tried(Runnable act) {
    try {
      act.run();
      return true;
    } catch (InboxException e) {
      return false;
    }
  }

  private SliceKeeper keeper(Duration slice, Duration retention) {
    return new SliceKeeper(
        world.database,
        new Leases(world.database, Clock.systemUTC()),
        "keeper",
        new LogSettings(slice, retention, 1 << 20, 100, 100, Duration.ofSeconds(10)),
        List.of(UnfinishedSlices::needed));
  }

  private void makeDue() {
    world.execute("update inbox_waiting set due_at = clock_timestamp() where due_at is not null");
    world.drain();
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    world.database.read(connection -> {
      for (AuditCheck check : LaneAudit.checks()) {
        check.run(connection, finding -> findings.add(finding.check() + ": " + finding.message()));
      }
      return findings;
    });
    return findings;
  }
}
