package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingAgesTest {
  private static final Instant MINUTE = Instant.parse("2026-05-01T10:00:00Z");
  private static final Instant LATER = MINUTE.plusSeconds(60);

  private final LaneWorld world = new LaneWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothingWaits() {
    world.append("calm", "a", "fine");
    world.drain();
    node("one", MINUTE.plusSeconds(59)).measure();
    assertThat(all()).containsExactly(new WaitingAge(MINUTE, Duration.ZERO));
  }

  @Test
  void theOldestIsOneThatNobodyLookedAt() {
    world.append("calm", "waiting", "first later 1");
    world.drain();
    world.append("calm", "a", "fine");
    world.append("calm", "b", "fine");
    world.execute(
        "update inbox_event set received_at = received_at - interval '2 hours' where key = 'a'");
    node("one", MINUTE).measure();
    assertThat(oldest()).isBetween(Duration.ofHours(2), Duration.ofHours(3));
  }

  @Test
  void theOldestIsOneThatWaits() {
    world.append("calm", "waiting", "first later 1");
    world.append("strict", "parked", "second refuse 1");
    world.append("strict", "parked", "fine");
    world.drain();
    world.append("calm", "a", "fine");
    world.execute(
        "update inbox_waiting set since = since - interval '3 hours' where key = 'waiting'");
    world.execute(
        "update inbox_waiting set since = since - interval '9 hours' where key = 'parked'");
    node("one", MINUTE).measure();
    assertThat(oldest())
        .as("what a person holds is not counted")
        .isBetween(Duration.ofHours(3), Duration.ofHours(4));
  }

  @Test
  void aMinuteTellsTheMostThatAnyNodeSaw() {
    world.append("calm", "waiting", "first later 1");
    world.drain();
    world.execute("update inbox_waiting set since = since - interval '3 hours'");
    node("one", MINUTE).measure();
    world.execute("delete from inbox_waiting");
    node("one", MINUTE.plusSeconds(30)).measure();
    node("two", MINUTE.plusSeconds(30)).measure();
    node("two", LATER).measure();
    assertThat(all()).extracting(WaitingAge::minute).containsExactly(MINUTE, LATER);
    assertThat(oldest()).isBetween(Duration.ofHours(3), Duration.ofHours(4));
    assertThat(all().getLast().oldest()).isZero();
    assertThat(node("two", LATER).between(LATER, LATER.plusSeconds(60))).hasSize(1);
  }

  @Test
  void oldMinutesAreForgotten() {
    node("one", MINUTE).measure();
    node("one", LATER).measure();
    node("two", LATER).forget(LATER);
    assertThat(all()).extracting(WaitingAge::minute).containsExactly(LATER);
  }

  private WaitingAges node(String name, Instant at) {
    return new WaitingAges(
        world.database, Clock.fixed(at, ZoneOffset.UTC), name, Duration.ofDays(1));
  }

  private Duration oldest() {
    return all().getFirst().oldest();
  }

  private List<WaitingAge> all() {
    return node("reads", MINUTE).between(MINUTE, LATER.plusSeconds(60));
  }
}
