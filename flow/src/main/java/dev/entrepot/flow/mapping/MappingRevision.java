package dev.entrepot.flow.mapping;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a mapping was like from some time on.
///
/// @param tree as it was given; null: it was removed
/// @param actor a reference to an [dev.entrepot.model.Actor]
public record MappingRevision(
    long revision, @Nullable Map<String, @Nullable Object> tree, String actor, Instant at) {}
