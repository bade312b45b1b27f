package dev.entrepot.flow.clients;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A client as it is kept.
///
/// @param revision counts its changes, from 1
/// @param updatedBy a reference to an [dev.entrepot.model.Actor]
/// @param imported what its own records said of its last sync when it was imported; null: nothing
public record Client(
    ClientConfig config,
    long revision,
    Instant createdAt,
    Instant updatedAt,
    String updatedBy,
    @Nullable ImportedSync imported) {

  /// A sync that was made before Entrepot did it.
  ///
  /// @param at null: it was not told
  public record ImportedSync(
      @Nullable Instant at, @Nullable String status, @Nullable Long records) {}
}
