package dev.entrepot.inbox.log;

import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The log of all events, in the order of arrival. Safe for use by many threads, virtual ones
/// included; several nodes may append to one log.
///
/// What was [Appended.Accepted] is on disk and survives the loss of power. What was [appended
/// twice][Appended.Duplicate] under one connection and external id is kept once, as long as the
/// retention says.
///
/// Readers that must not miss an event ask for the [#horizon] first and read only below it; each in
/// a statement of its own, in a transaction that is READ COMMITTED (the default) or in none.
public final class EventLog implements AutoCloseable {
  private static final Sql LANES = Sql.of("select lanes from inbox_settings");

  private final Database database;
  private final int lanes;
  private final GroupCommit groupCommit;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// @param database migrated
  public EventLog(Database database, LogSettings settings) {
    this.database = database;
    this.lanes = database.read(connection -> LANES.one(connection, row -> row.int4("lanes")));
    this.groupCommit = new GroupCommit(database, settings, () -> listeners.forEach(Runnable::run));
  }

  /// Begins to write; what is appended before waits.
  public void start() {
    groupCommit.start();
  }

  /// How many lanes there are, numbered from 0. Never changes in the life of a database.
  public int lanes() {
    return lanes;
  }

  /// In which lane the events of a key are.
  public int lane(String key) {
    return PackedEvent.lane(key, lanes);
  }

  /// Of a key, as it is in the log's column of that name.
  public long keyHash(String key) {
    return Digests.key(StorableText.repair(key));
  }

  /// Keeps an event, and waits until it is on disk.
  public Appended append(NewEvent event) {
    return groupCommit.append(PackedEvent.of(event, lanes));
  }

  /// Tells somebody in this process after events were appended by it; the events of other nodes
  /// must be looked for. Runs in the thread that appends: it must be quick and throw nothing.
  public void onAppended(Runnable listener) {
    listeners.add(listener);
  }

  /// The first position that is not final: every position below it holds its event by now, visible
  /// to the next statement, or never will.
  public long horizon(Connection connection) {
    return Horizon.of(connection);
  }

  /// Reads on in several lanes at once.
  ///
  /// @param after by lane the position behind which to read; 0 reads from the beginning
  /// @param horizon as [#horizon] told before
  /// @param perLane at most so many events of each lane
  /// @return ordered by position, over all lanes; the events of a lane without gaps. No more than
  ///   16 MB of headers and bodies, unless the first event alone is more
  public List<LoggedEvent> read(
      Connection connection, Map<Integer, Long> after, long horizon, int perLane) {
    return EventReader.read(connection, after, horizon, perLane);
  }

  /// The events at some positions, ordered by position; those that were dropped are missing.
  public List<LoggedEvent> load(Connection connection, Collection<Long> positions) {
    return EventReader.load(connection, positions);
  }

  /// The first of some events.
  ///
  /// @param events ordered by position
  /// @param cutAt the first position that was left for later; [Long#MAX_VALUE]: none was
  public record Loaded(List<LoggedEvent> events, long cutAt) {
    public Loaded {
      events = List.copyOf(events);
    }

    /// Whether it says what is at a position: the event, or that there is none any more.
    public boolean tells(long position) {
      return position < cutAt;
    }
  }

  /// The first of the events at some positions, as many as are not too much together: 16 MB of
  /// headers and bodies, but for the first one.
  public Loaded loadSome(Connection connection, Collection<Long> positions) {
    return EventReader.loadSome(connection, positions);
  }

  /// How far a scan came.
  ///
  /// @param reached the last position that was looked at
  /// @param finished whether there is nothing more below the horizon
  public record Scanned(long reached, boolean finished) {}

  /// Looks at some events in the order of their positions, one after the other: one is in memory at
  /// a time, and 16 MB of packed ones.
  ///
  /// @param after behind which position; 0: from the beginning
  /// @param horizon as [#horizon] told before
  /// @param limit at most so many events, those of other connections included
  /// @param connections only events of these are given to the visitor
  public Scanned scan(
      Connection connection,
      long after,
      long horizon,
      int limit,
      Set<String> connections,
      Consumer<LoggedEvent> visitor) {
    return EventReader.scan(connection, after, horizon, limit, connections, visitor);
  }

  /// Notes what a mended event was handed on as: it is found by that, too, from now on.
  ///
  /// @param as null: as it came
  public void handedOn(Connection transaction, long position, @Nullable HandedAs as) {
    HandedAs.note(transaction, position, as);
  }

  /// Erases headers and bodies for good; position, identity and outcome of the events remain.
  ///
  /// @return how many of them were not erased before
  public int erase(Connection transaction, Collection<Long> positions, Instant at) {
    return EventReader.erase(transaction, positions, at);
  }

  /// The event at a position.
  public Optional<LoggedEvent> find(long position) {
    return database.read(connection -> EventReader.load(connection, List.of(position))).stream()
        .findFirst();
  }

  /// An event without headers and body.
  public Optional<EventHead> head(long position) {
    return database.read(connection -> EventReader.head(connection, position));
  }

  /// When the newest event of a connection came; empty when none came since a moment.
  public Optional<Instant> newestSince(String connection, Instant since) {
    return database.read(session -> EventReader.newestSince(session, connection, since));
  }

  /// Events for people, newest first, without headers and bodies. Of a connection, topic or id
  /// alone a page may be short, or empty, and yet have a next one.
  ///
  /// @param cursor of the page before; null: from the newest
  public Page<EventHead> find(EventFilter filter, @Nullable String cursor, int size) {
    return database.read(connection -> EventFinder.find(connection, filter, cursor, size));
  }

  /// Those of these events that fit, for people, newest first, without headers and bodies.
  public List<EventHead> among(EventFilter filter, Collection<Long> positions) {
    return database.read(connection -> EventFinder.among(connection, filter, positions));
  }

  /// Repeated deliveries for people, newest first, in one order with the events. A page may be
  /// short, or empty, and yet have a next one.
  ///
  /// @param filter topic, key and id are those of the event that was kept: where its slice was
  ///   dropped, nothing fits; times are those of the repeated delivery
  /// @param cursor of the page before, of this list or of [#find]; null: from the newest
  public Page<Repeat> repeats(EventFilter filter, @Nullable String cursor, int size) {
    return database.read(connection -> RepeatReader.find(connection, filter, cursor, size));
  }

  /// The repeated deliveries of an event, oldest first.
  ///
  /// @param first its position
  public List<Repeat> repeatsOf(long first, int most) {
    return database.read(connection -> RepeatReader.of(connection, first, most));
  }

  /// The repeated delivery at a position.
  public Optional<Repeat> repeat(long position) {
    return database.read(connection -> RepeatReader.at(connection, position));
  }

  /// Before which position the page after a cursor of [#find] begins.
  ///
  /// @param cursor null: from the newest
  /// @throws dev.entrepot.inbox.InboxException INVALID when it is none
  public static long before(@Nullable String cursor) {
    return EventReader.before(cursor);
  }

  /// Positions that can hold what came within the times of a filter.
  public SliceSpan span(Connection connection, EventFilter filter) {
    return SliceSpan.of(connection, filter, Long.MAX_VALUE);
  }

  /// Events for people who follow, oldest first: only such as are final, so that none is missed.
  ///
  /// @param filter by connection, topic and key; ids and times do not count
  /// @param after behind which position; null: none yet, from now on
  public Followed follow(EventFilter filter, @Nullable Long after, int size) {
    return database.read(connection -> EventReader.follow(connection, filter, after, size));
  }

  /// Writes what waits, then stops taking more.
  @Override
  public void close() {
    groupCommit.close();
  }
}
