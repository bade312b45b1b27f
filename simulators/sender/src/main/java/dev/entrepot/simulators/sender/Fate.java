package dev.entrepot.simulators.sender;

/// What became of an event.
///
/// @param attempts how often it was tried, over all its deliveries
/// @param acknowledged how many of them were answered with 200 to 299
/// @param refused how many were answered with anything else
/// @param unanswered how many got no answer: whether it was kept is not known
/// @param unsent how many deliveries were never tried, because the subscription was gone
public record Fate(
    PlannedEvent event, int attempts, int acknowledged, int refused, int unanswered, int unsent) {

  /// Whether the receiver said that it has it.
  public boolean delivered() {
    return acknowledged > 0;
  }
}
