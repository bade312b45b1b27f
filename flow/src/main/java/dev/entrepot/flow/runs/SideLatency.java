package dev.entrepot.flow.runs;

import java.time.Duration;

/// How a side answered in a run.
///
/// @param failed calls that were not answered, or not with success
/// @param half of the calls took at most this
/// @param most of them, 95 in 100, took at most this
public record SideLatency(
    RunObserver.Side side, long calls, long failed, Duration half, Duration most) {}
