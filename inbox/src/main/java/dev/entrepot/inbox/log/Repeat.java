package dev.entrepot.inbox.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A delivery that was not kept, because its event had come before.
///
/// @param position its place among events and other repeated deliveries; nothing else is at it
/// @param first the position of the event that was kept
/// @param connection by which it came
/// @param receivedAt when it came, by the server's clock
/// @param kept the event that was kept; null: its slice was dropped
public record Repeat(
    long position, long first, String connection, Instant receivedAt, @Nullable EventHead kept) {}
