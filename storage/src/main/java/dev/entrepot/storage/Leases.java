package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Named leases with fencing, kept in the table `lease`. The server's clock alone decides whether a
/// lease has run out, so nodes with wrong clocks do no harm. Safe for use by many threads and
/// nodes.
///
/// A lease that ran out but was taken by nobody is still its holder's: it can be renewed, and
/// [#require] passes.
public final class Leases {

  // Takes no lock while somebody else's lease runs, so that it never waits for a settling holder.
  private static final Sql ACQUIRE =
      Sql.of(
          """
          insert into lease as l (name, holder, token, until)
          select ?, ?, 1, clock_timestamp() + ?
          where not exists (select from lease where name = ? and until > clock_timestamp())
          on conflict (name) do update
            set holder = excluded.holder, token = l.token + 1, until = clock_timestamp() + ?
            where l.until <= clock_timestamp()
          returning token
          """);

  private static final Sql RENEW =
      Sql.of("update lease set until = clock_timestamp() + ? where name = ? and token = ?");

  // The row stays, so that tokens never start again; the token moves on, so that it is lost at
  // once.
  private static final Sql RELEASE =
      Sql.of(
          """
          update lease set token = token + 1, holder = '', until = clock_timestamp()
          where name = ? and token = ?
          """);

  private static final Sql RELEASE_ALL =
      Sql.of(
          """
          update lease set token = token + 1, holder = '', until = clock_timestamp()
          where holder = ? and starts_with(name, ?)
          """);

  // (name, token) is unique: FOR KEY SHARE holds off a new token, but not the renewal of `until`.
  private static final Sql REQUIRE =
      Sql.of("select 1 as held from lease where name = ? and token = ? for key share");

  // Never waits for a holder that is in the middle of a transaction, nor for another taker.
  private static final Sql ACQUIRE_ALL =
      Sql.of(
          """
          with free as (
            select name from lease where name = any(?::text[]) and until <= clock_timestamp()
            order by name for update skip locked),
          taken as (
            update lease set holder = ?, token = lease.token + 1, until = clock_timestamp() + ?
            from free where lease.name = free.name returning lease.name, lease.token),
          made as (
            insert into lease (name, holder, token, until)
            select name, ?, 1, clock_timestamp() + ? from unnest(?::text[]) as asked (name)
            where not exists (select from lease where lease.name = asked.name)
            order by name on conflict (name) do nothing returning name, token)
          select name, token from taken union all select name, token from made
          """);

  private static final Sql RENEW_ALL =
      Sql.of(
          """
          update lease set until = clock_timestamp() + ?
          from unnest(?::text[], ?::bigint[]) as held (name, token)
          where lease.name = held.name and lease.token = held.token
          returning lease.name
          """);

  private static final Sql RELEASE_THESE =
      Sql.of(
          """
          update lease set token = lease.token + 1, holder = '', until = clock_timestamp()
          from unnest(?::text[], ?::bigint[]) as held (name, token)
          where lease.name = held.name and lease.token = held.token
          """);

  private static final Sql REQUIRE_ALL =
      Sql.of(
          """
          select lease.name from lease
          join unnest(?::text[], ?::bigint[]) as held (name, token)
            on lease.name = held.name and lease.token = held.token
          order by lease.name
          for key share of lease
          """);

  private static final Sql HELD =
      Sql.of("select name from lease where name = any(?::text[]) and until > clock_timestamp()");

  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Database database;
  private final Clock clock;

  /// @param clock the holder's own clock, for [Lease#until()] alone
  public Leases(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Takes the lease when it is free or has run out. Every success has a greater token than all
  /// before it. A holder that has it already does not get it again: renew it.
  ///
  /// @param holder who asks, for people to read; not empty
  /// @param timeToLive how long it holds without renewal; positive
  public Optional<Lease> acquire(String name, String holder, Duration timeToLive) {
    if (holder.isEmpty()) {
      throw new IllegalArgumentException("the holder of lease " + name + " is empty");
    }
    requirePositive(name, timeToLive);
    Instant until = clock.instant().plus(timeToLive);
    return database.write(
        SILENCE,
        connection ->
            ACQUIRE
                .with(name, holder, timeToLive, name, timeToLive)
                .first(connection, row -> new Lease(name, holder, row.int8("token"), until)));
  }

  /// Prolongs the lease, counted from now, even when it ran out but nobody took it since.
  ///
  /// @return whether it is still held; if not, stop what it stands for
  public boolean renew(Lease lease, Duration timeToLive) {
    requirePositive(lease.name(), timeToLive);
    return database.write(
        SILENCE,
        connection -> RENEW.with(timeToLive, lease.name(), lease.token()).update(connection) == 1);
  }

  /// Gives the lease back; nothing happens when it is lost already.
  public void release(Lease lease) {
    database.write(
        SILENCE, connection -> RELEASE.with(lease.name(), lease.token()).update(connection));
  }

  /// Gives back all leases of a holder, for a node that starts again under its own name and knows
  /// that its former self is dead.
  ///
  /// @param prefix of their names: parts of a node that start one after the other must not give
  ///   back what another part has just taken
  /// @return how many there were
  public int releaseAll(String holder, String prefix) {
    return database.write(
        SILENCE, connection -> RELEASE_ALL.with(holder, prefix).update(connection));
  }

  /// Fencing: passes only while the lease's token is the current one, and keeps it so until the
  /// transaction ends. Renewals are not held up.
  ///
  /// @param transaction a connection inside the transaction that the lease protects
  /// @throws StorageException [Code#LEASE_LOST]; the transaction must be rolled back
  public void require(Connection transaction, Lease lease) {
    boolean held =
        REQUIRE
            .with(lease.name(), lease.token())
            .first(transaction, row -> row.int4("held"))
            .isPresent();
    if (!held) {
      throw lost(lease);
    }
  }

  /// Takes those of several leases that are free or have run out, in one statement. One that ran
  /// out is not taken while its holder is in a transaction that [requires][#require] it.
  ///
  /// @return the ones that were taken, as by [#acquire]
  public List<Lease> acquireAll(Collection<String> names, String holder, Duration timeToLive) {
    if (names.isEmpty()) {
      return List.of();
    }
    if (holder.isEmpty()) {
      throw new IllegalArgumentException("the holder of leases " + names + " is empty");
    }
    requirePositive(names.toString(), timeToLive);
    Instant until = clock.instant().plus(timeToLive);
    String[] asked = names.toArray(String[]::new);
    return database.write(
        SILENCE,
        connection ->
            ACQUIRE_ALL
                .with(asked, holder, timeToLive, holder, timeToLive, asked)
                .list(
                    connection,
                    row -> new Lease(row.text("name"), holder, row.int8("token"), until)));
  }

  /// Which of several leases somebody holds now; the others are free or have run out.
  public Set<String> held(Collection<String> names) {
    return new HashSet<>(
        database.read(connection ->
            HELD.with((Object) names.toArray(String[]::new))
                .list(connection, row -> row.text("name"))));
  }

  /// Prolongs several leases in one statement.
  ///
  /// @return those that are still held, with their new end; stop what the others stand for
  public List<Lease> renewAll(Collection<Lease> leases, Duration timeToLive) {
    if (leases.isEmpty()) {
      return List.of();
    }
    requirePositive("of " + leases.size() + " names", timeToLive);
    Instant until = clock.instant().plus(timeToLive);
    Set<String> held =
        new HashSet<>(
            database.write(
                SILENCE,
                connection ->
                    RENEW_ALL
                        .with(timeToLive, names(leases), tokens(leases))
                        .list(connection, row -> row.text("name"))));
    return leases.stream()
        .filter(lease -> held.contains(lease.name()))
        .map(lease -> new Lease(lease.name(), lease.holder(), lease.token(), until))
        .toList();
  }

  /// Gives several leases back in one statement; nothing happens to those that are lost already.
  public void releaseAll(Collection<Lease> leases) {
    if (!leases.isEmpty()) {
      database.write(
          SILENCE,
          connection -> RELEASE_THESE.with(names(leases), tokens(leases)).update(connection));
    }
  }

  /// Fencing by several leases at once: passes only while all are held; see [#require].
  ///
  /// @throws StorageException [Code#LEASE_LOST]; the transaction must be rolled back
  public void requireAll(Connection transaction, Collection<Lease> leases) {
    if (leases.isEmpty()) {
      return;
    }
    Set<String> held =
        new HashSet<>(
            REQUIRE_ALL
                .with(names(leases), tokens(leases))
                .list(transaction, row -> row.text("name")));
    for (Lease lease : leases) {
      if (!held.contains(lease.name())) {
        throw lost(lease);
      }
    }
  }

  private static String[] names(Collection<Lease> leases) {
    return leases.stream().map(Lease::name).toArray(String[]::new);
  }

  private static Long[] tokens(Collection<Lease> leases) {
    return leases.stream().map(Lease::token).toArray(Long[]::new);
  }

  private static StorageException lost(Lease lease) {
    return new StorageException(
        Code.LEASE_LOST,
        "lease "
            + lease.name()
            + " with token "
            + lease.token()
            + " is no longer held by "
            + lease.holder()
            + "; stop this work, its new holder goes on with it");
  }

  private static void requirePositive(String name, Duration timeToLive) {
    if (!timeToLive.isPositive()) {
      throw new IllegalArgumentException(
          "the time to live of lease " + name + " is not positive: " + timeToLive);
    }
  }
}
