package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a sender reads and writes of the table `delivery`. Only who holds a destination's lease
/// changes what is to be delivered there; handlers alone add to it, as `new`. So nobody else
/// decides which delivery of a key is next.
final class DeliveryStore {
  private static final Sql BUSY =
      Sql.of(
          """
          select name from unnest(?::text[]) as d (name)
          where exists (select from delivery where destination = name and state = 'new')
            or exists (select from delivery
              where destination = name and state = 'waiting' and due_at <= ?)
          """);

  // Keys are told apart by their digests: were two the same, one would wait for the other.
  private static final Sql QUEUE_UP =
      Sql.of(
          """
          update delivery d set state = 'behind'
          from (
            select position, id from (
              select position, id, key_hash from delivery
              where destination = ? and state = 'new' order by id limit ?) n
            where exists (
              select from delivery h
              where h.destination = ? and h.key_hash = n.key_hash
                and h.state in ('waiting', 'behind'))) b
          where d.position = b.position and d.id = b.id and d.state = 'new'
          """);

  private static final Sql NEW =
      Sql.of(
          """
          select *, body is not null as edited from delivery n
          where destination = ? and state = 'new' and id <> all(?::bigint[])
            and key_hash <> all(?::bigint[])
            and not exists (
              select from delivery h
              where h.destination = ? and h.key_hash = n.key_hash
                and h.state in ('waiting', 'behind'))
          order by id limit ?
          """);

  private static final Sql DUE =
      Sql.of(
          """
          select *, body is not null as edited from delivery
          where destination = ? and state = 'waiting' and due_at <= ? and id <> all(?::bigint[])
          order by due_at, id limit ?
          """);

  private static final Sql HASTENED = Sql.of("select hastened from destination where name = ?");

  private static final Sql EDITED =
      Sql.of(
          """
          select d.id, d.body, d.topic, d.key from delivery d
          join unnest(?::bigint[], ?::bigint[]) as e (position, id)
            on e.position = d.position and e.id = d.id
          where d.body is not null
          """);

  private static final Sql BURY =
      Sql.of(
          """
          with old as (
            select position, id, state from delivery
            where destination = ? and state in ('new', 'waiting', 'behind')
              and exists (select from destination where name = ? and state = 'disabled')
            order by id limit ? for update)
          update delivery d set state = 'dead', due_at = null, reason = ?, finished_at = ?
          from old where d.position = old.position and d.id = old.id
          returning d.position, d.lane, old.state
          """);

  // More than are read at a time, so that those behind a key that waits are passed by soon.
  private static final int QUEUED_UP = 5_000;

  private final Database database;
  private final Leases leases;
  private final EventLog log;
  private final ActivityLog activities;

  DeliveryStore(Database database, Leases leases, EventLog log, ActivityLog activities) {
    this.database = database;
    this.leases = leases;
    this.log = log;
    this.activities = activities;
  }

  /// What an attempt came to.
  record Settled(DueDelivery delivery, Attempt attempt, Fate fate) {}

  /// @param answer its beginning, or why there was none
  record Attempt(Instant at, long tookMillis, @Nullable Integer status, String answer) {}

  /// Those of some destinations for which there is something to do.
  Set<String> busy(Collection<String> destinations, Instant now) {
    return Set.copyOf(
        database.read(connection ->
            BUSY.with(destinations.toArray(String[]::new), now)
                .list(connection, row -> row.text("name"))));
  }

  /// How often a person had what waits for a destination tried at once.
  long hastened(String destination) {
    return database.read(connection ->
        HASTENED.with(destination).first(connection, row -> row.int8("hastened")).orElse(0L));
  }

  /// The next deliveries: those that nobody tried yet and whose key does not wait, and those that
  /// are due again.
  ///
  /// @param known not these
  /// @param crowded of these keys none that nobody tried yet
  /// @param limit of each of both
  List<DueDelivery> next(
      Lease lease,
      String destination,
      Collection<Long> known,
      Collection<Long> crowded,
      Instant now,
      int limit) {
    Long[] besides = known.toArray(Long[]::new);
    return database.write(transaction -> {
      leases.require(transaction, lease);
      int _ = QUEUE_UP.with(destination, QUEUED_UP, destination).update(transaction);
      List<DueDelivery> next =
          new ArrayList<>(
              DUE.with(destination, now, besides, limit).list(transaction, DueDelivery::of));
      next.addAll(
          NEW.with(destination, besides, crowded.toArray(Long[]::new), destination, limit)
              .list(transaction, DueDelivery::of));
      return next;
    });
  }

  /// What is to be posted, by the ids of deliveries; those whose event is gone or erased are
  /// missing.
  Map<Long, String> bodies(Collection<DueDelivery> deliveries) {
    return database.read(connection -> {
      Map<Long, LoggedEvent> events = new HashMap<>();
      log.load(connection, deliveries.stream().map(DueDelivery::position).distinct().toList())
          .forEach(event -> events.put(event.position(), event));
      Map<Long, Mended> mended = mended(connection, deliveries);
      Map<Long, String> bodies = new HashMap<>();
      for (DueDelivery delivery : deliveries) {
        LoggedEvent event = events.get(delivery.position());
        if (event != null && event.erasedAt() == null) {
          Mended instead = mended.get(delivery.id());
          Message message = instead == null ? event.message() : instead.insteadOf(event.message());
          bodies.put(delivery.id(), Envelope.of(delivery.position(), event.connection(), message));
        }
      }
      return bodies;
    });
  }

  /// What an operator made of an event.
  private record Mended(Body body, String topic, String key) {
    Message insteadOf(Message came) {
      Identity identity = came.identity();
      return new Message(
          new Identity(identity.externalId(), topic, key, identity.triggeredAt()),
          came.headers(),
          body,
          came.receivedAt());
    }
  }

  private static Map<Long, Mended> mended(
      Connection connection, Collection<DueDelivery> deliveries) {
    List<DueDelivery> wanted = deliveries.stream().filter(DueDelivery::edited).toList();
    Map<Long, Mended> mended = new HashMap<>();
    if (!wanted.isEmpty()) {
      EDITED
          .with(
              wanted.stream().map(DueDelivery::position).toArray(Long[]::new),
              wanted.stream().map(DueDelivery::id).toArray(Long[]::new))
          .list(
              connection,
              row ->
                  mended.put(
                      row.int8("id"),
                      new Mended(Body.of(row.bytes("body")), row.text("topic"), row.text("key"))));
    }
    return mended;
  }

  /// Writes down what attempts came to, and which deliveries are next for their keys.
  void settle(Lease lease, String destination, List<Settled> settled, Instant now) {
    database.write(transaction -> {
      leases.require(transaction, lease);
      Settlement.enter(transaction, destination, settled, now);
      for (Settled one : settled) {
        if (one.fate().gone()) {
          disable(transaction, destination, String.valueOf(one.fate().reason()), now);
        }
      }
      return settled.size();
    });
  }

  private void disable(Connection transaction, String destination, String reason, Instant now) {
    if (DestinationRows.disable(transaction, destination, reason, now)) {
      activities.record(
          transaction,
          Actor.system(DeliveryHandler.NAME),
          "destination.disable",
          "destination/" + destination,
          Map.of("reason", reason));
    }
  }

  /// Gives up deliveries of a destination that is disabled, some at a time; nothing happens if it
  /// is not any more.
  ///
  /// @return how many; call again while there are some
  int bury(Lease lease, String destination, int limit, Instant now) {
    String reason =
        "destination " + destination + " was disabled; enable it, then have this tried again";
    return database.write(transaction -> {
      leases.require(transaction, lease);
      DeliveryBooks books = new DeliveryBooks();
      List<Long> buried =
          BURY.with(destination, destination, limit, reason, now)
              .list(
                  transaction,
                  row -> {
                    books.moved(
                        row.int8("position"),
                        destination,
                        row.int4("lane"),
                        DeliveryState.ofWord(row.text("state")),
                        DeliveryState.DEAD);
                    return row.int8("position");
                  });
      books.enter(transaction);
      return buried.size();
    });
  }
}
