package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.spi.event.Body;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterDeskTest {
  private final LaneWorld world = new LaneWorld();
  private final DeadLetterDesk desk = world.desk;

  @AfterEach
  void close() {
    world.close();
  }

  private DeadEvent only() {
    return desk.list(DeadEventFilter.OPEN, null, 10).items().getFirst();
  }

  private static void assertRefused(InboxException.Code code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOf(InboxException.class)
        .extracting(e -> ((InboxException) e).code())
        .isEqualTo(code);
  }

  @Test
  void retriesWithoutCallingAgainWhoWasDone() {
    long event = world.append("calm", "a", "first refuse 1");
    world.drain();
    DeadEvent letter = only();
    assertThat(letter.position()).isEqualTo(event);
    assertThat(letter.code()).isEqualTo("NEVER");
    assertThat(world.done()).containsExactly("second " + event);
    assertThat(world.books()).isEqualTo("1 = 0w 0u 1r 0s 0p");
    desk.retry(LaneWorld.ANNA, letter.id());
    assertThat(world.books()).isEqualTo("1 = 0w 0u 0r 0s 1p");
    world.drain();
    assertThat(world.done()).containsExactly("second " + event, "first " + event);
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
    assertThat(desk.find(letter.id()).state()).isEqualTo(DeadEvent.State.RESOLVED);
    assertRefused(InboxException.Code.CONFLICT, () -> desk.retry(LaneWorld.ANNA, letter.id()));
    assertThat(world.activities.list("event-dead-letter/", null, null, 10).items())
        .extracting(ActivityLog.Activity::action)
        .containsExactly("dead-letter.retry");
  }

  @Test
  void aRetryThatFailsIsTheSameLetterAgain() {
    world.append("calm", "a", "first throw 9");
    world.append("calm", "b", "first refuse 9");
    world.drain();
    DeadEvent letter = only();
    desk.retry(LaneWorld.ANNA, letter.id());
    world.drain();
    DeadEvent again = desk.find(letter.id());
    assertThat(again.state()).isEqualTo(DeadEvent.State.OPEN);
    assertThat(again.attempts()).isEqualTo(2);
    assertThat(world.books()).isEqualTo("2 = 0w 0u 1r 0s 1p");
  }

  @Test
  void editsAndRetriesAndKeepsWhatCame() {
    long event = world.append("calm", "a", "poison");
    world.drain();
    DeadEvent letter = only();
    assertThat(letter.handler()).isEqualTo("reading");
    desk.editAndRetry(LaneWorld.ANNA, letter.id(), null, Body.of("poison"));
    world.drain();
    assertThat(only().edited()).isTrue();
    desk.editAndRetry(LaneWorld.ANNA, letter.id(), null, Body.of("fine"));
    world.drain();
    assertThat(world.done()).containsExactly("first " + event, "second " + event);
    assertThat(desk.edits(letter.id()))
        .extracting(edit -> edit.body().text())
        .containsExactly("fine", "poison");
    assertThat(world.log.find(event).orElseThrow().body().text()).isEqualTo("poison");
    assertThat(world.books()).isEqualTo("1 = 1w 0u 0r 0s 0p");
  }

  @Test
  void skipsWithAReasonAndLetsTheKeyGoOnThatTheLetterParked() {
    long refused = world.append("strict", "a", "first refuse 9");
    long behind = world.append("strict", "a", "fine");
    world.drain();
    assertThat(world.done()).containsExactly("second " + refused);
    DeadEvent letter = only();
    assertRefused(InboxException.Code.INVALID, () -> desk.skip(LaneWorld.ANNA, letter.id(), " "));
    desk.skip(LaneWorld.ANNA, letter.id(), "a test order");
    world.drain();
    assertThat(world.done()).contains("first " + behind, "second " + behind);
    assertThat(world.books()).isEqualTo("2 = 1w 0u 0r 1s 0p");
    assertThat(desk.find(letter.id()).note()).isEqualTo("a test order");
  }

  @Test
  void retriesFirstWhatParkedItsKey() {
    long refused = world.append("strict", "a", "first refuse 1");
    long behind = world.append("strict", "a", "fine");
    world.drain();
    desk.retry(LaneWorld.ANNA, only().id());
    world.drain();
    assertThat(world.done().stream().filter(done -> done.startsWith("first")))
        .containsExactly("first " + refused, "first " + behind);
  }

  @Test
  void parksAndReleasesAKey() {
    long before = world.append("calm", "a", "fine");
    world.drain();
    desk.keys().park(LaneWorld.ANNA, null, "a", "wait for the warehouse", HeldKeys.Unseen.REFUSE);
    assertRefused(
        InboxException.Code.CONFLICT,
        () -> desk.keys().park(LaneWorld.ANNA, null, "a", "twice", HeldKeys.Unseen.REFUSE));
    long behind = world.append("calm", "a", "fine");
    long other = world.append("calm", "b", "fine");
    world.drain();
    assertThat(world.done())
        .contains("first " + before, "first " + other)
        .doesNotContain("first " + behind);
    desk.keys().release(LaneWorld.ANNA, null, "a");
    world.drain();
    assertThat(world.done()).contains("first " + behind);
    assertRefused(
        InboxException.Code.NOT_FOUND, () -> desk.keys().release(LaneWorld.ANNA, null, "a"));
  }

  @Test
  void aKeyThatNobodySawIsParkedOnlyWhenItIsMeant() {
    assertThatThrownBy(() ->
            desk.keys()
                .park(LaneWorld.ANNA, null, "shop/ordres/1", "a typo", HeldKeys.Unseen.REFUSE))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("shop/ordres/1")
        .hasMessageContaining("--force");
    desk.keys().park(LaneWorld.ANNA, null, "shop/orders/1", "to come", HeldKeys.Unseen.PARK);
    long first = world.append("calm", "shop/orders/1", "fine");
    world.drain();
    assertThat(world.done()).doesNotContain("first " + first);
  }

  @Test
  void whatIsNotOpenIsNamedWithItsState() {
    world.append("calm", "a", "poison");
    world.drain();
    long number = only().id();
    desk.skip(LaneWorld.ANNA, number, "garbage");
    assertThatThrownBy(() -> desk.retry(LaneWorld.ANNA, number))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("dead letter " + number + " is skipped since ")
        .hasMessageContaining("anna@example.com");
    assertThatThrownBy(() -> desk.skip(LaneWorld.ANNA, 4711, "garbage"))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("there is no dead letter 4711");
  }

  @Test
  void groupsByCauseAndActsInBulkByPlan() {
    for (int i = 0; i < 30; i++) {
      world.append("calm", "key-" + i, i % 3 == 0 ? "poison" : "first refuse 1");
    }
    world.drain();
    List<CauseGroup> causes = desk.causes(DeadEventFilter.OPEN);
    assertThat(causes).extracting(CauseGroup::letters).containsExactly(20L, 10L);
    DeadEventFilter refused = DeadEventFilter.ofCause(causes.getFirst().cause());
    BulkPlan plan = desk.plan(LaneWorld.ANNA, new LetterAct.Retry(), refused);
    assertThat(plan.letters()).isEqualTo(20);
    assertThat(plan.sample()).hasSize(20);
    BulkDone done = desk.apply(LaneWorld.ANNA, plan.id());
    assertThat(done.letters()).hasSize(20);
    assertThat(desk.outcome(done.letters())).isEqualTo(new BulkOutcome(0, 0, 20, 0));
    assertRefused(InboxException.Code.NOT_FOUND, () -> desk.apply(LaneWorld.ANNA, plan.id()));
    world.drain();
    assertThat(desk.outcome(done.letters())).isEqualTo(new BulkOutcome(20, 0, 0, 0));
    assertThat(world.books()).isEqualTo("30 = 20w 0u 10r 0s 0p");
    DeadEventFilter poison = DeadEventFilter.ofCause(causes.getLast().cause());
    BulkPlan vain = desk.plan(LaneWorld.ANNA, new LetterAct.Retry(), poison);
    List<Long> again = desk.apply(LaneWorld.ANNA, vain.id()).letters();
    world.drain();
    assertThat(desk.outcome(again)).isEqualTo(new BulkOutcome(0, 10, 0, 0));
    BulkPlan rest = desk.plan(LaneWorld.ANNA, new LetterAct.Skip("garbage"), DeadEventFilter.OPEN);
    assertThat(desk.apply(LaneWorld.ANNA, rest.id()).letters()).hasSize(10);
    assertThat(world.books()).isEqualTo("30 = 20w 0u 0r 10s 0p");
  }

  @Test
  void refusesAPlanThatIsStale() {
    world.append("calm", "a", "poison");
    world.drain();
    BulkPlan plan = desk.plan(LaneWorld.ANNA, new LetterAct.Skip("garbage"), DeadEventFilter.OPEN);
    world.append("calm", "b", "poison");
    world.drain();
    assertRefused(InboxException.Code.CONFLICT, () -> desk.apply(LaneWorld.ANNA, plan.id()));
    assertThat(world.books()).isEqualTo("2 = 0w 0u 2r 0s 0p");
  }

  private DeadLetterDesk inSteps(Runnable acted) {
    return new DeadLetterDesk(world.database, world.log, world.ledger, world.activities, acted, 2);
  }

  private void appendRefused(int letters) {
    for (int i = 0; i < letters; i++) {
      world.append("calm", "key-" + i, "first refuse 9");
    }
    world.drain();
  }

  @Test
  void aPlanForManyIsCarriedOutInSteps() {
    appendRefused(5);
    AtomicInteger steps = new AtomicInteger();
    DeadLetterDesk stepping = inSteps(steps::incrementAndGet);
    BulkPlan plan =
        stepping.plan(LaneWorld.ANNA, new LetterAct.Skip("garbage"), DeadEventFilter.OPEN);
    assertThat(stepping.apply(LaneWorld.ANNA, plan.id()).letters()).hasSize(5);
    assertThat(steps).hasValue(3);
    assertThat(world.books()).isEqualTo("5 = 0w 0u 0r 5s 0p");
  }

  @Test
  void aPlanStopsAtALetterThatIsNotOpenAnyMore() {
    appendRefused(5);
    List<Long> ids =
        desk.list(DeadEventFilter.OPEN, null, 10).items().stream().map(DeadEvent::id).toList();
    AtomicInteger steps = new AtomicInteger();
    DeadLetterDesk stepping =
        inSteps(() -> {
          if (steps.incrementAndGet() == 1) {
            // Another operator's act, on the last one.
            desk.skip(LaneWorld.ANNA, ids.getFirst(), "mine");
          }
        });
    BulkPlan plan =
        stepping.plan(LaneWorld.ANNA, new LetterAct.Skip("garbage"), DeadEventFilter.OPEN);
    assertThatThrownBy(() -> stepping.apply(LaneWorld.ANNA, plan.id()))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("4 of 5 dead letters are done")
        .hasMessageContaining("dead letter " + ids.getFirst() + " is skipped");
    assertThat(world.books()).isEqualTo("5 = 0w 0u 0r 5s 0p");
  }
}
