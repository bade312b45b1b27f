package dev.entrepot.inbox.connections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A secret of a connection, without its value.
///
/// @param number the greatest is the newest
/// @param reference where its value is kept: `env:NAME` or `file:/path`; null: sealed in the
///   database
/// @param validUntil signatures with it are genuine until then; null: until it is replaced
public record SecretState(
    int number, @Nullable String reference, Instant createdAt, @Nullable Instant validUntil) {

  /// Whether signatures with it are genuine at a moment.
  public boolean valid(Instant now) {
    return validUntil == null || now.isBefore(validUntil);
  }
}
