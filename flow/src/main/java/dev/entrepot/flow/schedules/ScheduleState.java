package dev.entrepot.flow.schedules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A client's schedule as it stands.
///
/// @param active whether it fires; not when the client is disabled
/// @param anchor from which rates are counted
/// @param next when it fires next; null: never again
/// @param last when it fired last; null: not yet
public record ScheduleState(
    String tenant,
    SchedulePlan plan,
    boolean active,
    Instant anchor,
    @Nullable Instant next,
    @Nullable Instant last) {}
