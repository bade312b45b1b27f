package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnfinishedSlicesTest {
  private final LaneWorld world = new LaneWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private boolean needed(long position) {
    int slice = (int) Slices.of(position);
    return world.database.read(connection -> UnfinishedSlices.needed(connection, slice));
  }

  @Test
  void aSliceIsNeededUntilNothingOfItIsLeftToDo() {
    long fine = world.append("calm", "a", "fine");
    assertThat(needed(fine)).as("not handed on").isTrue();
    world.drain();
    assertThat(needed(fine)).isFalse();
    world.append("calm", "a", "first later 1");
    world.append("calm", "b", "poison");
    world.drain();
    assertThat(needed(fine)).as("one waits").isTrue();
    world.execute("update inbox_waiting set due_at = clock_timestamp()");
    world.drain();
    assertThat(needed(fine)).as("a dead letter alone").isFalse();
  }
}
