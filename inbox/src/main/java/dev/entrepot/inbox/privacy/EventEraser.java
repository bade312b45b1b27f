package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.hotstore.EntityKey;
import java.sql.Connection;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of the program that keeps what events brought, and can erase it: the log, what waits,
/// deliveries, the lake. Books and positions stay; what was said goes.
public interface EventEraser {

  /// Its name in the record of what was erased, in kebab-case, such as `inbox`.
  String name();

  /// Erases some of it, in one small step. Called with the place the step before reached, and again
  /// from the same place after a crash, until it says that it is finished: what was erased already
  /// is not counted again.
  ///
  /// An erased event is handed to no handler any more, and no replay brings it back.
  ///
  /// @param transaction to write with; the step counts only if it is committed
  /// @param after 0 at the beginning, then as the step before said
  /// @param limit about how many events to look at; positive
  Step erase(Connection transaction, Scope scope, long after, int limit);

  /// What a step did.
  ///
  /// @param erased how many things were erased
  /// @param reached where to go on
  record Step(int erased, long reached, boolean finished) {}

  /// What is to be erased.
  sealed interface Scope {
    String tenant();

    /// The sender's account; keys of events start with it.
    String account();

    /// When it was asked for: what is newer stays.
    Instant at();

    /// Whether something came after it was asked for.
    ///
    /// @param triggeredAt by the sender's clock; null: not said, then it is when it was received
    default boolean isNewer(@Nullable Instant triggeredAt, Instant receivedAt) {
      return (triggeredAt == null ? receivedAt : triggeredAt).isAfter(at());
    }

    /// What is about a customer.
    ///
    /// @param email in lower case; null: not known
    /// @param entities what the hot store knows of the customer, and the orders that were named:
    ///   events about these, and events that carry the customer's id or e-mail
    record OfCustomer(
        String tenant,
        String account,
        String customer,
        @Nullable String email,
        Set<EntityKey> entities,
        Instant at)
        implements Scope {
      public OfCustomer {
        entities = Set.copyOf(entities);
      }
    }

    /// Everything.
    record OfAccount(String tenant, String account, Instant at) implements Scope {}
  }
}
