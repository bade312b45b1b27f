package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.ledger.Audit;
import dev.entrepot.model.Books;
import dev.entrepot.spi.event.Body;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Of an event and a handler one dead letter is open, however often it is replayed.
class SharedLettersTest {
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
    try {
      assertAuditAgrees();
    } finally {
      world.close();
    }
  }

  @Test
  void whatFailsAgainInAReplayIsAddedToTheOpenOne() {
    long event = world.append("calm", "a", "fine");
    world.drain(new Refusing("first", "never"));
    DeadEvent before = open().getFirst();
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first", "still not"));
    DeadEvent letter = open().getFirst();
    assertThat(open()).hasSize(1);
    assertThat(letter.id()).isEqualTo(before.id());
    assertThat(letter.attempts()).isEqualTo(before.attempts() + 1);
    assertThat(letter.reason()).isEqualTo("still not");
    assertThat(letter.diedAt()).isAfter(before.diedAt());
    assertThat(world.books()).isEqualTo("1 = 0w 0u 1r 0s 0p");
    assertThat(books(replay)).isEqualTo(new Books(1, 0, 0, 1, 0, 0));
    assertAuditAgrees();
    EventStates states = new EventStates(world.database, world.log);
    assertThat(states.history(states.find(event).orElseThrow()))
        .filteredOn(step -> step.what().equals("given up") && replay.id().equals(step.replay()))
        .singleElement()
        .satisfies(step -> assertThat(step.letter()).isEqualTo(letter.id()));

    world.desk.retry(LaneWorld.ANNA, letter.id());
    assertAuditAgrees();
    world.drain();
    assertThat(open()).isEmpty();
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
    assertThat(books(replay)).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
  }

  @Test
  void skippingItSkipsWhatTheReplaysCouldNotDo() {
    long event = world.append("calm", "a", "fine");
    world.drain();
    Replay one = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first", "never"));
    Replay two = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first", "never"));
    assertThat(open()).hasSize(1);
    world.desk.skip(LaneWorld.ANNA, open().getFirst().id(), "no use");
    assertThat(books(one)).isEqualTo(new Books(1, 0, 0, 0, 1, 0));
    assertThat(books(two)).isEqualTo(new Books(1, 0, 0, 0, 1, 0));
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
  }

  @Test
  void aReplayThatWorksCuresWhatReplaysBeforeAdded() {
    long event = world.append("calm", "a", "fine");
    world.drain(new Refusing("first", "never"));
    Replay failed = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first", "never"));
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain();
    assertThat(open()).isEmpty();
    assertThat(books(failed)).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
  }

  /// The retry calls all for whom it failed, now or then.
  @Test
  void whatAnotherHandlerFailedToDoMeanwhileIsDoneByTheRetry() {
    long event = world.append("calm", "a", "fine");
    world.drain(new Refusing("first", "never"));
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first", "never"), new Refusing("second", "never"));
    world.execute("truncate applied");
    world.desk.retry(LaneWorld.ANNA, open().getFirst().id());
    world.drain();
    assertThat(world.done()).containsExactlyInAnyOrder("first " + event, "second " + event);
  }

  /// Where a failure parks the key, somebody must be able to decide on it: a try that waits behind
  /// it cannot.
  @Test
  void aReplayThatParksTheKeyBeforeARetryCanBeDecided() {
    long event = world.append("strict", "a", "fine");
    world.drain(new Refusing("first", "never"));
    long letter = open().getFirst().id();
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.desk.retry(LaneWorld.ANNA, letter);
    world.drain(new Refusing("first", "still not"));
    assertThat(open()).hasSize(1);
    world.desk.skip(LaneWorld.ANNA, open().getFirst().id(), "no use");
    world.drain();
    assertThat(open()).isEmpty();
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
  }

  @Test
  void whatFailedForAnotherHandlerIsAnotherLetter() {
    long event = world.append("calm", "a", "fine");
    world.drain(new Refusing("first", "never"));
    replays.start(
        LaneWorld.ANNA, new ReplayRequest(List.of(event), EventFilter.ALL, Set.of("second")));
    world.drain(new Refusing("second", "never"));
    assertThat(open()).extracting(DeadEvent::handler).containsExactly("second", "first");
  }

  /// A replay to some that failed, then one to all: the retry is to all.
  @Test
  void theRetryReachesAllForWhomItFailed() {
    long event = world.append("calm", "a", "fine");
    world.drain();
    replays.start(
        LaneWorld.ANNA, new ReplayRequest(List.of(event), EventFilter.ALL, Set.of("first")));
    world.drain(new Refusing("first", "never"));
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first", "never"), new Refusing("second", "never"));
    assertThat(open()).hasSize(1);
    world.execute("truncate applied");
    world.desk.retry(LaneWorld.ANNA, open().getFirst().id());
    world.drain();
    assertThat(world.done()).containsExactlyInAnyOrder("first " + event, "second " + event);
  }

  /// The replay waits already when a person has the letter tried again.
  @Test
  void whatFailsWhileTheLetterIsTriedAgainIsAddedToIt() {
    long event = world.append("calm", "a", "fine");
    world.drain(new Refusing("first", "never"));
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.desk.retry(LaneWorld.ANNA, open().getFirst().id());
    world.drain(new Refusing("first", "still not"));
    assertThat(open()).hasSize(1);
    assertThat(books(replay)).isEqualTo(new Books(1, 0, 0, 1, 0, 0));
    assertAuditAgrees();
    world.desk.retry(LaneWorld.ANNA, open().getFirst().id());
    world.drain();
    assertThat(books(replay)).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
  }

  @Test
  void theNewestMendedBodyIsTheLetters() {
    long event = world.append("calm", "a", "poison");
    world.drain();
    world.desk.editAndRetry(LaneWorld.ANNA, open().getFirst().id(), null, Body.of("fine"));
    world.drain(new Refusing("first", "never"));
    long letter = open().getFirst().id();
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first", "never"));
    assertThat(open()).extracting(DeadEvent::id).containsExactly(letter);
    assertThat(world.desk.edits(letter)).hasSize(1);
    world.desk.retry(LaneWorld.ANNA, letter);
    world.drain();
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
  }

  private Books books(Replay replay) {
    return replays.find(replay.id()).books();
  }

  private List<DeadEvent> open() {
    return world.desk.list(DeadEventFilter.OPEN, null, 10).items();
  }

  private void assertAuditAgrees() {
    assertThat(new Audit(world.database, LaneAudit.checks()).run().findings()).isEmpty();
  }

  /// Refuses everything.
  private record Refusing(String name, String reason) implements EventHandler {
    @Override
    public boolean wants(String kind, String topic) {
      return true;
    }

    @Override
    public List<Handled> handle(Connection transaction, List<DueEvent> events) {
      return events.stream().<Handled>map(_ -> new Handled.Refused("NEVER", reason)).toList();
    }
  }
}
