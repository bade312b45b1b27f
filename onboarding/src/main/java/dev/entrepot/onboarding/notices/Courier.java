package dev.entrepot.onboarding.notices;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Takes notices of one channel out of the house. Safe for use by many threads. Couriers classify
/// and never repeat; [NoticeSender] does.
public interface Courier {

  /// What became of one attempt.
  sealed interface Delivery {}

  /// The other side took it.
  record Sent() implements Delivery {}

  /// It was not taken, or nobody knows; later it may be. When the answer was lost the other side
  /// gets it twice, under the same id.
  ///
  /// @param reason for the operator: what happened, and the next step
  /// @param after the other side asked not to be tried again before that; null: it did not say
  record Later(String reason, @Nullable Duration after) implements Delivery {}

  /// It will never be taken.
  ///
  /// @param reason for the operator: what happened, and the next step
  record GivenUp(String reason) implements Delivery {}

  /// There is no way to send it; it is only shown.
  record Kept() implements Delivery {}

  /// Tries once, within a time of its own that is shorter than [NoticeSender.Pace#lease()].
  Delivery deliver(Notices.Notice notice);

  /// One without a way: everything is kept.
  static Courier keeping() {
    return _ -> new Kept();
  }
}
