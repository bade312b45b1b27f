package dev.entrepot.console.api.flow;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Books;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run as the API tells of it.
///
/// @param duration so far, or as it was
/// @param remaining how long it will still take at the pace so far; null: that cannot be told
/// @param overtakenBy of a plan: the run because of which it cannot be applied any more
/// @param calls to the destination
public record RunAnswer(
    UUID id,
    String client,
    String flow,
    String source,
    String destination,
    RunMode mode,
    RunState state,
    Run.@Nullable Wish wish,
    String trigger,
    String askedBy,
    Instant askedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Duration duration,
    @Nullable Duration remaining,
    @Nullable Instant since,
    boolean applied,
    @Nullable UUID overtakenBy,
    boolean extracted,
    int pages,
    long ghosts,
    @Nullable Long sourceTotal,
    @Nullable Integer mappingRevision,
    int attempts,
    @Nullable String node,
    long again,
    @Nullable String code,
    @Nullable String reason,
    Books books,
    long calls,
    List<Run.StepCount> steps) {

  /// @param now to which its duration is counted while it is under way
  public static RunAnswer of(Run run, Instant now) {
    return new RunAnswer(
        run.id(),
        run.tenant(),
        run.flow(),
        run.source(),
        run.destination(),
        run.mode(),
        run.state(),
        run.wish(),
        run.trigger(),
        run.askedBy(),
        run.askedAt(),
        run.startedAt(),
        run.endedAt(),
        notNegative(run.duration(now)),
        run.remaining(now).orElse(null),
        run.since(),
        run.applied(),
        run.overtakenBy(),
        run.extracted(),
        run.pages(),
        run.ghosts(),
        run.sourceTotal(),
        run.mappingRevision(),
        run.attempts(),
        run.node(),
        run.again(),
        run.code(),
        run.reason(),
        run.books(),
        run.calls(),
        run.steps());
  }

  /// Clocks of two machines differ.
  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /// Whether nothing happens by itself any more.
  public boolean done() {
    return state.ended() || state == RunState.PLANNED;
  }
}
