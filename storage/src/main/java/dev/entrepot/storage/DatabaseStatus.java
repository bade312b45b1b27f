package dev.entrepot.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is known of a database that answers.
///
/// @param serverVersion such as `18.6`
/// @param embedded whether it is our own server
/// @param folder where our own server lives
/// @param address such as `127.0.0.1:40123/entrepot`; no secrets
/// @param schemaVersion the highest migration that was applied
public record DatabaseStatus(
    String serverVersion,
    boolean embedded,
    @Nullable Path folder,
    String address,
    @Nullable String schemaVersion) {}
