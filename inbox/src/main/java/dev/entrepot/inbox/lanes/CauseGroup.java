package dev.entrepot.inbox.lanes;

import java.time.Instant;

/// Open dead letters that failed alike.
///
/// @param reason of the newest one
/// @param keys how many keys they are of
public record CauseGroup(
    String cause,
    String handler,
    String code,
    String topic,
    String reason,
    long letters,
    long keys,
    Instant oldest,
    Instant newest) {}
