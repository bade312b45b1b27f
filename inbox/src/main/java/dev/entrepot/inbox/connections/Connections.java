package dev.entrepot.inbox.connections;

import dev.entrepot.inbox.connections.ConnectionException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.feed.SecretReader;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All connections. They are held in memory; what any node changes is known to all within a second.
/// While the database is away the last known ones remain. Every change is one transaction with its
/// activity, which never holds a secret. Safe for use by many threads.
public final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private record Known(long revision, Map<String, OpenConnection> byName) {}

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final ConnectionSecrets secrets;
  private final ConnectionCheck check;
  private final AccountCheck accounts;
  private final ConnectionOpener opener;
  private final Map<String, EventSourceFactory> kinds;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("entrepot-inbox-connections").factory());
  private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
  private final List<GivenConnection> given = new CopyOnWriteArrayList<>();
  private volatile Known known;

  /// @param database migrated
  /// @param kinds of senders, by their name
  /// @param environment gives the values of `env:` secrets, as `System::getenv` does
  public Connections(
      Database database,
      ActivityLog activities,
      Clock clock,
      SecretSeal seal,
      Map<String, EventSourceFactory> kinds,
      UnaryOperator<@Nullable String> environment) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
    this.check = new ConnectionCheck(kinds);
    this.accounts = new AccountCheck(check);
    this.secrets = new ConnectionSecrets(new SecretValues(seal, environment, "connection"), check);
    this.opener = new ConnectionOpener(check, secrets, kinds);
    this.kinds = Map.copyOf(kinds);
    this.known = load(new Known(-1, Map.of()));
  }

  /// Begins to look for what other nodes change.
  public void start() {
    var _ =
        looker.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The kinds of senders there are, by name.
  public Map<String, EventSourceFactory> kinds() {
    return kinds;
  }

  /// A connection ready for use, from memory; empty when there is none, or it was removed.
  public Optional<OpenConnection> open(String name) {
    return known(name).filter(open -> open.connection().removedAt() == null);
  }

  /// All of them but those that were removed, by name, from memory.
  public List<OpenConnection> all() {
    return allKnown().stream().filter(open -> open.connection().removedAt() == null).toList();
  }

  /// A connection by which events came that are kept, also one that was removed: to read them.
  public Optional<OpenConnection> known(String name) {
    return Optional.ofNullable(known.byName().get(name));
  }

  /// As [#known], but looks in the database before it says that there is none: another node may
  /// have made it a moment ago, and taken events by it.
  ///
  /// @throws StorageException when it must be looked for, and the database cannot be reached
  public Optional<OpenConnection> sought(String name) {
    if (known(name).isEmpty() && database.read(ConnectionStore::revision) != known.revision()) {
      refresh();
    }
    return known(name);
  }

  /// All by which events came that are kept, by name.
  public List<OpenConnection> allKnown() {
    return known.byName().values().stream()
        .sorted(Comparator.comparing(open -> open.connection().name()))
        .toList();
  }

  /// A connection that is there.
  ///
  /// @throws ConnectionException NOT_FOUND; REMOVED
  public OpenConnection required(String name) {
    return open(name)
        .orElseThrow(
            () -> ConnectionCheck.absent(name, known(name).map(OpenConnection::connection)));
  }

  /// Reads secrets that are kept outside and that a connection's settings refer to.
  ///
  /// @param connection its name, for messages
  public SecretReader secretsOutside(String connection) {
    return secrets.outside(connection);
  }

  /// Makes a connection.
  ///
  /// @param secret its first one, or `env:NAME` or `file:/path`; null: none yet
  /// @throws ConnectionException INVALID, CONFLICT when the name is taken
  public InboxConnection create(Actor actor, ConnectionDraft draft, @Nullable String secret) {
    check.require(draft);
    String stored = secret == null ? null : secrets.stored(draft.name(), draft.kind(), secret);
    Instant now = clock.instant();
    return change(
        draft.name(),
        transaction -> {
          if (!ConnectionStore.insert(transaction, draft, now)) {
            throw ConnectionCheck.taken(find(transaction, draft.name()), draft.name());
          }
          accounts.require(transaction, Optional.empty(), draft);
          if (stored != null) {
            ConnectionStore.addSecret(transaction, draft.name(), stored, now, now);
          }
          record(transaction, actor, "create", draft.name(), draft.fields());
          given.forEach(one -> one.given(transaction, actor, draft.name(), null, draft.tenant()));
        });
  }

  /// Changes a connection; its name and kind stay.
  ///
  /// @param revision of the connection as it was when the change was thought out
  /// @throws ConnectionException INVALID, NOT_FOUND, CONFLICT when it was changed since
  public InboxConnection update(Actor actor, ConnectionDraft draft, long revision) {
    check.require(draft);
    return change(
        draft.name(),
        transaction -> {
          Optional<InboxConnection> before = find(transaction, draft.name());
          if (!ConnectionStore.update(transaction, draft, revision, clock.instant())) {
            Optional<InboxConnection> found = find(transaction, draft.name());
            InboxConnection present =
                found
                    .filter(one -> one.removedAt() == null)
                    .orElseThrow(() -> ConnectionCheck.absent(draft.name(), found));
            throw new ConnectionException(
                Code.CONFLICT,
                present.kind().equals(draft.kind()) ? "revision" : "kind",
                "connection %s is of kind %s and at revision %d, not %d; look at it again"
                    .formatted(draft.name(), present.kind(), present.revision(), revision));
          }
          accounts.require(transaction, before, draft);
          record(transaction, actor, "update", draft.name(), draft.fields());
          String former = before.map(InboxConnection::tenant).orElse(draft.tenant());
          if (!former.equals(draft.tenant())) {
            given.forEach(
                one -> one.given(transaction, actor, draft.name(), former, draft.tenant()));
          }
        });
  }

  /// Gives a connection a new secret. Signatures with those before remain genuine for a while.
  ///
  /// @param secret the value, or `env:NAME` or `file:/path`
  /// @param overlap how long the secrets before it remain valid; zero: not at all
  /// @throws ConnectionException INVALID, NOT_FOUND
  public InboxConnection rotate(Actor actor, String name, String secret, Duration overlap) {
    if (overlap.isNegative()) {
      throw ConnectionCheck.invalid("overlap", "secrets cannot remain valid for " + overlap);
    }
    Instant now = clock.instant();
    return change(
        name,
        transaction -> {
          ConnectionStore.Stored present = touched(transaction, name, now);
          String stored = secrets.stored(name, present.connection().kind(), secret);
          secrets.requireNew(present, stored, now);
          ConnectionStore.addSecret(transaction, name, stored, now.plus(overlap), now);
          record(transaction, actor, "rotate-secret", name, Map.of("overlap", overlap.toString()));
        });
  }

  /// Takes an older secret from a connection at once: signatures with it are forged from now on.
  ///
  /// @param number of the secret; the newest cannot be dropped, but [replaced][#rotate]
  /// @throws ConnectionException NOT_FOUND, CONFLICT when it is the newest
  public InboxConnection dropSecret(Actor actor, String name, int number) {
    return change(
        name,
        transaction -> {
          ConnectionStore.Stored present = touched(transaction, name, clock.instant());
          ConnectionCheck.requireOlder(present.connection(), number);
          ConnectionStore.dropSecret(transaction, name, number);
          record(transaction, actor, "drop-secret", name, Map.of("number", number));
        });
  }

  /// Removes a connection and its secrets: it takes nothing any more. Events that it kept remain
  /// till they are past the retention, and are handed on and replayed as before; as long, nobody
  /// else can have its name, so that no event is taken for one of another sender.
  ///
  /// @throws ConnectionException NOT_FOUND; REMOVED
  public InboxConnection remove(Actor actor, String name) {
    Instant now = clock.instant();
    return change(
        name,
        transaction -> {
          if (!ConnectionStore.remove(transaction, name, now)) {
            throw ConnectionCheck.absent(name, find(transaction, name));
          }
          record(transaction, actor, "remove", name, Map.of());
        });
  }

  /// Forgets removed connections of which no event is kept any more.
  ///
  /// @return how many; call again while there are some
  public int forgetRemoved(int limit) {
    return database.write(transaction -> {
      int forgotten = ConnectionStore.forgetRemoved(transaction, limit);
      if (forgotten > 0) {
        ConnectionStore.bump(transaction);
      }
      return forgotten;
    });
  }

  /// A sample delivery as the sender would make it, signed with the newest secret; each is another
  /// event than those a millisecond before.
  ///
  /// @throws ConnectionException NOT_FOUND; CONFLICT when the connection cannot be used as it is
  public Delivery sample(Actor actor, String name) {
    OpenConnection open = required(name);
    InboxConnection connection = open.connection();
    Instant now = clock.instant();
    if (!open.usable(now)) {
      throw new ConnectionException(
          Code.CONFLICT,
          "name",
          open.problem().orElse("connection " + name + " has no valid secret; give it one"));
    }
    EventSourceFactory factory = check.factory(connection.kind());
    boolean _ =
        database.write(transaction -> {
          record(transaction, actor, "test", name, Map.of());
          return true;
        });
    return factory.sample(
        ConnectionCheck.complete(factory, connection.settings()),
        open.secrets(now).stream().findFirst().orElse(""),
        now.toEpochMilli(),
        now);
  }

  /// Locked, so that changes of its secrets come one after the other.
  private static ConnectionStore.Stored touched(Connection transaction, String name, Instant now) {
    if (!ConnectionStore.touch(transaction, name, now)) {
      throw ConnectionCheck.absent(name, find(transaction, name));
    }
    return ConnectionStore.find(transaction, name)
        .orElseThrow(() -> ConnectionCheck.absent(name, Optional.empty()));
  }

  private InboxConnection change(String name, Consumer<Connection> work) {
    InboxConnection changed =
        database.write(transaction -> {
          // First of all: then what changes at once locks all that follows in turn.
          ConnectionStore.bump(transaction);
          work.accept(transaction);
          return find(transaction, name)
              .orElseThrow(() -> ConnectionCheck.absent(name, Optional.empty()));
        });
    refresh();
    return changed;
  }

  private void record(
      Connection transaction, Actor actor, String verb, String name, Map<String, ?> details) {
    activities.record(transaction, actor, "connection." + verb, "connection/" + name, details);
  }

  private static Optional<InboxConnection> find(Connection connection, String name) {
    return ConnectionStore.find(connection, name).map(ConnectionStore.Stored::connection);
  }

  /// Secrets in files may change without anybody telling.
  private void look() {
    try {
      boolean files =
          known.byName().values().stream()
              .flatMap(open -> open.connection().secrets().stream())
              .anyMatch(secret -> secret.reference() != null);
      if (files || database.read(ConnectionStore::revision) != known.revision()) {
        refresh();
      }
    } catch (StorageException e) {
      LOG.debug("the connections remain as they were known", e);
    } catch (RuntimeException | Error e) {
      LOG.error("looking for changed connections failed; the known ones remain", e);
    }
  }

  /// Tells somebody in this process of connections that are not paused any more, by their names,
  /// whichever node changed them.
  public void onResumed(Consumer<Set<String>> listener) {
    listeners.add(listener);
  }

  /// Has somebody see to what follows when a tenant is given a connection.
  public void onGiven(GivenConnection listener) {
    given.add(listener);
  }

  /// Takes in at once what is in the database, without waiting for the next look.
  public void refresh() {
    Set<String> resumed = new TreeSet<>();
    synchronized (this) {
      Known before = known;
      known = load(before);
      known
          .byName()
          .forEach((name, open) -> {
            OpenConnection last = before.byName().get(name);
            if (last != null && isPaused(last) && !isPaused(open)) {
              resumed.add(name);
            }
          });
    }
    if (!resumed.isEmpty()) {
      listeners.forEach(listener -> listener.accept(resumed));
    }
  }

  private static boolean isPaused(OpenConnection open) {
    return open.connection().state() == InboxConnection.State.PAUSED;
  }

  private Known load(Known before) {
    return database.read(connection -> {
      // First, so that a change in between is seen next time.
      long revision = ConnectionStore.revision(connection);
      Map<String, OpenConnection> byName = new HashMap<>();
      for (ConnectionStore.Stored stored : ConnectionStore.all(connection)) {
        byName.put(stored.connection().name(), opened(stored, before));
      }
      return new Known(revision, Map.copyOf(byName));
    });
  }

  private OpenConnection opened(ConnectionStore.Stored stored, Known before) {
    OpenConnection open = opener.open(stored, clock.instant());
    tell(stored.connection().name(), open.problem().orElse(null), before);
    return open;
  }

  /// Once per change.
  private static void tell(String name, @Nullable String problem, Known before) {
    OpenConnection last = before.byName().get(name);
    if (problem != null && (last == null || !problem.equals(last.problem().orElse("")))) {
      LOG.warn("connection {}: {}", name, problem);
    }
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
