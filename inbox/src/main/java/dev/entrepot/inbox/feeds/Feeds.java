package dev.entrepot.inbox.feeds;

import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.InboxConnection.State;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.spi.feed.FedSourceFactory;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the events of all connections whose kind of sender is fed, on every node at once: who
/// fetches what is settled by where the messages wait. A connection that is disabled is not fetched
/// from. Safe for use by many threads.
public final class Feeds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FORGET = Duration.ofDays(7);
  private static final Duration GRACE = Duration.ofSeconds(4);

  /// @param name of the connection
  /// @param revision of the connection when it was started
  private record Running(String name, long revision, FeedReader reader, Thread thread) {}

  private final Database database;
  private final Connections connections;
  private final Intake intake;
  private final Clock clock;
  private final String node;
  private final FeedReader.Times times;
  private final Map<String, Running> running = new HashMap<>();
  private final List<Thread> ending = new ArrayList<>();
  private final Map<String, FeedJournal> journals = new HashMap<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("entrepot-inbox-feeds").factory());
  private boolean closed;

  /// @param node who fetches; no two that run at once have the same
  public Feeds(
      Database database, Connections connections, Intake intake, Clock clock, String node) {
    this(database, connections, intake, clock, node, FeedReader.Times.DEFAULT);
  }

  Feeds(
      Database database,
      Connections connections,
      Intake intake,
      Clock clock,
      String node,
      FeedReader.Times times) {
    this.database = database;
    this.connections = connections;
    this.intake = intake;
    this.clock = clock;
    this.node = node;
    this.times = times;
  }

  /// The kinds of senders with the settings of the feeds that fetch their events. Kinds whose feed
  /// is not there are left out.
  public static List<EventSourceFactory> senders(
      List<EventSourceFactory> senders, List<EventFeedFactory> feeds) {
    Map<String, EventFeedFactory> byName = new HashMap<>();
    feeds.forEach(feed -> byName.put(feed.name(), feed));
    List<EventSourceFactory> all = new ArrayList<>();
    for (EventSourceFactory sender : senders) {
      if (!(sender instanceof FedSourceFactory fed)) {
        all.add(sender);
        continue;
      }
      EventFeedFactory feed = byName.get(fed.feed());
      if (feed != null) {
        all.add(new FedSender(fed, feed));
      }
    }
    return List.copyOf(all);
  }

  /// Begins to fetch.
  public void start() {
    var _ = looker.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// How all nodes get on, by connection and node; a few seconds old at most.
  ///
  /// @param connection null: all
  public List<FeedState> states(@Nullable String connection) {
    return database.read(reading -> FeedRows.all(reading, connection));
  }

  /// How many connections this node fetches from now.
  public synchronized int running() {
    return running.size();
  }

  private void look() {
    try {
      follow();
      write();
    } catch (StorageException e) {
      LOG.debug("the state of fetching could not be written; it is later", e);
    } catch (RuntimeException | Error e) {
      LOG.error("looking after what is fetched failed", e);
    }
  }

  /// Starts and stops readers as the connections say.
  private synchronized void follow() {
    if (closed) {
      return;
    }
    Map<String, OpenConnection> wanted = new HashMap<>();
    for (OpenConnection open : connections.all()) {
      if (open.fed() && open.readable() && open.connection().state() != State.DISABLED) {
        wanted.put(open.connection().name(), open);
      }
    }
    List.copyOf(running.values())
        .forEach(reader -> {
          OpenConnection open = wanted.get(reader.name());
          if (open == null
              || open.connection().revision() != reader.revision()
              || !reader.thread().isAlive()) {
            end(reader, open == null);
          }
        });
    wanted.forEach((name, open) -> running.computeIfAbsent(name, _ -> begin(open)));
    ending.removeIf(thread -> !thread.isAlive());
  }

  private Running begin(OpenConnection open) {
    InboxConnection connection = open.connection();
    String name = connection.name();
    if (!(connections.kinds().get(connection.kind()) instanceof FedSender sender)) {
      throw new IllegalStateException("no feed is known for senders of " + connection.kind());
    }
    FeedJournal journal = journals.computeIfAbsent(name, _ -> new FeedJournal(name, node, clock));
    FeedReader reader =
        new FeedReader(
            () -> sender.openFeed(open.settings(), connections.secretsOutside(name)),
            delivery -> intake.acceptFetched(name, delivery),
            journal,
            times);
    LOG.info("connection {}: its events are fetched by {}", name, sender.feed());
    // Virtual: their blocking reads can be interrupted, those of platform threads cannot.
    return new Running(
        name,
        connection.revision(),
        reader,
        Thread.ofVirtual().name("entrepot-inbox-feed-" + name).start(reader));
  }

  private void end(Running reader, boolean forGood) {
    String name = reader.name();
    running.remove(name);
    reader.reader().stop();
    ending.add(reader.thread());
    FeedJournal journal = journals.get(name);
    if (forGood && journal != null) {
      journal.stopped();
      LOG.info("connection {}: its events are not fetched any more", name);
    }
  }

  private void write() {
    List<FeedState> due = new ArrayList<>();
    List<FeedJournal> written = new ArrayList<>();
    synchronized (this) {
      journals.forEach((name, journal) ->
          journal
              .due(running.containsKey(name))
              .ifPresent(state -> {
                due.add(state);
                written.add(journal);
              }));
    }
    if (due.isEmpty()) {
      return;
    }
    try {
      int _ =
          database.write(transaction -> {
            due.forEach(state -> FeedRows.put(transaction, state));
            return FeedRows.forget(transaction, FORGET);
          });
    } catch (RuntimeException | Error e) {
      written.forEach(FeedJournal::unwritten);
      throw e;
    }
  }

  /// Fetches no more. What is being kept is kept and deleted; the rest is given back. Waits for
  /// that for a few seconds; what takes longer comes again by itself.
  @Override
  public void close() {
    List<Thread> threads = new ArrayList<>();
    synchronized (this) {
      closed = true;
      List.copyOf(running.values()).forEach(reader -> end(reader, false));
      threads.addAll(ending);
    }
    looker.shutdown();
    long until = System.nanoTime() + GRACE.toNanos();
    try {
      for (Thread thread : threads) {
        boolean _ = thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    look();
  }
}
