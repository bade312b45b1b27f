package dev.entrepot.inbox.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How it stands with a destination, over the slices that are kept.
///
/// @param pending to be delivered yet
/// @param held of these: those that failed, and those behind them
/// @param skipped whose event was gone
/// @param oldest since when the oldest of these waits; null: there are none
public record DestinationFigures(
    String destination,
    long delivered,
    long pending,
    long held,
    long dead,
    long skipped,
    @Nullable Instant oldest) {}
