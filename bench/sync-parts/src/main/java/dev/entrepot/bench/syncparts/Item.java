package dev.entrepot.bench.syncparts;

import org.jspecify.annotations.Nullable;

/// A product on its way from Siesa to Kong.
///
/// @param record its place in the run, from 0
/// @param key its id; empty: it has none
/// @param body as Kong takes it, JSON
/// @param tag null: it has none
/// @param problem why it is not sent; null: it is good
public record Item(
    long record, String key, String body, @Nullable String tag, @Nullable String problem) {}
