package dev.entrepot.simulators.sender;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What became of a plan.
///
/// @param fates one for each event, in the plan's order
/// @param removed the topics whose subscription was deleted
public record Report(List<Fate> fates, Set<String> removed, Duration took) {
  public Report {
    fates = List.copyOf(fates);
    removed = Set.copyOf(removed);
  }

  /// Events that the receiver said it has.
  public long delivered() {
    return fates.stream().filter(Fate::delivered).count();
  }

  /// Attempts of all events.
  public long attempts() {
    return fates.stream().mapToLong(Fate::attempts).sum();
  }
}
