package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.Precedence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which of two states of an entity wins. When they arrived has no say in it: where the sender says
/// nothing that tells them apart, the digest decides, at random but the same way everywhere.
///
/// @param at the source's time, to the microsecond
/// @param precedence among those of the same time; likewise to the microsecond
/// @param digest of the document; null: deleted, which wins over all states of the same time
/// @param position of the event that told of it; one event read twice is no older than itself
record Version(Instant at, Precedence precedence, @Nullable UUID digest, long position)
    implements Comparable<Version> {
  // What is outside is a mistake of the sender, and not every store can keep it.
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final Comparator<Version> BY_SENDER =
      Comparator.comparing(Version::at)
          .thenComparing((Version version) -> version.deleted())
          .thenComparing(
              version -> version.precedence.triggeredAt(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingLong(version -> version.precedence.progress());

  private static final Comparator<Version> BY_CONTENT =
      Comparator.comparing(Version::digest, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingLong(Version::position);

  Version {
    at = storable(at);
    Instant triggeredAt = precedence.triggeredAt();
    if (triggeredAt != null) {
      precedence = new Precedence(storable(triggeredAt), precedence.progress());
    }
  }

  static Version deleted(Instant at, long position) {
    return new Version(at, Precedence.NONE, null, position);
  }

  static Instant storable(Instant at) {
    if (at.isBefore(FIRST)) {
      return FIRST;
    }
    return at.isAfter(LAST) ? LAST : at.truncatedTo(ChronoUnit.MICROS);
  }

  boolean deleted() {
    return digest == null;
  }

  boolean isAfter(Version other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Version other) {
    int bySender = BY_SENDER.compare(this, other);
    if (bySender != 0 || position == other.position) {
      return bySender;
    }
    return BY_CONTENT.compare(this, other);
  }
}
