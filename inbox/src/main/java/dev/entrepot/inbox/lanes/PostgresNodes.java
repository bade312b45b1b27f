package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Nodes and their leases in PostgreSQL, by the server's clock. Owns `inbox_node`.
final class PostgresNodes implements NodeStore {
  private static final Duration FORGET = Duration.ofDays(1);

  private static final Sql ANNOUNCE =
      Sql.of(
          """
          insert into inbox_node (name) values (?)
          on conflict (name) do update set seen_at = clock_timestamp()
          """);

  private static final Sql LIVING =
      Sql.of("select name from inbox_node where seen_at > clock_timestamp() - ?::interval");

  private static final Sql LEAVE =
      Sql.of("delete from inbox_node where name = ? or seen_at < clock_timestamp() - ?::interval");

  private static final Sql LANES = Sql.of("select lane from inbox_lane");

  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Database database;
  private final Leases leases;

  PostgresNodes(Database database, Leases leases) {
    this.database = database;
    this.leases = leases;
  }

  @Override
  public Roster announce(String node, Duration silence) {
    List<Integer> lanes =
        database.read(
            SILENCE,
            connection -> {
              ANNOUNCE.with(node).updateOne(connection);
              return LANES.list(connection, row -> row.int4("lane"));
            });
    List<String> living =
        database.read(
            SILENCE, connection -> LIVING.with(silence).list(connection, row -> row.text("name")));
    Set<String> held = leases.held(lanes.stream().map(LaneLease::name).toList());
    Set<Integer> free =
        lanes.stream()
            .filter(lane -> !held.contains(LaneLease.name(lane)))
            .collect(Collectors.toSet());
    return new Roster(lanes.size(), living, free);
  }

  @Override
  public void leave(String node) {
    int _ = database.write(SILENCE, connection -> LEAVE.with(node, FORGET).update(connection));
  }

  @Override
  public List<LaneLease> acquire(String node, List<Integer> lanes, Duration timeToLive) {
    return of(leases.acquireAll(lanes.stream().map(LaneLease::name).toList(), node, timeToLive));
  }

  @Override
  public List<LaneLease> renew(List<LaneLease> held, Duration timeToLive) {
    return of(leases.renewAll(held.stream().map(LaneLease::lease).toList(), timeToLive));
  }

  @Override
  public void release(List<LaneLease> held) {
    leases.releaseAll(held.stream().map(LaneLease::lease).toList());
  }

  private static List<LaneLease> of(List<Lease> taken) {
    return taken.stream().map(LaneLease::of).toList();
  }
}
