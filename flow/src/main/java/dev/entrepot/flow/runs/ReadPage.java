package dev.entrepot.flow.runs;

import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.spi.source.SourcePage;
import java.time.Instant;
import java.util.List;

/// A page that was read, and what its records say in the words of the destination.
///
/// @param texts its records as text
/// @param mapped its records, mapped
/// @param digest of the texts
/// @param began when it was asked for
/// @param start the same by [System#nanoTime]
record ReadPage(
    SourcePage source,
    List<String> texts,
    List<MappedRecord> mapped,
    String digest,
    Instant began,
    long start) {}
