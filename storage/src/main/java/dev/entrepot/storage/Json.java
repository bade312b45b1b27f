package dev.entrepot.storage;

/// JSON text on its way into a `jsonb` or `json` column. The text is not checked here; the server
/// refuses what is not JSON as [StorageException.Code#BAD_VALUE].
public record Json(String text) {}
