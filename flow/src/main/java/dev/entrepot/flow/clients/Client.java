package dev.entrepot.flow.clients;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
      @Nullable Instant at, @Nullable String status, @Nullable Long records) {
    private static final Set<String> GOOD = Set.of("success", "succeeded", "completed", "ok");

    /// When it was, if it brought everything: from then on another program may go on.
    public Optional<Instant> succeededAt() {
      String word = status == null ? "" : status.strip().toLowerCase(Locale.ROOT);
      return GOOD.contains(word) ? Optional.ofNullable(at) : Optional.empty();
    }
  }
}
