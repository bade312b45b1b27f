package dev.entrepot.flow.schedules;

import java.time.Duration;
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
    Instant afterNow = next(schedule, state, now).orElse(null);
    return switch (state.plan().catchUp()) {
      case ONCE -> new CaughtUp(new Due(state.tenant(), first, more(state, first, now)), afterNow);
      case SKIP -> {
        Instant recent =
            next(schedule, state, now.minus(DueSchedules.GRACE))
                .filter(one -> !one.isAfter(now))
                .orElse(null);
        yield new CaughtUp(recent == null ? null : new Due(state.tenant(), recent, 0), afterNow);
      }
      case ALL -> {
        Deque<Instant> passed = latest(state, first, now);
        Instant oldest = passed.removeFirst();
        yield new CaughtUp(
            new Due(state.tenant(), oldest, 0), passed.isEmpty() ? afterNow : passed.getFirst());
      }
    };
  }

  /// How many times have passed after the first one, as far as they are counted.
  private static int more(ScheduleState state, Instant first, Instant now) {
    int count = 0;
    Optional<Instant> time = next(state.plan().schedule(), state, first);
    while (time.isPresent() && !time.get().isAfter(now) && count < DueSchedules.MOST_COUNTED - 1) {
      count++;
      time = next(state.plan().schedule(), state, time.get());
    }
    return count;
  }

  /// The latest times that have passed, as many as are caught up at most; the oldest of them first.
  /// They are looked for from ever longer ago, since there may be a great many.
  private static Deque<Instant> latest(ScheduleState state, Instant first, Instant now) {
    Schedule schedule = state.plan().schedule();
    for (Duration span = Duration.ofHours(1); ; span = span.multipliedBy(2)) {
      Instant from = now.minus(span);
      boolean all = !from.isAfter(first);
      Deque<Instant> times = new ArrayDeque<>();
      Optional<Instant> time = all ? Optional.of(first) : next(schedule, state, from);
      while (time.isPresent() && !time.get().isAfter(now)) {
        times.add(time.get());
        if (times.size() > DueSchedules.MOST_CAUGHT_UP) {
          times.removeFirst();
        }
        time = next(schedule, state, time.get());
      }
      if (all || times.size() == DueSchedules.MOST_CAUGHT_UP) {
        return times;
      }
    }
  }

  private static Optional<Instant> next(Schedule schedule, ScheduleState state, Instant after) {
    return schedule.next(after, state.anchor(), state.plan().zone());
  }
}
