package dev.entrepot.flow.runs;

import dev.entrepot.model.Outcome;
import org.jspecify.annotations.Nullable;

/// A record of a run.
///
/// @param record its place in the run, from 1
/// @param key null: it has none
/// @param change what it means for the destination; null: nothing, or it was rejected
/// @param source as it came, a JSON object; null: it was unchanged and is not kept
/// @param item as it is sent, a JSON object
/// @param diffs by step and field what the destination is known to hold and what it is to hold, a
///   JSON object of objects of pairs; null: everything is new, or nothing differs
/// @param reason why it was rejected or skipped
public record RunRecord(
    long record,
    @Nullable String key,
    Outcome outcome,
    @Nullable Change change,
    @Nullable String source,
    @Nullable String item,
    @Nullable String diffs,
    @Nullable String reason) {}
