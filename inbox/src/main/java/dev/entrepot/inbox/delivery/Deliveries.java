package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.KeptSlices;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was delivered, what is to be, and what was given up. Safe for use by many threads.
public final class Deliveries {
  /// The most items of a page.
  public static final int LARGEST_PAGE = 500;

  private static final int RETRIED_AT_ONCE = 1_000;

  private static final Sql LIST =
      Sql.of(
          """
          select * from delivery
          where (position, id) < (?::bigint, ?::bigint)
            and (?::text is null or destination = ?)
            and (?::text is null or state = ?)
            and (?::boolean is null or (state in ('delivered', 'dead', 'skipped')) = ?)
            and (?::bigint is null or position = ?)
            and (?::bigint is null or (key_hash = ? and key = ?))
          order by position desc, id desc limit ?
          """);

  private static final Sql FIND = Sql.of("select * from delivery where position = ? and id = ?");

  private static final Sql ATTEMPTS =
      Sql.of("select * from delivery_attempt where position = ? and delivery = ? order by number");

  private static final Sql FIGURES =
      Sql.of(
          """
          select x.name, coalesce(b.delivered, 0) as delivered, coalesce(b.pending, 0) as pending,
            coalesce(b.dead, 0) as dead, coalesce(b.skipped, 0) as skipped,
            (select count(*) from delivery h
              where h.destination = x.name and h.state in ('waiting', 'behind')) as held,
            (select min(created_at) from (
              (select created_at from delivery n
                where n.destination = x.name and n.state = 'new' order by n.id limit 1)
              union all
              select created_at from delivery w
                where w.destination = x.name and w.state = 'waiting') o) as oldest
          from destination x
          left join (
            select destination, sum(delivered)::bigint as delivered, sum(pending)::bigint as pending,
              sum(dead)::bigint as dead, sum(skipped)::bigint as skipped
            from delivery_books where slice in (select slice from inbox_slice)
            group by destination) b on b.destination = x.name
          where ?::text is null or x.name = ?
          order by x.name
          """);

  private static final Sql RETRY =
      Sql.of(
          """
          update delivery d set state = 'new', tries = 0, finished_at = null
          where position = ? and id = ? and state = 'dead'
            and position >> 40 in (select slice from inbox_slice)
          returning position, lane
          """);

  private static final Sql RETRY_ALL =
      Sql.of(
          """
          update delivery d set state = 'new', tries = 0, finished_at = null
          from (
            select position, id from delivery
            where destination = ? and state = 'dead'
              and position >> 40 in (select slice from inbox_slice)
            order by id limit ? for update skip locked) o
          where d.position = o.position and d.id = o.id
          returning d.position, d.lane
          """);

  private final Database database;
  private final EventLog log;
  private final ActivityLog activities;
  private final Clock clock;
  private final Runnable wake;

  /// @param clock by which deliveries are due
  /// @param wake has the sender look at once
  public Deliveries(
      Database database, EventLog log, ActivityLog activities, Clock clock, Runnable wake) {
    this.clock = clock;
    this.database = database;
    this.log = log;
    this.activities = activities;
    this.wake = wake;
  }

  /// Newest events first.
  ///
  /// @param cursor where to go on, as a page said; null: at the beginning
  /// @throws InboxException INVALID for a wrong cursor or size
  public Page<EventDelivery> list(DeliveryFilter filter, @Nullable String cursor, int size) {
    if (size < 1 || size > LARGEST_PAGE) {
      throw new InboxException(
          Code.INVALID,
          "size",
          "a page has 1 to " + LARGEST_PAGE + " items, not " + size + "; ask for that many");
    }
    DeliveryId before =
        cursor == null ? new DeliveryId(Long.MAX_VALUE, Long.MAX_VALUE) : place(cursor);
    String state = filter.state() == null ? null : filter.state().word();
    String key = filter.key() == null ? null : StorableText.repair(filter.key());
    Long hash = key == null ? null : log.keyHash(key);
    List<EventDelivery> found =
        database.read(connection ->
            LIST.with(
                    before.position(),
                    before.number(),
                    filter.destination(),
                    filter.destination(),
                    state,
                    state,
                    filter.finished(),
                    filter.finished(),
                    filter.position(),
                    filter.position(),
                    hash,
                    hash,
                    key,
                    size + 1)
                .list(connection, EventDelivery::of));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), found.get(size - 1).id().text());
  }

  private static DeliveryId place(String cursor) {
    try {
      return DeliveryId.parse(cursor);
    } catch (InboxException e) {
      throw new InboxException(
          Code.INVALID,
          "cursor",
          "the cursor is not one that a page of this list gave; start again without one");
    }
  }

  public Optional<EventDelivery> find(DeliveryId id) {
    return database.read(connection -> find(connection, id));
  }

  private static Optional<EventDelivery> find(Connection connection, DeliveryId id) {
    return FIND.with(id.position(), id.number()).first(connection, EventDelivery::of);
  }

  /// The attempts of a delivery, the first one first; of very many only the last ones are kept.
  public List<DeliveryAttempt> attempts(DeliveryId id) {
    return database.read(connection ->
        ATTEMPTS
            .with(id.position(), id.number())
            .list(
                connection,
                row ->
                    new DeliveryAttempt(
                        row.int4("number"),
                        row.instant("at"),
                        Duration.ofMillis(row.int4("took_ms")),
                        row.int4OrNull("status"),
                        row.text("answer"))));
  }

  /// How it stands with every destination, by name.
  public Map<String, DestinationFigures> figures() {
    return figures(null);
  }

  /// @throws InboxException NOT_FOUND
  public DestinationFigures figuresOf(String destination) {
    return Optional.ofNullable(figures(destination).get(destination))
        .orElseThrow(() -> Destinations.notFound(destination));
  }

  private Map<String, DestinationFigures> figures(@Nullable String destination) {
    Map<String, DestinationFigures> figures = new TreeMap<>();
    database
        .read(connection ->
            FIGURES
                .with(destination, destination)
                .list(
                    connection,
                    row ->
                        new DestinationFigures(
                            row.text("name"),
                            row.int8("delivered"),
                            row.int8("pending"),
                            row.int8("held"),
                            row.int8("dead"),
                            row.int8("skipped"),
                            row.instantOrNull("oldest"))))
        .forEach(one -> figures.put(one.destination(), one));
    return figures;
  }

  /// Has a dead delivery tried again, with all its attempts anew; should one of its key wait, it
  /// waits behind. One that waits for its next attempt is tried at once.
  ///
  /// @throws InboxException NOT_FOUND; CONFLICT when it is neither, or waits behind another one, or
  ///   its destination is disabled
  public EventDelivery retry(Actor actor, DeliveryId id) {
    EventDelivery retried =
        database.write(transaction -> {
          EventDelivery found = find(transaction, id).orElseThrow(() -> DeliveryId.none(id.text()));
          requireOpen(transaction, found.destination());
          boolean waits =
              found.state() == DeliveryState.WAITING || found.state() == DeliveryState.BEHIND;
          if (waits) {
            Hastening.one(transaction, found, clock.instant());
          } else {
            revive(transaction, found);
          }
          activities.record(
              transaction,
              actor,
              waits ? "delivery.hasten" : "delivery.retry",
              "delivery/" + id.text(),
              Map.of("destination", found.destination()));
          return find(transaction, id).orElse(found);
        });
    wake.run();
    return retried;
  }

  private static void revive(Connection transaction, EventDelivery found) {
    KeptSlices.holdAll(transaction);
    DeliveryId id = found.id();
    DeliveryBooks books = new DeliveryBooks();
    List<Long> moved =
        RETRY
            .with(id.position(), id.number())
            .list(transaction, row -> alive(books, row.int8("position"), found, row.int4("lane")));
    if (moved.isEmpty()) {
      throw new InboxException(
          Code.CONFLICT,
          "state",
          "delivery "
              + id.text()
              + " is "
              + found.state().word()
              + "; only a dead one whose event is kept can be tried again, and one that waits");
    }
    books.enter(transaction);
  }

  private static long alive(DeliveryBooks books, long position, EventDelivery found, int lane) {
    books.moved(position, found.destination(), lane, DeliveryState.DEAD, DeliveryState.NEW);
    return position;
  }

  /// Has all dead deliveries to a destination tried again, in steps of a thousand, each of which
  /// counts by itself.
  ///
  /// @return how many
  /// @throws InboxException NOT_FOUND; CONFLICT when the destination is disabled
  public long retryAll(Actor actor, String destination) {
    long all = 0;
    int some;
    do {
      some = database.write(transaction -> retrySome(transaction, actor, destination));
      all += some;
      wake.run();
    } while (some == RETRIED_AT_ONCE);
    return all;
  }

  /// Has all deliveries to a destination that wait for their next attempt tried at once, in steps
  /// of a thousand, each of which counts by itself. A pause that the receiver asked for ends.
  ///
  /// @return how many
  /// @throws InboxException NOT_FOUND; CONFLICT when the destination is disabled
  public long hastenAll(Actor actor, String destination) {
    Instant now = clock.instant();
    long all = 0;
    long last = 0;
    List<Long> some;
    do {
      long after = last;
      some = database.write(transaction -> hastenSome(transaction, actor, destination, now, after));
      all += some.size();
      last = some.stream().reduce(last, Math::max);
      wake.run();
    } while (some.size() == RETRIED_AT_ONCE);
    return all;
  }

  private List<Long> hastenSome(
      Connection transaction, Actor actor, String destination, Instant now, long after) {
    requireOpen(transaction, destination);
    List<Long> some = Hastening.some(transaction, destination, now, after, RETRIED_AT_ONCE);
    if (!some.isEmpty()) {
      activities.record(
          transaction,
          actor,
          "delivery.hasten-all",
          "destination/" + destination,
          Map.of("deliveries", some.size()));
    }
    return some;
  }

  private int retrySome(Connection transaction, Actor actor, String destination) {
    requireOpen(transaction, destination);
    KeptSlices.holdAll(transaction);
    DeliveryBooks books = new DeliveryBooks();
    List<Long> moved =
        RETRY_ALL
            .with(destination, RETRIED_AT_ONCE)
            .list(
                transaction,
                row -> {
                  books.moved(
                      row.int8("position"),
                      destination,
                      row.int4("lane"),
                      DeliveryState.DEAD,
                      DeliveryState.NEW);
                  return row.int8("position");
                });
    books.enter(transaction);
    if (!moved.isEmpty()) {
      activities.record(
          transaction,
          actor,
          "delivery.retry-all",
          "destination/" + destination,
          Map.of(
              "deliveries",
              moved.size(),
              "first",
              Positions.text(moved.stream().min(Long::compare).orElseThrow())));
    }
    return moved.size();
  }

  private static void requireOpen(Connection connection, String name) {
    Destination destination =
        DestinationRows.find(connection, name)
            .map(DestinationRows.Stored::destination)
            .orElseThrow(() -> Destinations.notFound(name));
    if (destination.state() == Destination.State.DISABLED) {
      throw new InboxException(
          Code.CONFLICT, "state", "destination " + name + " is disabled; enable it first");
    }
  }
}
