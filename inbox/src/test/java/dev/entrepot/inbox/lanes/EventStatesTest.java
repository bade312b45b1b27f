package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Trace;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Page;
import dev.entrepot.spi.event.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStatesTest {
  private final LaneWorld world = new LaneWorld();
  private final EventStates states = new EventStates(world.database, world.log);
  private final Audit audit = new Audit(world.database, LaneAudit.checks());

  @AfterEach
  void close() {
    world.close();
  }

  /// One of each kind.
  private void fill() {
    world.append("calm", "fine", "fine");
    world.append("calm", "waiting", "first later 1");
    world.append("calm", "waiting", "fine");
    world.append("calm", "poison", "poison");
    world.append("strict", "parked", "second refuse 1");
    world.append("strict", "parked", "fine");
    world.drain();
    world.append("calm", "fine", "fine");
  }

  @Test
  void showsWhatBecameOfEvents() {
    fill();
    List<EventState> all = states.list(EventFilter.ALL, null, 10).items();
    assertThat(all)
        .extracting(EventState::state)
        .containsExactly(
            EventState.State.ACCEPTED,
            EventState.State.PARKED,
            EventState.State.REJECTED,
            EventState.State.REJECTED,
            EventState.State.BEHIND,
            EventState.State.WAITING,
            EventState.State.WRITTEN);
    EventState waiting = all.get(5);
    assertThat(waiting.waits()).isNotNull();
    assertThat(waiting.handlers()).containsEntry("first", 'p').containsEntry("second", 'w');
    assertThat(all.get(3).letter()).isNotNull();
    assertThat(all.get(2).handlers()).containsEntry("first", 'w').containsEntry("second", 'r');
  }

  @Test
  void keysAreShownPageByPage() {
    List<String> wanted = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      String key = "key-" + i;
      wanted.add(key);
      if (i % 3 == 0) {
        world.desk.keys().park(LaneWorld.ANNA, null, key, "looked at", HeldKeys.Unseen.PARK);
      }
      if (i % 3 != 0 || i % 2 == 0) {
        world.append("calm", key, "first later 1");
        world.append("calm", key, "fine");
      }
    }
    world.drain();
    List<WaitingKey> shown = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<WaitingKey> page = states.keys(cursor, 3);
      shown.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    assertThat(shown).extracting(WaitingKey::key).containsExactlyElementsOf(wanted);
    assertThat(shown)
        .allSatisfy(key -> {
          int number = Integer.parseInt(key.key().substring(4));
          assertThat(key.parkedBy() != null).isEqualTo(number % 3 == 0);
          assertThat(key.events()).isEqualTo(number % 3 != 0 || number % 2 == 0 ? 2 : 0);
          assertThat(key.lane()).isEqualTo(world.log.lane(key.key()));
        });
  }

  @Test
  void showsKeysLanesAndFigures() {
    fill();
    List<WaitingKey> keys = states.keys(null, 10).items();
    assertThat(keys).extracting(WaitingKey::key).containsExactly("parked", "waiting");
    assertThat(keys.getFirst().parkedBy()).isEqualTo("system:inbox");
    assertThat(keys.getLast().events()).isEqualTo(2);
    assertThat(states.keys(keys.getFirst().hold(), 10).items()).hasSize(1);
    assertThat(states.lanes()).hasSize(16).allMatch(lane -> "node".equals(lane.node()));
    LaneFigures figures = states.figures(null);
    assertThat(figures.backlog()).isOne();
    assertThat(figures.waiting()).isEqualTo(3);
    assertThat(figures.parkedKeys()).isOne();
    assertThat(figures.openLetters()).isEqualTo(2);
    assertThat(figures.books().balanced()).isTrue();
    assertThat(figures.books().received()).isEqualTo(6);
    assertThat(states.figures("strict").books().received()).isEqualTo(2);
    Instant now = Instant.now();
    List<HandedOn> handedOn =
        states.handedOn(
            now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)), Duration.ofHours(2));
    assertThat(handedOn).extracting(HandedOn::events).containsExactly(6L);
  }

  @Test
  void figuresTellWhatWaitsOfReplaysAndLeaveParkedKeysOutOfTheAge() {
    long position = world.append("calm", "a", "fine");
    world.drain();
    world.desk.keys().park(LaneWorld.ANNA, null, "a", "looked at", HeldKeys.Unseen.REFUSE);
    replays().start(LaneWorld.ANNA, ReplayRequest.of(List.of(position)));
    world.append("calm", "a", "fine");
    world.drain();
    world.execute("update inbox_waiting set since = since - interval '1 hour'");
    assertThat(states.figures(null).waiting()).isEqualTo(2);
    assertThat(states.figures(null).oldestWaiting()).isZero();
    world.append("calm", "b", "first later 1");
    world.drain();
    world.execute("update inbox_waiting set since = since - interval '1 hour'");
    LaneFigures figures = states.figures(null);
    assertThat(figures.waiting()).isEqualTo(3);
    assertThat(figures.oldestWaiting()).isBetween(Duration.ofHours(1), Duration.ofMinutes(119));
  }

  private Replays replays() {
    return new Replays(
        world.database,
        world.log,
        world.activities,
        LaneStoreContract::sender,
        world.handlers,
        () -> {});
  }

  @Test
  void anAuditAgreesAndFindsWhatWasTamperedWith() {
    fill();
    replays().start(LaneWorld.ANNA, ReplayRequest.of(EventFilter.ofKey("fine")));
    assertThat(audit.run().findings()).isEmpty();
    world.execute(
        "update batch set rejected = rejected + 1, received = received + 1 where kind = 'inbox-replay'");
    world.execute("update inbox_books set written = written + 1, received = received + 1");
    world.execute("delete from inbox_waiting where key = 'waiting' and due_at is null");
    world.execute("delete from inbox_dead_letter where key = 'poison'");
    world.execute("update inbox_waiting set due_at = null");
    world.execute("delete from inbox_event where key = 'fine'");
    world.execute(
        "delete from inbox_event where position = (select min(position) from inbox_waiting)");
    assertThat(audit.run().findings())
        .extracting(AuditCheck.Finding::check)
        .containsAll(LaneAudit.checks().stream().map(AuditCheck::name).toList());
  }

  @Test
  void anAuditAgreesAfterOperatorsActed() {
    fill();
    world
        .desk
        .list(DeadEventFilter.OPEN, null, 10)
        .items()
        .forEach(letter -> world.desk.retry(LaneWorld.ANNA, letter.id()));
    assertThat(audit.run().findings()).isEmpty();
    world.drain();
    assertThat(audit.run().findings()).isEmpty();
    world
        .desk
        .list(DeadEventFilter.OPEN, null, 10)
        .items()
        .forEach(letter -> world.desk.skip(LaneWorld.ANNA, letter.id(), "a test"));
    world.execute("update inbox_waiting set due_at = clock_timestamp() where due_at is not null");
    world.drain();
    assertThat(audit.run().findings()).isEmpty();
    assertThat(states.figures(null).waiting()).isZero();
  }

  @Test
  void tellsTheStoryOfAKey() {
    fill();
    assertThat(story("parked"))
        .extracting(TraceSource.Step::what)
        .containsExactly("received", "received", "given up", "parked");
    assertThat(story("waiting"))
        .extracting(TraceSource.Step::what)
        .containsExactly("received", "received", "waiting", "behind");
  }

  @Test
  void tellsEachStepOfAMendedEventAtItsOwnTime() {
    long position = world.append("calm", "a", "first refuse 1");
    world.drain();
    Instant given = states.find(position).orElseThrow().settledAt();
    DeadEvent letter = world.desk.list(DeadEventFilter.OPEN, null, 10).items().getFirst();
    world.desk.editAndRetry(LaneWorld.ANNA, letter.id(), null, Body.of("fine"));
    assertThat(states.find(position).orElseThrow().settledAt())
        .as("while it waits it is not settled")
        .isNull();
    world.drain();
    EventState mended = states.find(position).orElseThrow();
    assertThat(mended.settledAt()).isAfter(given);

    List<TraceSource.Step> story = story("a");
    assertThat(story)
        .extracting(TraceSource.Step::what)
        .containsExactly("received", "given up", "mended", "written");
    assertThat(story).extracting(TraceSource.Step::at).isSorted();
    assertThat(story.get(1).at()).isEqualTo(given);
    assertThat(story.get(2).detail()).contains("by anna@example.com");
    assertThat(story.get(3).at()).isEqualTo(mended.settledAt());
    assertThat(states.history(mended)).hasSize(4);
  }

  @Test
  void tellsHowLongAnEventWaited() {
    long position = world.append("calm", "a", "first later 1");
    world.drain();
    world.execute("update inbox_waiting set due_at = clock_timestamp() where due_at is not null");
    world.drain();
    assertThat(story("a"))
        .extracting(TraceSource.Step::what)
        .containsExactly("received", "waiting", "written");
    Instant settled = states.find(position).orElseThrow().settledAt();
    assertThat(story("a").getLast().at()).isEqualTo(settled);
  }

  @Test
  void tellsWhatOperatorsDidToAKeyAndItsReplays() {
    long first = world.append("calm", "a", "fine");
    world.drain();
    world.desk.keys().park(LaneWorld.ANNA, null, "a", "asked the shop", HeldKeys.Unseen.REFUSE);
    long second = world.append("calm", "a", "poison");
    world.drain();
    world.desk.keys().release(LaneWorld.ANNA, null, "a");
    world.drain();
    world.desk.plan(LaneWorld.ANNA, new LetterAct.Skip("garbage"), DeadEventFilter.OPEN);
    BulkPlan plan =
        world.desk.plan(LaneWorld.ANNA, new LetterAct.Skip("garbage"), DeadEventFilter.OPEN);
    world.desk.apply(LaneWorld.ANNA, plan.id());
    replays().start(LaneWorld.ANNA, ReplayRequest.of(List.of(first)));
    world.drain();

    List<TraceSource.Step> story = story("a");
    assertThat(story)
        .extracting(TraceSource.Step::what)
        .containsExactly(
            "received",
            "written",
            "key parked",
            "received",
            "waiting",
            "key released",
            "given up",
            "skipped",
            "replayed",
            "written");
    assertThat(story.get(2).detail()).isEqualTo("by anna@example.com; asked the shop");
    assertThat(story.get(7).detail()).contains("garbage", "anna@example.com");
    assertThat(story.get(8).batch()).isEqualTo(story.get(9).batch()).isNotNull();
    assertThat(states.find(second).orElseThrow().settledAt()).isEqualTo(story.get(7).at());
    assertThat(states.find(first).orElseThrow().settledAt())
        .as("a replay does not change when the event itself was settled")
        .isEqualTo(story.get(1).at());
  }

  private List<TraceSource.Step> story(String key) {
    return new Trace(
            world.database,
            new DeadLetters(world.database),
            List.of(new LaneTrace(states, world.activities)))
        .of(key);
  }
}
