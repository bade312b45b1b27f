package dev.entrepot.inbox.lanes;

import java.time.Instant;

/// How many events got their first outcome in a stretch of time.
public record HandedOn(Instant from, long events) {}
