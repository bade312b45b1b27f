package dev.entrepot.spi.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which of several states with the same time is the later one, by what the sender says of them:
/// never by when they arrived, for senders repeat themselves and overtake their own deliveries.
///
/// @param triggeredAt when the sender began to tell of the state; it decides first. Null: it does
///   not say
/// @param progress how far the entity has come in its life, such as 1 for an open and 2 for a paid
///   invoice; the greater is the later one. 0: not known. Only compared among states of one entity
public record Precedence(@Nullable Instant triggeredAt, long progress) {
  /// The sender says nothing but the time.
  public static final Precedence NONE = new Precedence(null, 0);

  /// By progress alone.
  public static Precedence of(long progress) {
    return new Precedence(null, progress);
  }
}
