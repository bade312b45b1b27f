package dev.entrepot.inbox.delivery;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;

/// Erases what deliveries keep of events besides the log: edited bodies, and answers of receivers,
/// which may quote them. What was not delivered yet is skipped when its turn comes, since its event
/// is erased; what was delivered is out of the house.
public final class DeliveryErasure {
  private static final Sql DELIVERIES =
      Sql.of(
          """
          update delivery set body = null, reason = case when reason is not null then ? end
          where position = any(?::bigint[]) and (body is not null or reason is not null)
          """);

  private static final Sql ATTEMPTS =
      Sql.of("update delivery_attempt set answer = ? where position = any(?::bigint[])");

  private DeliveryErasure() {}

  /// @param instead what stands in place of the words
  public static void erase(Connection transaction, Collection<Long> positions, String instead) {
    if (!positions.isEmpty()) {
      Long[] all = positions.toArray(Long[]::new);
      int _ = DELIVERIES.with(instead, all).update(transaction);
      int _ = ATTEMPTS.with(instead, all).update(transaction);
    }
  }
}
