package dev.entrepot.inbox.chores;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The last run of a chore.
///
/// @param node that did it
/// @param done how many things were done
/// @param problem why it failed; null: it did not
/// @param total how many things were done by all runs
public record ChoreRun(
    String name,
    String node,
    Instant startedAt,
    Duration took,
    long done,
    @Nullable String problem,
    long total) {}
