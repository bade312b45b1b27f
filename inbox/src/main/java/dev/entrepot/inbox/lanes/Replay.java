package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Books;
import java.time.Instant;
import java.util.UUID;

/// A replay.
///
/// @param id also of its batch in the ledger
/// @param asked for people: what was asked for
/// @param leftOut how many besides fit, but had been skipped by somebody
/// @param books what became of its events so far
public record Replay(
    UUID id, String asked, long events, long leftOut, String by, Instant at, Books books) {}
