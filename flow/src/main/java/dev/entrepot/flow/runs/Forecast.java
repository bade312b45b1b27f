package dev.entrepot.flow.runs;

import java.time.Duration;
import java.util.List;

/// What carrying out a plan takes.
///
/// @param calls of all steps
/// @param least how long the destination's limit makes them take at least
public record Forecast(List<StepCalls> steps, long calls, Duration least) {

  /// @param records that need the step
  /// @param calls the fewest that can write them
  public record StepCalls(String step, String title, long records, long calls) {}

  public Forecast {
    steps = List.copyOf(steps);
  }
}
