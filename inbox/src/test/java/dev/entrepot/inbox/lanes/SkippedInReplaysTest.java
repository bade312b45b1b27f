package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.log.EventFilter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What somebody skipped with a reason is not brought back unasked.
class SkippedInReplaysTest {
  private static final ReplayRequest OF_A = ReplayRequest.of(EventFilter.ofKey("a"));

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
  void skippedOnesAreLeftOutAndTold() {
    long fine = world.append("calm", "a", "fine");
    long refused = world.append("calm", "a", "first refuse 1");
    world.drain();
    DeadEvent letter = world.desk.list(DeadEventFilter.OPEN, null, 10).items().getFirst();
    world.desk.skip(LaneWorld.ANNA, letter.id(), "the customer cancelled");

    ReplayPreview preview = replays.preview(OF_A);
    assertThat(preview.events()).isOne();
    assertThat(preview.skipped().events()).isOne();
    assertThat(preview.skipped().handedOn()).isFalse();
    assertThat(preview.skipped().sample())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.position()).isEqualTo(refused);
          assertThat(one.letter()).isEqualTo(letter.id());
          assertThat(one.by()).isEqualTo(LaneWorld.ANNA.reference());
          assertThat(one.reason()).isEqualTo("the customer cancelled");
        });

    world.execute("truncate applied");
    Replay replay = replays.start(LaneWorld.ANNA, OF_A);
    assertThat(replay.events()).isOne();
    assertThat(replay.leftOut()).isOne();
    world.drain();
    assertThat(world.done()).containsExactly("first " + fine, "second " + fine);
  }

  @Test
  void skippedOnesAreHandedOnWhenAskedFor() {
    world.append("calm", "a", "fine");
    world.append("calm", "a", "first refuse 1");
    world.drain();
    world.desk.skip(
        LaneWorld.ANNA,
        world.desk.list(DeadEventFilter.OPEN, null, 10).items().getFirst().id(),
        "no use");
    ReplayPreview preview = replays.preview(OF_A.withSkipped());
    assertThat(preview.events()).isEqualTo(2);
    assertThat(preview.skipped().events()).isOne();
    assertThat(preview.skipped().handedOn()).isTrue();
    Replay replay = replays.start(LaneWorld.ANNA, OF_A.withSkipped());
    assertThat(replay.events()).isEqualTo(2);
    assertThat(replay.leftOut()).isZero();
    assertThat(replay.asked()).contains("with_skipped");
  }

  @Test
  void oneThatIsNamedIsNotHandedOnUnaskedEither() {
    long event = world.append("calm", "a", "first refuse 1");
    world.drain();
    world.desk.skip(
        LaneWorld.ANNA,
        world.desk.list(DeadEventFilter.OPEN, null, 10).items().getFirst().id(),
        "no use");
    assertThatThrownBy(() -> replays.start(LaneWorld.ANNA, ReplayRequest.of(List.of(event))))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("1 event fits, but somebody skipped it")
        .hasMessageContaining("--with-skipped");
  }

  @Test
  void thePreviewTellsWhoseKeysAreParked() {
    world.append("calm", "a", "fine");
    world.append("calm", "a", "fine");
    world.drain();
    world.desk.keys().park(LaneWorld.ANNA, null, "a", "the shop moves", HeldKeys.Unseen.REFUSE);
    ReplayPreview.Parked parked = replays.preview(OF_A).parked();
    assertThat(parked.events()).isEqualTo(2);
    assertThat(parked.keys()).isOne();
    assertThat(parked.sample().getFirst().reason()).isEqualTo("the shop moves");
  }
}
