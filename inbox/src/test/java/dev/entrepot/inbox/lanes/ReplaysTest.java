package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.inbox.log.Purpose;
import dev.entrepot.ledger.Audit;
import dev.entrepot.model.Books;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplaysTest {
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
  void previewsWithoutChangingAnything() {
    world.append("calm", "a", "fine");
    world.append("calm", "a", "poison");
    world.append("calm", "a", "first refuse 1");
    world.append("calm", "b", "fine");
    world.drain();
    List<String> done = world.done();
    ReplayPreview preview = replays.preview(ReplayRequest.of(EventFilter.ofKey("a")));
    assertThat(preview.events()).isEqualTo(3);
    assertThat(preview.unreadable()).isOne();
    assertThat(preview.byHandler())
        .containsEntry("first", new ReplayPreview.Figures(1, 0, 0, 0, 1))
        .containsEntry("second", new ReplayPreview.Figures(2, 0, 0, 0, 0));
    assertThat(preview.sample()).hasSize(4);
    assertThat(world.done()).isEqualTo(done);
  }

  @Test
  void replaysInOrderBeforeWhatComesLaterWithBooksOfItsOwn() {
    long one = world.append("calm", "a", "fine");
    long two = world.append("calm", "a", "fine");
    world.append("calm", "b", "fine");
    world.drain();
    world.execute("truncate applied");
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(EventFilter.ofKey("a")));
    assertThat(replay.books()).isEqualTo(new Books(2, 0, 0, 0, 0, 2));
    long later = world.append("calm", "a", "fine");
    world.drain();
    assertThat(world.done().stream().filter(done -> done.startsWith("first")))
        .containsExactly("first " + one, "first " + two, "first " + later);
    assertThat(world.text("select count(replay)::text as t from applied")).isEqualTo("4");
    assertThat(replays.find(replay.id()).books()).isEqualTo(new Books(2, 2, 0, 0, 0, 0));
    assertThat(world.books()).isEqualTo("4 = 4w 0u 0r 0s 0p");
    assertThat(replays.newest(5)).extracting(Replay::id).containsExactly(replay.id());
  }

  @Test
  void replaysToTheHandlersAskedFor() {
    long event = world.append("calm", "a", "fine");
    world.drain();
    world.execute("truncate applied");
    replays.start(
        LaneWorld.ANNA, new ReplayRequest(List.of(event), EventFilter.ALL, Set.of("second")));
    world.drain();
    assertThat(world.done()).containsExactly("second " + event);
  }

  @Test
  void whatFailsInAReplayIsADeadLetterOfTheReplay() {
    long event = world.append("calm", "a", "fine");
    world.drain();
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first"));
    assertThat(replays.find(replay.id()).books()).isEqualTo(new Books(1, 0, 0, 1, 0, 0));
    assertThat(open()).extracting(DeadEvent::replay).containsExactly(replay.id());
    world.desk.retry(LaneWorld.ANNA, open().getFirst().id());
    world.drain();
    assertThat(replays.find(replay.id()).books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
    assertThat(open()).isEmpty();
    assertAuditAgrees();
  }

  /// What failed for the event itself, and in a replay before.
  @Test
  void whatAReplayHandsOnToAllIsNoDeadLetterAnyMore() {
    long event = world.append("calm", "a", "fine");
    world.drain(new Refusing("first"));
    Replay failed = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Refusing("first"));
    List<DeadEvent> letters = open();
    assertThat(letters).hasSize(1);
    assertThat(world.books()).isEqualTo("1 = 0w 0u 1r 0s 0p");
    Replay cured = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain();
    assertThat(world.done()).containsExactly("first " + event, "second " + event);
    assertThat(open()).isEmpty();
    assertThat(letters)
        .extracting(letter -> world.desk.find(letter.id()).state())
        .containsOnly(DeadEvent.State.RESOLVED);
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
    assertThat(replays.find(failed.id()).books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(replays.find(cured.id()).books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertAuditAgrees();
    EventStates states = new EventStates(world.database, world.log);
    EventState state = states.find(event).orElseThrow();
    assertThat(state.state()).isEqualTo(EventState.State.WRITTEN);
    assertThat(state.handlers()).containsEntry("first", 'w').containsEntry("second", 'w');
    EventStep last = states.history(state).getLast();
    assertThat(last.what()).isEqualTo("written");
    assertThat(last.detail()).contains("by a replay", "is resolved");
    assertThat(state.settledAt()).isNotNull().isAfterOrEqualTo(letters.getLast().diedAt());
  }

  @Test
  void ofAReplayToSomeTheOthersAreNoMatter() {
    long event = world.append("calm", "a", "fine");
    world.drain();
    replays.start(
        LaneWorld.ANNA, new ReplayRequest(List.of(event), EventFilter.ALL, Set.of("first")));
    world.drain(new Refusing("first"));
    long letter = open().getFirst().id();
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain();
    EventStates states = new EventStates(world.database, world.log);
    assertThat(states.history(states.find(event).orElseThrow()))
        .filteredOn(step -> Long.valueOf(letter).equals(step.letter()))
        .last()
        .satisfies(step ->
            assertThat(step.detail()).contains("first", "is resolved").doesNotContain("second"));
  }

  @Test
  void samplesAreForNobodyInAReplayToo() {
    world.append("calm", "a", "fine");
    Identity sample = new Identity("sample", "test/topic", "a", null);
    world.log.append(
        new NewEvent("calm", sample, Headers.NONE, Body.of("fine"), null, Purpose.TEST));
    world.drain();
    ReplayRequest all = new ReplayRequest(List.of(), EventFilter.ofKey("a"), Set.of());
    assertThat(replays.preview(all).events()).isOne();
    assertThat(replays.start(LaneWorld.ANNA, all).events()).isOne();
  }

  /// A handler that was done with the event before keeps what it did.
  @Test
  void whatWasWrittenBeforeStaysWrittenWhenAReplayChangesNothing() {
    long event = world.append("calm", "a", "second refuse 1");
    world.drain();
    assertThat(world.done()).containsExactly("first " + event);
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain(new Content("second"));
    EventState state = new EventStates(world.database, world.log).find(event).orElseThrow();
    assertThat(state.handlers()).containsEntry("first", 'w').containsEntry("second", 'u');
    assertThat(state.state()).isEqualTo(EventState.State.WRITTEN);
    assertAuditAgrees();
  }

  @Test
  void aReplayToSomeHandlersLeavesWhatFailedForAll() {
    long event = world.append("calm", "a", "fine");
    world.drain(new Refusing("first"));
    replays.start(
        LaneWorld.ANNA, new ReplayRequest(List.of(event), EventFilter.ALL, Set.of("second")));
    world.drain();
    assertThat(world.done()).containsExactly("second " + event);
    assertThat(open()).hasSize(1);
    assertThat(world.books()).isEqualTo("1 = 0w 0u 1r 0s 0p");
    assertAuditAgrees();
  }

  @Test
  void handsOnWhatAPersonMended() {
    long event = world.append("calm", "a", "poison");
    world.drain();
    world.desk.editAndRetry(LaneWorld.ANNA, open().getFirst().id(), null, Body.of("fine"));
    world.drain();
    ReplayPreview preview = replays.preview(ReplayRequest.of(EventFilter.ofKey("a")));
    assertThat(preview.unreadable()).isZero();
    assertThat(preview.byHandler())
        .containsEntry("first", new ReplayPreview.Figures(1, 0, 0, 0, 0));
    world.execute("truncate applied");
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(EventFilter.ofKey("a")));
    assertThat(world.text("select bytes::text as t from inbox_waiting")).isEqualTo("4");
    world.drain();
    assertThat(world.done()).containsExactly("first " + event, "second " + event);
    assertThat(replays.find(replay.id()).books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(open()).isEmpty();
    assertAuditAgrees();
  }

  @Test
  void aDeadLetterOfAReplayHasTheMendedBody() {
    long event = world.append("calm", "a", "poison");
    world.drain();
    // The second attempt: it works, but the first one of a replay does not.
    world.desk.editAndRetry(
        LaneWorld.ANNA, open().getFirst().id(), null, Body.of("first refuse 1"));
    world.drain();
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    world.drain();
    DeadEvent letter = open().getFirst();
    assertThat(letter.code()).isEqualTo("NEVER");
    assertThat(letter.edited()).isTrue();
    assertThat(world.desk.edits(letter.id()))
        .extracting(edit -> edit.body().text(), DeadLetterDesk.Edit::by)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("first refuse 1", LaneWorld.ANNA.reference()));
    world.desk.retry(LaneWorld.ANNA, letter.id());
    world.drain();
    assertThat(replays.find(replay.id()).books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
  }

  @Test
  void aMendedBodyThatWasSkippedIsNotHandedOn() {
    long event = world.append("calm", "a", "first refuse 1");
    world.drain();
    world.desk.editAndRetry(LaneWorld.ANNA, open().getFirst().id(), null, Body.of("poison"));
    world.drain();
    world.desk.skip(LaneWorld.ANNA, open().getFirst().id(), "no use");
    ReplayRequest request = ReplayRequest.of(List.of(event)).withSkipped();
    assertThat(replays.preview(request).unreadable()).isZero();
    replays.start(LaneWorld.ANNA, request);
    world.drain();
    assertThat(open()).extracting(DeadEvent::code).containsExactly("NEVER");
  }

  @Test
  void whatCannotBeReadHoldsNoKeyInAReplay() {
    long poison = world.append("strict", "a", "poison");
    world.drain();
    world.desk.skip(LaneWorld.ANNA, open().getFirst().id(), "no use");
    world.drain();
    replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(poison)).withSkipped());
    world.drain();
    assertThat(open()).hasSize(1);
    world.append("strict", "a", "fine");
    world.drain();
    assertThat(world.done()).hasSize(2);
    assertThat(world.text("select count(*)::text as t from inbox_parked")).isEqualTo("0");
    assertAuditAgrees();
  }

  @Test
  void whatIsErasedMeanwhileIsHandedOnInNoForm() {
    long event = world.append("calm", "a", "poison");
    world.drain();
    world.desk.editAndRetry(LaneWorld.ANNA, open().getFirst().id(), null, Body.of("fine"));
    world.drain();
    world.execute("truncate applied");
    Replay replay = replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event)));
    EventErasure erasure = new EventErasure(world.log, world.ledger);
    int _ =
        world.database.write(transaction ->
            erasure.erase(
                transaction,
                LaneWorld.ANNA,
                List.of(event),
                Instant.parse("2026-11-21T10:00:00Z")));
    world.drain();
    assertThat(world.done()).isEmpty();
    assertThat(replays.find(replay.id()).books()).isEqualTo(new Books(1, 0, 0, 0, 1, 0));
    assertThat(world.text("select count(*)::text as t from inbox_edit")).isEqualTo("0");
  }

  private List<DeadEvent> open() {
    return world.desk.list(DeadEventFilter.OPEN, null, 10).items();
  }

  private void assertAuditAgrees() {
    assertThat(new Audit(world.database, LaneAudit.checks()).run().findings()).isEmpty();
  }

  /// Refuses everything.
  private record Refusing(String name) implements EventHandler {
    @Override
    public boolean wants(String kind, String topic) {
      return true;
    }

    @Override
    public List<Handled> handle(Connection transaction, List<DueEvent> events) {
      return events.stream().<Handled>map(_ -> new Handled.Refused("NEVER", "never")).toList();
    }
  }

  /// Has nothing to do.
  private record Content(String name) implements EventHandler {
    @Override
    public boolean wants(String kind, String topic) {
      return true;
    }

    @Override
    public List<Handled> handle(Connection transaction, List<DueEvent> events) {
      return events.stream().<Handled>map(_ -> new Handled.Unchanged("as it is")).toList();
    }
  }

  @Test
  void refusesHandlersAndTimesThatCannotBe() {
    world.append("calm", "a", "fine");
    world.drain();
    ReplayRequest nobody =
        new ReplayRequest(List.of(), EventFilter.ofKey("a"), Set.of("second", "nosuch"));
    assertThatThrownBy(() -> replays.preview(nobody))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("there is no handler \"nosuch\"")
        .hasMessageContaining("first, second");
    assertThatThrownBy(() -> replays.start(LaneWorld.ANNA, nobody))
        .isInstanceOf(InboxException.class);
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    EventFilter backwards =
        new EventFilter(null, null, null, null, now, now.minus(Duration.ofDays(1)));
    assertThatThrownBy(() -> replays.preview(ReplayRequest.of(backwards)))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("not before to");
  }

  @Test
  void refusesAReplayOfNothing() {
    assertThatThrownBy(
            () -> replays.start(LaneWorld.ANNA, ReplayRequest.of(EventFilter.ofKey("nobody"))))
        .isInstanceOf(InboxException.class);
  }

  /// A settlement that is under way when the replay begins: it waits for its lanes.
  @Test
  void whatIsSettledWhileItWaitsForItsLanesIsInIt() throws Exception {
    long one = world.append("calm", "a", "fine");
    world.drain();
    long two = world.append("calm", "a", "fine");
    CompletableFuture<Replay> replay = new CompletableFuture<>();
    Thread operator =
        new Thread(() ->
            replay.complete(
                replays.start(LaneWorld.ANNA, ReplayRequest.of(EventFilter.ofKey("a")))));
    world.drain(
        new SimTrouble.Handler(
            "first",
            (transaction, handler, event) -> {
              AppliedTable.enter(transaction, handler, event);
              if (event.replay() == null) {
                operator.start();
                while (operator.isAlive() && !world.somebodyWaits()) {
                  Thread.onSpinWait();
                }
              }
            }));
    operator.join();
    assertThat(replay.get().events()).isEqualTo(2);
    world.execute("truncate applied");
    world.drain();
    assertThat(world.done())
        .containsExactlyInAnyOrder(
            "first " + one, "second " + one, "first " + two, "second " + two);
  }
}
