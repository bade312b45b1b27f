package dev.entrepot.spi.event;

import java.time.Instant;

/// An event that was kept, to be read.
///
/// @param body the raw bytes, as they came
/// @param receivedAt when it was kept
public record Message(Identity identity, Headers headers, Body body, Instant receivedAt) {}
