package dev.entrepot.spi.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What tells one event from all others, and which others it must not overtake.
///
/// @param externalId the sender's name for it, the same at every repetition; unique together with
///   the connection
/// @param topic what it is about, in the sender's words, such as `orders/create`
/// @param key events of the same key are handed on in the order of their arrival, such as
///   `shop.example/orders/123`; starts with the sender's account
/// @param triggeredAt when it happened, by the sender's clock; null: it does not say
public record Identity(String externalId, String topic, String key, @Nullable Instant triggeredAt) {
  /// The longest of each text, in characters; longer ones must be cut or digested, and so must
  /// those with control characters, which the log cannot keep.
  public static final int LONGEST = 512;

  public Identity {
    require("external id", externalId);
    require("topic", topic);
    require("key", key);
  }

  private static void require(String what, String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the " + what + " of an event has " + text.length() + " characters, not 1 to " + LONGEST);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the " + what + " of an event has a control character; digest it");
    }
  }
}
