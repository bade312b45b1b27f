package dev.entrepot.simulators.sender;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// How far deliveries stray from the order in which things happened.
///
/// @param doubled the share of events that are delivered twice, from 0 to 1
/// @param late the share that comes late
/// @param jitter how much later than it happened an event is sent, at most
/// @param lateness how much later a late one is sent, at most
public record Disorder(double doubled, double late, Duration jitter, Duration lateness) {
  /// Everything once, as it happened.
  public static final Disorder NONE = new Disorder(0, 0, Duration.ZERO, Duration.ZERO);

  /// As Shopify may be: a fifth doubled, some a day late.
  public static final Disorder SHOPIFY =
      new Disorder(0.2, 0.01, Duration.ofMinutes(1), Duration.ofDays(1));

  public Disorder {
    if (doubled < 0 || doubled > 1 || late < 0 || late > 1) {
      throw new IllegalArgumentException("shares are from 0 to 1, not " + doubled + " and " + late);
    }
  }

  /// The same seed gives the same plan.
  public Plan plan(List<PlannedEvent> events, RandomGenerator random) {
    List<Shipment> shipments = new ArrayList<>();
    Instant start = events.isEmpty() ? Instant.EPOCH : events.getFirst().at();
    for (PlannedEvent event : events) {
      Duration happened = Duration.between(start, event.at());
      shipments.add(new Shipment(event, happened.plus(delay(random))));
      if (random.nextDouble() < doubled) {
        shipments.add(new Shipment(event, happened.plus(delay(random)).plus(delay(random))));
      }
    }
    return new Plan(events, shipments);
  }

  private Duration delay(RandomGenerator random) {
    Duration longest = random.nextDouble() < late ? lateness : jitter;
    return longest.isZero() ? longest : Duration.ofNanos(random.nextLong(longest.toNanos()));
  }
}
