package dev.entrepot.simulators.sender;

import java.time.Duration;

/// How much faster than in life time passes.
///
/// @param events for what happens at the sender
/// @param retries for the waits between attempts
public record Pace(long events, long retries) {
  /// As in life.
  public static final Pace LIFE = new Pace(1, 1);

  public Pace {
    if (events < 1 || retries < 1) {
      throw new IllegalArgumentException("time cannot pass at " + events + " and " + retries);
    }
  }

  Duration due(Shipment shipment) {
    return shipment.due().dividedBy(events);
  }

  Duration wait(Duration simulated) {
    return simulated.dividedBy(retries);
  }
}
