package dev.entrepot.inbox.lanes;

import java.time.Duration;
import java.time.Instant;

/// How long the oldest event had waited, at most, within a minute.
///
/// @param minute its beginning
/// @param oldest zero: none waited
public record WaitingAge(Instant minute, Duration oldest) {}
