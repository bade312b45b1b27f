package dev.entrepot.flow.schedules;

import java.time.Instant;

/// A client whose time has come.
///
/// @param at the time that has come; of several that passed, the first
/// @param missed how many more times passed and are caught up with this one; counted up to
///   [DueSchedules#MOST_COUNTED]
public record Due(String tenant, Instant at, int missed) {}
