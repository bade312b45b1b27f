package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store of lanes does, seen through a worker.
abstract class LaneStoreContract {
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMinutes(1), 2, Duration.ofHours(1), 0, 3);

  /// An append that has its position and is not committed.
  interface Late {
    long position();

    void commit();
  }

  abstract LaneStore store();

  abstract NodeStore nodes();

  abstract SimTrouble.Effects effects();

  /// Connections whose name starts with `strict` park keys; bodies are as in [SimTrouble].
  abstract long append(String connection, String key, String trouble);

  abstract Late appendLate(String connection, String key);

  /// Everything that waits for its time is due.
  abstract void makeDue();

  abstract void expireLeases();

  /// An operator's act in all lanes.
  abstract void interfere();

  abstract void release(String key);

  abstract Optional<Outcome> outcome(long position);

  /// As `first 12`: what was done, in order.
  abstract List<String> done();

  /// Positions, in the order of their turn.
  abstract List<Long> waiting(String key);

  abstract long openLetters();

  /// As `received 3, written 2, …`, over all.
  abstract String books();

  static Optional<Sender> sender(String connection) {
    AfterDeadLetter after =
        connection.startsWith("strict") ? AfterDeadLetter.PARK : AfterDeadLetter.RELEASE;
    return Optional.of(new Sender("tenant", "test", new SimTrouble.Source(), after));
  }

  LaneWorker worker(EventHandler... handlers) {
    return new LaneWorker(
        store(),
        LaneStoreContract::sender,
        List.of(handlers),
        BACK_OFF,
        new Random(1),
        new LaneStore.ReadLimits(100, 100));
  }

  LaneWorker worker() {
    return worker(
        new SimTrouble.Handler("first", effects()), new SimTrouble.Handler("second", effects()));
  }

  List<LaneLease> lanes(String node) {
    Roster roster = nodes().announce(node, TIME_TO_LIVE);
    List<Integer> all = IntStream.range(0, roster.lanes()).boxed().toList();
    return nodes().acquire(node, all, TIME_TO_LIVE);
  }

  void drain(LaneWorker worker, List<LaneLease> lanes) {
    while (worker.round(lanes) != LaneWorker.Result.IDLE) {
      // As long as there is something.
    }
  }

  private List<String> doneBy(String handler) {
    return done().stream().filter(word -> word.startsWith(handler)).toList();
  }

  @Test
  void handsOnInOrderOnce() {
    long one = append("calm", "a", "fine");
    long two = append("calm", "a", "fine");
    LaneWorker worker = worker();
    List<LaneLease> lanes = lanes("node");
    assertThat(worker.round(lanes)).isEqualTo(LaneWorker.Result.BUSY);
    long three = append("calm", "a", "fine");
    drain(worker, lanes);
    assertThat(doneBy("first")).containsExactly("first " + one, "first " + two, "first " + three);
    assertThat(doneBy("second")).hasSize(3);
    assertThat(outcome(three)).contains(Outcome.WRITTEN);
    assertThat(books())
        .isEqualTo("received 3, written 3, unchanged 0, rejected 0, skipped 0, pending 0");
  }

  @Test
  void holdsTheKeyThatFailsAndNoOther() {
    long failing = append("calm", "a", "first later 1");
    long behind = append("calm", "a", "fine");
    long other = append("calm", "b", "fine");
    LaneWorker worker = worker();
    List<LaneLease> lanes = lanes("node");
    drain(worker, lanes);
    long later = append("calm", "a", "fine");
    drain(worker, lanes);
    assertThat(done())
        .containsExactlyInAnyOrder("second " + failing, "first " + other, "second " + other);
    assertThat(waiting("a")).containsExactly(failing, behind, later);
    assertThat(outcome(behind)).contains(Outcome.PENDING);
    makeDue();
    drain(worker, lanes);
    assertThat(doneBy("first").stream().filter(word -> !word.endsWith(" " + other)))
        .containsExactly("first " + failing, "first " + behind, "first " + later);
    assertThat(doneBy("second")).as("not called again").hasSize(4).doesNotHaveDuplicates();
    assertThat(waiting("a")).isEmpty();
    assertThat(books())
        .isEqualTo("received 4, written 4, unchanged 0, rejected 0, skipped 0, pending 0");
  }

  @Test
  void findsTheGuiltyEventAmongMany() {
    for (int i = 0; i < 20; i++) {
      append("calm", "key-" + i, i == 13 ? "second throw 1" : "fine");
    }
    List<LaneLease> lanes = lanes("node");
    drain(worker(), lanes);
    assertThat(doneBy("second")).hasSize(19);
    assertThat(doneBy("first")).hasSize(20);
    assertThat(waiting("key-13")).hasSize(1);
    makeDue();
    drain(worker(), lanes);
    assertThat(doneBy("second")).hasSize(20);
    assertThat(doneBy("first")).hasSize(20);
  }

  @Test
  void keepsReasonsThatNoDatabaseCouldStore() {
    long lone = append("calm", "a", "fine");
    long cut = append("calm", "b", "fine");
    long other = append("calm", "c", "fine");
    EventHandler odd =
        new EventHandler() {
          @Override
          public String name() {
            return "odd";
          }

          @Override
          public boolean wants(String kind, String topic) {
            return true;
          }

          @Override
          public List<Handled> handle(Connection transaction, List<DueEvent> events) {
            return events.stream().map(event -> answer(event.key())).toList();
          }

          private Handled answer(String key) {
            return switch (key) {
              case "a" -> new Handled.Later("ODD\0", "half \ud83d, and \0", null);
              case "b" -> new Handled.Later("ODD", "x".repeat(1_999) + "\ud83d\ude00", null);
              default -> new Handled.Unchanged("seen");
            };
          }
        };
    drain(worker(odd), lanes("node"));
    assertThat(waiting("a")).containsExactly(lone);
    assertThat(waiting("b")).containsExactly(cut);
    assertThat(outcome(other)).contains(Outcome.UNCHANGED);
  }

  @Test
  void aHandlerWhoseClassesAreMissingHoldsItsEventAlone() {
    long failing = append("calm", "a", "first break 1");
    long other = append("calm", "b", "fine");
    LaneWorker worker = worker();
    List<LaneLease> lanes = lanes("node");
    drain(worker, lanes);
    assertThat(waiting("a")).containsExactly(failing);
    assertThat(outcome(other)).contains(Outcome.WRITTEN);
    makeDue();
    drain(worker, lanes);
    assertThat(outcome(failing)).contains(Outcome.WRITTEN);
  }

  @Test
  void aKeyOfWhichManyWaitHoldsUpNoOther() {
    append("calm", "a", "first later 1");
    for (int i = 0; i < 100; i++) {
      append("calm", "a", "fine");
    }
    long other = append("calm", "z", "first later 1");
    List<LaneLease> lanes = lanes("node");
    drain(worker(), lanes);
    makeDue();
    List<WaitingEvent> due = store().read(lanes, new LaneStore.ReadLimits(10, 16)).due();
    assertThat(due).hasSize(16);
    assertThat(due).extracting(waiting -> waiting.event().position()).contains(other).isSorted();
    assertThat(due)
        .filteredOn(waiting -> waiting.event().key().equals("a"))
        .extracting(waiting -> waiting.event().position())
        .containsExactlyElementsOf(waiting("a").subList(0, 15));
  }

  @Test
  void makesDeadLettersOfPoisonAndGoesOn() {
    long poison = append("calm", "a", "poison");
    long fine = append("calm", "a", "fine");
    drain(worker(), lanes("node"));
    assertThat(outcome(poison)).contains(Outcome.REJECTED);
    assertThat(outcome(fine)).contains(Outcome.WRITTEN);
    assertThat(openLetters()).isOne();
  }

  @Test
  void parksTheKeyOfWhatCannotBeReadWhenItsConnectionSaysSo() {
    long before = append("strict", "a", "fine");
    long poison = append("strict", "a", "poison");
    long behind = append("strict", "a", "fine");
    LaneWorker worker = worker();
    List<LaneLease> lanes = lanes("node");
    drain(worker, lanes);
    long later = append("strict", "a", "fine");
    drain(worker, lanes);
    assertThat(outcome(poison)).contains(Outcome.REJECTED);
    assertThat(waiting("a")).containsExactly(behind, later);
    release("a");
    drain(worker, lanes);
    assertThat(doneBy("first"))
        .containsExactly("first " + before, "first " + behind, "first " + later);
    assertThat(openLetters()).isOne();
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    long hopeless = append("calm", "a", "first throw 9");
    long behind = append("calm", "a", "fine");
    LaneWorker worker = worker();
    List<LaneLease> lanes = lanes("node");
    drain(worker, lanes);
    makeDue();
    drain(worker, lanes);
    assertThat(outcome(hopeless)).contains(Outcome.PENDING);
    makeDue();
    drain(worker, lanes);
    assertThat(outcome(hopeless)).contains(Outcome.REJECTED);
    assertThat(outcome(behind)).as("the key goes on").contains(Outcome.WRITTEN);
    assertThat(openLetters()).isOne();
  }

  @Test
  void parksTheKeyWhenItsConnectionSaysSo() {
    long refused = append("strict", "a", "first refuse 9");
    long behind = append("strict", "a", "fine");
    LaneWorker worker = worker();
    List<LaneLease> lanes = lanes("node");
    drain(worker, lanes);
    long later = append("strict", "a", "fine");
    drain(worker, lanes);
    makeDue();
    drain(worker, lanes);
    assertThat(outcome(refused)).contains(Outcome.REJECTED);
    assertThat(waiting("a")).containsExactly(behind, later);
    release("a");
    drain(worker, lanes);
    assertThat(doneBy("first")).containsExactly("first " + behind, "first " + later);
  }

  @Test
  void fencesANodeThatLostItsLanes() {
    long event = append("calm", "a", "fine");
    List<LaneLease> lost = lanes("paused");
    Reading read = store().read(lost, new LaneStore.ReadLimits(10, 10));
    expireLeases();
    List<LaneLease> taken = lanes("other");
    assertThat(taken).hasSameSizeAs(lost);
    assertThatThrownBy(() ->
            store()
                .settle(
                    lost,
                    read,
                    _ -> {
                      throw new AssertionError("must not come so far");
                    }))
        .isInstanceOf(StorageException.class)
        .extracting(e -> ((StorageException) e).code())
        .isEqualTo(StorageException.Code.LEASE_LOST);
    assertThat(nodes().renew(lost, TIME_TO_LIVE)).isEmpty();
    drain(worker(), taken);
    assertThat(doneBy("first")).containsExactly("first " + event);
  }

  @Test
  void noticesThatLanesChangedSinceTheyWereRead() {
    append("calm", "a", "fine");
    List<LaneLease> lanes = lanes("node");
    Reading read = store().read(lanes, new LaneStore.ReadLimits(10, 10));
    interfere();
    LaneStore.Settled settled =
        store()
            .settle(
                lanes,
                read,
                _ -> {
                  throw new AssertionError("must not come so far");
                });
    assertThat(settled).isEqualTo(LaneStore.Settled.OVERTAKEN);
  }

  @Test
  void settlesAReadingOnce() {
    append("calm", "a", "fine");
    List<LaneLease> lanes = lanes("node");
    Reading read = store().read(lanes, new LaneStore.ReadLimits(10, 10));
    drain(worker(), lanes);
    assertThat(store().settle(lanes, read, _ -> new SettlementBuilder(List.of()).build()))
        .isEqualTo(LaneStore.Settled.OVERTAKEN);
  }

  @Test
  void waitsForWhatCommitsLate() {
    append("calm", "a", "fine");
    Late late = appendLate("calm", "a");
    long after = append("calm", "a", "fine");
    LaneWorker worker = worker();
    List<LaneLease> lanes = lanes("node");
    drain(worker, lanes);
    assertThat(outcome(after)).as("behind one that is not committed").isEmpty();
    late.commit();
    drain(worker, lanes);
    assertThat(doneBy("first")).hasSize(3);
    assertThat(doneBy("first").subList(1, 3))
        .containsExactly("first " + late.position(), "first " + after);
  }

  @Test
  void leavesNothingBehindWhenTheServerGoes() {
    long event = append("calm", "a", "fine");
    List<LaneLease> lanes = lanes("node");
    EventHandler unlucky =
        new EventHandler() {
          @Override
          public String name() {
            return "unlucky";
          }

          @Override
          public boolean wants(String kind, String topic) {
            return true;
          }

          @Override
          public List<Handled> handle(Connection transaction, List<DueEvent> events) {
            throw new StorageException(StorageException.Code.UNAVAILABLE, "gone");
          }
        };
    LaneWorker worker = worker(new SimTrouble.Handler("first", effects()), unlucky);
    assertThatThrownBy(() -> worker.round(lanes)).isInstanceOf(StorageException.class);
    assertThat(done()).isEmpty();
    assertThat(outcome(event)).isEmpty();
    drain(worker(), lanes);
    assertThat(doneBy("first")).containsExactly("first " + event);
  }

  @Test
  void givesLanesToOneNodeAtATime() {
    List<LaneLease> mine = lanes("mine");
    assertThat(lanes("other")).isEmpty();
    nodes().release(mine.subList(0, 2));
    assertThat(lanes("other")).hasSize(2);
    assertThat(nodes().renew(mine, TIME_TO_LIVE)).hasSize(mine.size() - 2);
    assertThat(nodes().announce("mine", TIME_TO_LIVE).nodes()).containsExactly("mine", "other");
    nodes().leave("other");
    assertThat(nodes().announce("mine", TIME_TO_LIVE).nodes()).containsExactly("mine");
  }
}
