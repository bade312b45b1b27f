package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
          where holder = ?
          """);

  // (name, token) is unique: FOR KEY SHARE holds off a new token, but not the renewal of `until`.
  private static final Sql REQUIRE =
      Sql.of("select 1 as held from lease where name = ? and token = ? for key share");

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
    return database.write(connection ->
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
        connection -> RENEW.with(timeToLive, lease.name(), lease.token()).update(connection) == 1);
  }

  /// Gives the lease back; nothing happens when it is lost already.
  public void release(Lease lease) {
    database.write(connection -> RELEASE.with(lease.name(), lease.token()).update(connection));
  }

  /// Gives back all leases of a holder, for a node that starts again under its own name and knows
  /// that its former self is dead.
  ///
  /// @return how many there were
  public int releaseAll(String holder) {
    return database.write(connection -> RELEASE_ALL.with(holder).update(connection));
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
      throw new StorageException(
          Code.LEASE_LOST,
          "lease "
              + lease.name()
              + " with token "
              + lease.token()
              + " is no longer held by "
              + lease.holder()
              + "; stop this work, its new holder goes on with it");
    }
  }

  private static void requirePositive(String name, Duration timeToLive) {
    if (!timeToLive.isPositive()) {
      throw new IllegalArgumentException(
          "the time to live of lease " + name + " is not positive: " + timeToLive);
    }
  }
}
