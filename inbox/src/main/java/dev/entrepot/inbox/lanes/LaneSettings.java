package dev.entrepot.inbox.lanes;

import java.time.Duration;

/// How a node hands events on.
///
/// @param node its name for people; nodes may share it
/// @param workers how many lanes it reads at once
/// @param timeToLive a node that was silent for so long is dead: others take its lanes over
/// @param look how often it looks for what others appended, and for what is due
/// @param perLane at most so many events of a lane in one transaction
/// @param backOff of events that fail
public record LaneSettings(
    String node, int workers, Duration timeToLive, Duration look, int perLane, BackOff backOff) {

  public LaneSettings {
    if (node.isBlank() || workers < 1 || perLane < 1) {
      throw new IllegalArgumentException(
          "a node needs a name, workers and events: \"%s\", %d, %d"
              .formatted(node, workers, perLane));
    }
    if (!timeToLive.isPositive() || !look.isPositive()) {
      throw new IllegalArgumentException(
          "time to live and look must be positive: " + timeToLive + ", " + look);
    }
  }

  /// Two workers, 5 seconds to live, 5 looks a second.
  public static LaneSettings of(String node) {
    return new LaneSettings(
        node, 2, Duration.ofSeconds(5), Duration.ofMillis(200), 128, BackOff.STANDARD);
  }
}
