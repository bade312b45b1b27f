package dev.entrepot.flow.budgets;

import dev.entrepot.spi.remote.LimitNotice;
import java.time.Duration;
import java.util.Optional;

/// What notices ask for.
final class Notices {
  // A slip of the other side must not stop a client for days.
  private static final Duration LONGEST = Duration.ofHours(1);

  private Notices() {}

  /// How long no call is to be made: as told, or until there are calls again when none is left.
  static Optional<Duration> pause(LimitNotice notice) {
    Duration pause = notice.pause() == null ? Duration.ZERO : notice.pause();
    Integer remaining = notice.remaining();
    Duration reset = notice.reset();
    if (remaining != null && remaining <= 0 && reset != null && reset.compareTo(pause) > 0) {
      pause = reset;
    }
    if (!pause.isPositive()) {
      return Optional.empty();
    }
    return Optional.of(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }
}
