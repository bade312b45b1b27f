package dev.entrepot.inbox.lanes;

import org.jspecify.annotations.Nullable;

/// Where a lane is.
///
/// @param position of the last event that has an outcome
/// @param node that reads it; null: none
/// @param waiting how many events wait in it
/// @param parked how many of its keys are parked
public record LaneState(
    int lane, long position, @Nullable String node, long waiting, long parked) {}
