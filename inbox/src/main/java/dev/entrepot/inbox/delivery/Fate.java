package dev.entrepot.inbox.delivery;

import dev.entrepot.kit.outbound.PostResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What becomes of a delivery after an attempt.
///
/// @param dueAt when it is tried again; null: it is finished
/// @param reason why it is not delivered; null: it is
/// @param gone whether the receiver wants no more of anything
/// @param quietUntil the receiver wants nothing at all before that; null: it did not say so
record Fate(
    DeliveryState state,
    @Nullable Instant dueAt,
    @Nullable String reason,
    boolean gone,
    @Nullable Instant quietUntil) {
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  // Whatever a receiver asks for: somebody looks again.
  private static final Duration LONGEST_QUIET = Duration.ofHours(1);

  /// @param delivery as it was when it was tried
  static Fate of(
      DueDelivery delivery,
      PostResult result,
      RetrySchedule schedule,
      Instant now,
      RandomGenerator random) {
    return switch (result) {
      case PostResult.Answered answer when answer.taken() ->
          new Fate(DeliveryState.DELIVERED, null, null, false, null);
      case PostResult.Answered answer when answer.gone() ->
          new Fate(
              DeliveryState.DEAD,
              null,
              Attempts.words(answer) + ": it wants no more; the destination was disabled",
              true,
              null);
      case PostResult.Answered answer when answer.redirect() ->
          again(
              delivery,
              Attempts.words(answer)
                  + "; redirects are not followed, give the destination the final address",
              null,
              schedule,
              now,
              random);
      case PostResult.Answered answer -> {
        Fate fate =
            again(delivery, Attempts.words(answer), answer.retryAfter(), schedule, now, random);
        yield new Fate(fate.state(), fate.dueAt(), fate.reason(), false, quiet(answer, now));
      }
      case PostResult.Forbidden _, PostResult.Failed _ ->
          again(delivery, Attempts.words(result), null, schedule, now, random);
    };
  }

  /// Its event is not in the log any more.
  static Fate skipped() {
    return new Fate(
        DeliveryState.SKIPPED, null, "the event is not in the log any more", false, null);
  }

  private static Fate again(
      DueDelivery delivery,
      String reason,
      @Nullable Duration asked,
      RetrySchedule schedule,
      Instant now,
      RandomGenerator random) {
    Optional<Duration> wait = schedule.next(delivery.tries() + 1, asked, random);
    return wait.isPresent()
        ? new Fate(DeliveryState.WAITING, now.plus(wait.get()), reason, false, null)
        : new Fate(DeliveryState.DEAD, null, reason, false, null);
  }

  private static @Nullable Instant quiet(PostResult.Answered answer, Instant now) {
    Duration asked = answer.retryAfter();
    if (asked == null
        || !asked.isPositive()
        || (answer.status() != TOO_MANY && answer.status() != UNAVAILABLE)) {
      return null;
    }
    return now.plus(asked.compareTo(LONGEST_QUIET) < 0 ? asked : LONGEST_QUIET);
  }
}
