package dev.entrepot.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether the database is away, so that it is told once when it goes and once when it is back,
/// however much work fails meanwhile. Safe for use by many threads.
final class Outage {
  /// Work that began so shortly after the outage may have met a session that was dying only.
  static final Duration DOUBTFUL = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();

  Outage(InstantSource clock) {
    this.clock = clock;
  }

  /// Work failed because the database is away.
  ///
  /// @return whether that is news
  boolean begins() {
    return since.compareAndSet(null, clock.instant());
  }

  /// When work begins, to be given to [#ends].
  Instant now() {
    return clock.instant();
  }

  /// Work succeeded.
  ///
  /// @param begun when that work began
  /// @return how long the database was away; empty when it was not, or it is in doubt still
  Optional<Duration> ends(Instant begun) {
    Instant away = since.get();
    return away != null && !begun.isBefore(away.plus(DOUBTFUL)) && since.compareAndSet(away, null)
        ? Optional.of(Duration.between(away, clock.instant()))
        : Optional.empty();
  }
}
