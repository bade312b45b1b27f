package dev.entrepot.ledger;

import dev.entrepot.model.Books;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A set of records that entered together, and its books.
///
/// @param kind what it is, for example `upload`
/// @param tenant whose data it is
/// @param flow which way it came, for example a vendor's code
/// @param label for people, for example a file name
/// @param closedAt when its last record was read; null while it is being read. Records may still be
///   pending after that.
public record Batch(
    UUID id,
    String kind,
    String tenant,
    String flow,
    String label,
    Books books,
    Instant openedAt,
    @Nullable Instant closedAt) {}
