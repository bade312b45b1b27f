package dev.entrepot.inbox.lanes;

/// Where a lane stands.
///
/// @param position of the last event that has an outcome
/// @param revision moves whenever an operator or a replay changes what waits in the lane
record LaneMark(int lane, long position, long revision) {}
