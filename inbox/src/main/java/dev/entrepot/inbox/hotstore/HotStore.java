package dev.entrepot.inbox.hotstore;

import dev.entrepot.model.Page;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the latest state of entities.
///
/// The state that wins is the one with the latest source time `at`; of equal times a deletion wins,
/// then what the sender says of their order ([dev.entrepot.spi.event.Precedence]), then, where it
/// says nothing, the content: never the arrival. So the end is the same in whatever order changes
/// come and however often they are repeated. A deletion is remembered for [TimesToLive#memory()]
/// after the event that told of it, so that older states do not bring the entity back. A checkout
/// that was completed stays so.
///
/// What has outlived its time is not shown any more, and is removed by [#expire].
///
/// Safe for use by many threads.
public interface HotStore {

  /// The most items of a page.
  int LARGEST_PAGE = 1_000;

  /// Applies changes in their order, all or none. Of several changes of one entity each has the
  /// effect it would have if they came one by one, but only the last state is written.
  ///
  /// @return one for each change, in the same order
  List<Effect> apply(List<IncomingChange> changes);

  /// What [#apply] would do, without doing it.
  List<Foreseen> preview(List<IncomingChange> changes);

  Optional<Entity> get(EntityKey key);

  /// By another name than the id, in the order of accounts and ids.
  ///
  /// @param value e-mail addresses in lower case
  Page<Entity> find(
      String tenant,
      EntityType type,
      Lookup lookup,
      String value,
      @Nullable String cursor,
      int size);

  /// In the order of accounts and ids.
  ///
  /// @param cursor where to go on, as a page said; null: at the beginning
  /// @param size 1 to [#LARGEST_PAGE]
  Page<Entity> list(EntityFilter filter, @Nullable String cursor, int size);

  /// Checkouts that were not completed, whose customer's e-mail is known, in the order of accounts
  /// and ids.
  ///
  /// @param before only those whose state is older
  Page<Entity> abandonedCarts(String tenant, Instant before, @Nullable String cursor, int size);

  /// Everything of a customer: the customer, what carries its id or e-mail, its orders and what
  /// belongs to them.
  ///
  /// @param limit the most to give; positive
  List<Entity> of(Person person, int limit);

  /// Removes what has outlived its time, from here only, in one small step.
  ///
  /// @param limit the most to remove; positive
  /// @return how many were removed; call again while there are some
  int expire(int limit);

  /// Erases what [#of] a customer is here, in one small step. States older than the request do not
  /// bring it back.
  ///
  /// @param at when it was asked for
  /// @param position of the event that asked
  /// @param limit the most to erase; positive
  /// @return how many were erased; call again while there are some
  int erase(Person person, Instant at, long position, int limit);

  /// Erases everything of an account, in one small step.
  ///
  /// @param limit the most to erase; positive
  /// @return how many were erased; call again while there are some
  int eraseAccount(String tenant, String account, int limit);
}
