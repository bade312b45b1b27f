package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.TraceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  void showsKeysLanesAndFigures() {
    fill();
    List<WaitingKey> keys = states.keys(null, 10).items();
    assertThat(keys).extracting(WaitingKey::key).containsExactly("parked", "waiting");
    assertThat(keys.getFirst().parkedBy()).isEqualTo("system:lanes");
    assertThat(keys.getLast().events()).isEqualTo(2);
    assertThat(states.keys(keys.getFirst().key(), 10).items()).hasSize(1);
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
  void anAuditAgreesAndFindsWhatWasTamperedWith() {
    fill();
    assertThat(audit.run().findings()).isEmpty();
    world.execute("update inbox_books set written = written + 1, received = received + 1");
    world.execute("delete from inbox_waiting where key = 'waiting' and due_at is null");
    world.execute("delete from inbox_dead_letter where key = 'poison'");
    world.execute("update inbox_waiting set due_at = null");
    world.execute("delete from inbox_event where key = 'fine'");
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
    List<TraceSource.Step> steps =
        world.database.read(connection -> new LaneTrace(states).trace(connection, "parked"));
    assertThat(steps)
        .extracting(TraceSource.Step::what)
        .containsExactlyInAnyOrder("received", "received", "rejected", "parked", "given up");
    assertThat(steps).anyMatch(step -> step.detail().equals("first wrote, second refused it"));
  }
}
