package dev.entrepot.simulators.sender;

import java.util.List;

/// What is to be sent, known beforehand, so that a checker can compare what became of it.
///
/// @param events in the order in which they happened
/// @param shipments in any order
public record Plan(List<PlannedEvent> events, List<Shipment> shipments) {
  public Plan {
    events = List.copyOf(events);
    shipments = List.copyOf(shipments);
  }
}
