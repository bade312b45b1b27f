package dev.entrepot.simulators.sender;

import java.time.Duration;

/// One delivery of an event; an event has several when the sender doubles it.
///
/// @param due when it is first tried, from the beginning, in the sender's time
public record Shipment(PlannedEvent event, Duration due) {}
