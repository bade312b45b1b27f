package dev.entrepot.flow.runs;

import dev.entrepot.model.Books;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run as it stands.
///
/// @param trigger why it was asked for, such as `schedule`
/// @param askedBy a reference to an [dev.entrepot.model.Actor]
/// @param wish what was asked of it that it has not done yet; null: nothing
/// @param applied of a plan: whether it is carried out
/// @param overtakenBy of a plan that waits: the latest run of the client that has begun to write
///   since it was made, so that it cannot be applied any more; null: there is none
/// @param extracted whether the source was read to its end
/// @param since only what changed at or after this was read; null: everything
/// @param ghosts rows of the source that held nothing
/// @param sourceTotal how many records the source said there are; null: it did not say
/// @param again records that the destination did not take, or that were skipped: they come again
///   with the next run
/// @param paused how long it was laid aside, so far
/// @param code why it failed; null: it did not
public record Run(
    UUID id,
    String tenant,
    String flow,
    String source,
    String destination,
    RunMode mode,
    String trigger,
    String askedBy,
    Instant askedAt,
    RunState state,
    @Nullable Wish wish,
    boolean applied,
    @Nullable UUID overtakenBy,
    boolean extracted,
    @Nullable Instant since,
    @Nullable Integer mappingRevision,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Duration paused,
    @Nullable String node,
    int attempts,
    int pages,
    long ghosts,
    @Nullable Long sourceTotal,
    long again,
    @Nullable String code,
    @Nullable String reason,
    Books books,
    List<StepCount> steps) {

  /// What people ask of a run that is under way.
  public enum Wish {
    PAUSE,
    CANCEL
  }

  /// What it did in one step of the destination.
  ///
  /// @param callSize how many items a call takes at most
  /// @param wanted records that need the step
  /// @param calls that wrote, or tried to
  /// @param accepted writes that were accepted
  /// @param rejected writes that were rejected
  /// @param putOff calls that the destination put off
  /// @param unknown calls whose result was unknown
  /// @param lookups calls that asked what the destination holds
  public record StepCount(
      String step,
      String title,
      int callSize,
      long wanted,
      long calls,
      long accepted,
      long rejected,
      long putOff,
      long unknown,
      long lookups) {

    /// How few calls can write all that is wanted.
    public long fewestCalls() {
      return (wanted + callSize - 1) / callSize;
    }
  }

  public Run {
    steps = List.copyOf(steps);
  }

  /// Calls of its steps to the destination so far, lookups included; asking whether it lets us in
  /// is no step.
  public long calls() {
    return steps.stream().mapToLong(step -> step.calls() + step.lookups()).sum();
  }

  /// From its start to its end, or to now, without the time for which it paused.
  public Duration duration(Instant now) {
    if (startedAt == null) {
      return Duration.ZERO;
    }
    Duration all = Duration.between(startedAt, endedAt == null ? now : endedAt);
    return all.compareTo(paused) < 0 ? Duration.ZERO : all.minus(paused);
  }

  /// How long it will still take at the pace so far; nothing while that cannot be told.
  public Optional<Duration> remaining(Instant now) {
    long settled = books.settled();
    if (state != RunState.RUNNING || startedAt == null || settled == 0) {
      return Optional.empty();
    }
    if (!extracted && sourceTotal == null) {
      return Optional.empty();
    }
    long all = extracted || sourceTotal == null ? books.received() : sourceTotal;
    long left = Math.max(books.pending(), all - settled);
    double pace = (double) settled / Math.max(1, duration(now).toMillis());
    return Optional.of(Duration.ofMillis((long) (left / pace)));
  }
}
