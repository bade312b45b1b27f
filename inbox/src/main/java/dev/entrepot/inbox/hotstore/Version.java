package dev.entrepot.inbox.hotstore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/// Which of two states of an entity wins.
///
/// @param at the source's time, to the microsecond
record Version(Instant at, boolean deleted, long position) implements Comparable<Version> {
  // What is outside is a mistake of the sender, and not every store can keep it.
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final Comparator<Version> ORDER =
      Comparator.comparing(Version::at)
          .thenComparing(Version::deleted)
          .thenComparingLong(Version::position);

  Version {
    at = storable(at);
  }

  static Instant storable(Instant at) {
    if (at.isBefore(FIRST)) {
      return FIRST;
    }
    return at.isAfter(LAST) ? LAST : at.truncatedTo(ChronoUnit.MICROS);
  }

  boolean isAfter(Version other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
