package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;

/// Has deliveries that wait for their next attempt tried at once. They count their attempts as
/// before; those on their way are left alone, and so is the order of a key.
final class Hastening {
  // What is due already may be on its way.
  private static final Sql ONE =
      Sql.of(
          """
          update delivery set due_at = ?
          where position = ? and id = ? and state = 'waiting' and due_at > ?
          """);

  private static final Sql SOME =
      Sql.of(
          """
          update delivery d set due_at = ?
          from (
            select position, id from delivery
            where destination = ? and state = 'waiting' and due_at > ? and id > ?
            order by id limit ? for update skip locked) o
          where d.position = o.position and d.id = o.id
          returning d.id
          """);

  private static final Sql FIRST =
      Sql.of(
          """
          select position, id from delivery
          where destination = ? and state = 'waiting'
            and key_hash = (select key_hash from delivery where position = ? and id = ?)
          order by id limit 1
          """);

  private static final Sql TELL =
      Sql.of("update destination set hastened = hastened + 1 where name = ?");

  private Hastening() {}

  /// @throws InboxException CONFLICT when it waits behind another one of its key
  static void one(Connection transaction, EventDelivery delivery, Instant now) {
    DeliveryId id = delivery.id();
    if (delivery.state() == DeliveryState.BEHIND) {
      String first =
          FIRST
              .with(delivery.destination(), id.position(), id.number())
              .first(transaction, row -> new DeliveryId(row.int8("position"), row.int8("id")))
              .map(head -> "delivery " + head.text() + " is before it; have that one tried")
              .orElse("one of its key is before it, and is on its way");
      throw new InboxException(
          Code.CONFLICT, "state", "delivery " + id.text() + " waits for its turn: " + first);
    }
    int _ = ONE.with(now, id.position(), id.number(), now).update(transaction);
    TELL.with(delivery.destination()).updateOne(transaction);
  }

  /// Those that come next by their numbers.
  ///
  /// @param after a delivery's number: none is hastened twice
  /// @return their numbers
  static List<Long> some(
      Connection transaction, String destination, Instant now, long after, int limit) {
    List<Long> hastened =
        SOME.with(now, destination, now, after, limit).list(transaction, row -> row.int8("id"));
    TELL.with(destination).updateOne(transaction);
    return hastened;
  }
}
