package dev.entrepot.onboarding.uploads;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whose file is read next on this node: the vendor's that was served longest ago, so that a vendor
/// with many files holds up nobody. A vendor whose reading failed backs off by itself, longer each
/// time, and the others go on. Safe for use by many threads.
final class VendorTurns {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private record Turn(long number, Instant notBefore, Duration pause) {
    private static final Turn NONE = new Turn(0, Instant.MIN, Duration.ZERO);
  }

  private final InstantSource clock;
  private final Map<String, Turn> turns = new HashMap<>();
  private long number;

  VendorTurns(InstantSource clock) {
    this.clock = clock;
  }

  /// Those whose turn it may be now, the one to be served first in front.
  synchronized List<UploadStore.Waiting> inOrder(List<UploadStore.Waiting> waiting) {
    Instant now = clock.instant();
    return waiting.stream()
        .filter(one -> due(turn(one.vendor()).notBefore(), now))
        .sorted(
            Comparator.comparingLong((UploadStore.Waiting one) -> turn(one.vendor()).number())
                .thenComparing(UploadStore.Waiting::id))
        .toList();
  }

  /// Also when the clock was set back since: no pause is longer than the longest.
  private static boolean due(Instant notBefore, Instant now) {
    return !notBefore.isAfter(now) || notBefore.isAfter(now.plus(LONGEST_PAUSE));
  }

  private Turn turn(String vendor) {
    return turns.getOrDefault(vendor, Turn.NONE);
  }

  /// It is this vendor's turn now.
  synchronized void served(String vendor) {
    Turn before = turn(vendor);
    turns.put(vendor, new Turn(++number, before.notBefore(), before.pause()));
  }

  /// The reading went to its end, whatever that was.
  synchronized void went(String vendor) {
    turns.put(vendor, new Turn(turn(vendor).number(), Instant.MIN, Duration.ZERO));
  }

  /// The reading failed; it is this vendor's turn again after a pause.
  ///
  /// @return the pause
  synchronized Duration failed(String vendor) {
    Turn before = turn(vendor);
    Duration doubled = before.pause().multipliedBy(2);
    Duration pause =
        doubled.isZero()
            ? FIRST_PAUSE
            : doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    turns.put(vendor, new Turn(before.number(), clock.instant().plus(pause), pause));
    return pause;
  }
}
