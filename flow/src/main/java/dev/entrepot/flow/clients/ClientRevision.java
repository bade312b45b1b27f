package dev.entrepot.flow.clients;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a client was like from some time on.
///
/// @param config null: it was removed
/// @param actor a reference to an [dev.entrepot.model.Actor]
public record ClientRevision(
    long revision, @Nullable ClientConfig config, String actor, Instant at) {}
