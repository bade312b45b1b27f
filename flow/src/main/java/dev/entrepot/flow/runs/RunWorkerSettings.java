package dev.entrepot.flow.runs;

import java.nio.file.Path;
import java.time.Duration;

/// How a node works on runs.
///
/// @param node its name
/// @param results the folder that results are written to, as `{client}/{run}.json`
/// @param timeToLive how long a run stays a node's own when nothing is heard of the node
/// @param look how often it looks for runs, and for what is asked of them
/// @param most how many runs it works on at the same time at most
public record RunWorkerSettings(
    String node, Path results, Duration timeToLive, Duration look, int most) {
  public RunWorkerSettings {
    if (node.isEmpty()) {
      throw new IllegalArgumentException("the name of the node is empty");
    }
    if (!timeToLive.isPositive() || !look.isPositive() || look.compareTo(timeToLive) >= 0) {
      throw new IllegalArgumentException(
          "a node looks more often than its leases end: every " + look + " of " + timeToLive);
    }
    if (most < 1) {
      throw new IllegalArgumentException("a node works on at least one run, not " + most);
    }
  }

  /// Those of a node that asks for nothing else.
  public static RunWorkerSettings usual(String node, Path results) {
    return new RunWorkerSettings(node, results, Duration.ofSeconds(30), Duration.ofSeconds(1), 64);
  }
}
