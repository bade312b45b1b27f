package dev.entrepot.flow.mapping;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mapping as it is kept.
///
/// @param tree as it was given, names and values in their order
/// @param revision counts its changes, from 1
/// @param updatedBy a reference to an [dev.entrepot.model.Actor]
public record StoredMapping(
    String name,
    Map<String, @Nullable Object> tree,
    MappingDocument document,
    long revision,
    Instant createdAt,
    Instant updatedAt,
    String updatedBy) {}
