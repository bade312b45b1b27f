package dev.entrepot.inbox.hotstore;

import dev.entrepot.inbox.hotstore.Foreseen.Difference;
import dev.entrepot.model.Page;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The hot store in the tables `hot_…` of PostgreSQL. All methods throw
/// [dev.entrepot.storage.StorageException], and [dev.entrepot.inbox.InboxException] for a wrong
/// cursor or size.
public final class PostgresHotStore implements HotStore {
  private final Session session;
  private final Clock clock;
  private final TimesToLive usual;

  private PostgresHotStore(Session session, Clock clock, TimesToLive usual) {
    this.session = session;
    this.clock = clock;
    this.usual = usual;
  }

  /// Every call is a transaction of its own.
  ///
  /// @param clock tells what has expired
  /// @param usual where the table of tenants' own times says nothing
  public static HotStore over(Database database, Clock clock, TimesToLive usual) {
    return new PostgresHotStore(Session.of(database), clock, usual);
  }

  /// Every call is a part of the given transaction. For the thread that has it.
  public static HotStore within(Connection transaction, Clock clock, TimesToLive usual) {
    return new PostgresHotStore(Session.within(transaction), clock, usual);
  }

  @Override
  public List<Effect> apply(List<IncomingChange> changes) {
    return changes.isEmpty()
        ? List.of()
        : session.write(transaction -> {
          Effect[] effects = new Effect[changes.size()];
          EntityRows.apply(transaction, changes, effects);
          CompletionRows.apply(transaction, changes, effects);
          return List.of(effects);
        });
  }

  @Override
  public List<Foreseen> preview(List<IncomingChange> changes) {
    return session.read(connection -> {
      Effect[] effects = new Effect[changes.size()];
      List<List<Difference>> differences = new ArrayList<>();
      changes.forEach(change -> differences.add(new ArrayList<>()));
      CompletionRows.preview(connection, changes, effects);
      EntityRows.preview(
          connection,
          changes,
          (index, step) -> {
            effects[index] = step.effect();
            differences.get(index).addAll(Differences.of(step));
          });
      List<Foreseen> foreseen = new ArrayList<>(effects.length);
      for (int i = 0; i < effects.length; i++) {
        foreseen.add(new Foreseen(changes.get(i).key(), effects[i], differences.get(i)));
      }
      return foreseen;
    });
  }

  @Override
  public Optional<Entity> get(EntityKey key) {
    return query(queries -> queries.get(key));
  }

  @Override
  public Page<Entity> find(
      String tenant,
      EntityType type,
      Lookup lookup,
      String value,
      @Nullable String cursor,
      int size) {
    PageRequest page = PageRequest.of(cursor, size);
    return query(queries -> queries.find(StoredName.of(tenant), type, lookup, value, page));
  }

  @Override
  public Page<Entity> list(EntityFilter filter, @Nullable String cursor, int size) {
    PageRequest page = PageRequest.of(cursor, size);
    return query(queries -> queries.list(filter, page));
  }

  @Override
  public Page<Entity> abandonedCarts(
      String tenant, Instant before, @Nullable String cursor, int size) {
    PageRequest page = PageRequest.of(cursor, size);
    return query(queries -> queries.abandonedCarts(StoredName.of(tenant), before, page));
  }

  @Override
  public List<Entity> of(Person person, int limit) {
    return query(queries -> queries.of(person, limit));
  }

  @Override
  public int expire(int limit) {
    return session.write(transaction ->
        new Removal(transaction)
            .expire(TimeToLiveTable.load(transaction, usual), clock.instant(), limit));
  }

  @Override
  public int erase(Person person, Instant at, long position, int limit) {
    return session.write(transaction -> {
      Removal removal = new Removal(transaction);
      EntityQueries queries = new EntityQueries(transaction, TimesToLiveNow.NONE);
      List<EntityKey> keys = queries.keysOf(person, limit);
      return removal.erase(keys, at, position, clock.instant());
    });
  }

  @Override
  public int eraseAccount(String tenant, String account, int limit) {
    return session.write(transaction ->
        new Removal(transaction)
            .eraseAccount(StoredName.of(tenant), StoredName.of(account), limit));
  }

  private <T> T query(Query<T> query) {
    return session.read(connection ->
        query.run(
            new EntityQueries(
                connection,
                new TimesToLiveNow(TimeToLiveTable.load(connection, usual), clock.instant()))));
  }

  private interface Query<T> {
    T run(EntityQueries queries);
  }
}
