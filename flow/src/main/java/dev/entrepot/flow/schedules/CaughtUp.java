package dev.entrepot.flow.schedules;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be done about the times that passed, by the schedule's policy.
///
/// @param due null: nothing is to begin now
/// @param next when the schedule is due after that; null: never again
record CaughtUp(@Nullable Due due, @Nullable Instant next) {

  /// @param state due at `now`
  static CaughtUp of(ScheduleState state, Instant now) {
    Schedule schedule = state.plan().schedule();
    Instant first = state.next() == null ? now : state.next();
    Deque<Instant> passed = new ArrayDeque<>();
    passed.add(first);
    int count = 1;
    Optional<Instant> time = next(schedule, state, first);
    while (time.isPresent() && !time.get().isAfter(now) && count < DueSchedules.MOST_COUNTED) {
      passed.add(time.get());
      if (passed.size() > DueSchedules.MOST_CAUGHT_UP) {
        passed.removeFirst();
      }
      count++;
      time = next(schedule, state, time.get());
    }
    Instant afterNow = next(schedule, state, now).orElse(null);
    return switch (state.plan().catchUp()) {
      case ONCE -> new CaughtUp(new Due(state.tenant(), first, count - 1), afterNow);
      case SKIP -> {
        Instant recent =
            next(schedule, state, now.minus(DueSchedules.GRACE))
                .filter(one -> !one.isAfter(now))
                .orElse(null);
        yield new CaughtUp(recent == null ? null : new Due(state.tenant(), recent, 0), afterNow);
      }
      case ALL -> {
        Instant oldest = passed.removeFirst();
        yield new CaughtUp(
            new Due(state.tenant(), oldest, 0), passed.isEmpty() ? afterNow : passed.getFirst());
      }
    };
  }

  private static Optional<Instant> next(Schedule schedule, ScheduleState state, Instant after) {
    return schedule.next(after, state.anchor(), state.plan().zone());
  }
}
