package dev.entrepot.spi.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change of one entity of the sender's.
///
/// `account` is the sender's account the entity belongs to (the shop's domain, the Stripe account),
/// `id` its id there. `at` is the sender's own time of this state: an older state never replaces a
/// newer one. Where the sender gives none, it is the time the event was triggered or received. Many
/// senders give whole seconds, in which several states fit: [Precedence] says which is the later.
public sealed interface EntityChange {
  String account();

  EntityType type();

  String id();

  Instant at();

  /// The entity's whole state.
  ///
  /// @param document the entity as JSON, as the sender wrote it: numbers and members unchanged
  /// @param lookups other names, each with its values; at most 50 values in all
  /// @param state the entity's status in the sender's words, for people; null: it has none
  /// @param precedence among states with the same time
  record Present(
      String account,
      EntityType type,
      String id,
      Instant at,
      String document,
      Map<Lookup, List<String>> lookups,
      @Nullable String state,
      Precedence precedence)
      implements EntityChange {
    public Present {
      lookups = Map.copyOf(lookups);
    }

    /// A state whose time is all that the sender says of its order.
    public Present(
        String account,
        EntityType type,
        String id,
        Instant at,
        String document,
        Map<Lookup, List<String>> lookups,
        @Nullable String state) {
      this(account, type, id, at, document, lookups, state, Precedence.NONE);
    }
  }

  /// Deleted at the sender.
  record Deleted(String account, EntityType type, String id, Instant at) implements EntityChange {}

  /// A checkout was completed: it is not abandoned any more, whatever arrives about it later.
  ///
  /// @param id the checkout's id or its [Lookup#CHECKOUT_TOKEN]; a source that knows both says it
  ///   once with each
  /// @param order the id of the order it became; null: not said
  record CheckoutCompleted(String account, String id, @Nullable String order, Instant at)
      implements EntityChange {
    @Override
    public EntityType type() {
      return EntityType.CHECKOUT;
    }
  }
}
