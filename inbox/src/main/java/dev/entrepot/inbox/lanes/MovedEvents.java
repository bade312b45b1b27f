package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.TreeSet;

/// Events that wait when their connection is given to another tenant: from then on they hold up
/// that one's keys.
public final class MovedEvents {
  private static final Sql LANES = Sql.of("select lane from inbox_lane");

  private static final Sql HOLDS =
      Sql.of(
          """
          select distinct hold, ? || '/' || key as moved from inbox_waiting
          where connection = ? and tenant <> ?
          """);

  // What holds a key holds it for the other tenant, too.
  private static final Sql PARK =
      Sql.of(
          """
          insert into inbox_parked (tenant, key, lane, by, reason, letter, since)
          select distinct on (p.key) ?, p.key, p.lane, p.by, p.reason, p.letter, p.since
          from inbox_parked p
          where exists (select from inbox_waiting w
              where w.hold = p.hold and w.connection = ? and w.tenant <> ?)
            or exists (select from inbox_dead_letter d
              where d.id = p.letter and d.connection = ? and p.tenant <> ?)
          on conflict (key, tenant) do nothing
          """);

  private static final Sql MOVE =
      Sql.of(
          """
          update inbox_waiting set tenant = ?, due_at = null where connection = ? and tenant <> ?
          """);

  private MovedEvents() {}

  /// To be called in the transaction that gives another tenant a connection; of a new one nothing
  /// waits.
  public static void move(Connection transaction, String connection, String tenant) {
    // All of them: a worker may have read events of it and not settled them yet.
    LetterActs.lock(transaction, LANES.list(transaction, row -> row.int4("lane")));
    TreeSet<String> holds = new TreeSet<>();
    HOLDS
        .with(tenant, connection, tenant)
        .list(transaction, row -> List.of(row.text("hold"), row.text("moved")))
        .forEach(holds::addAll);
    int _ = PARK.with(tenant, connection, tenant, connection, tenant).update(transaction);
    int _ = MOVE.with(tenant, connection, tenant).update(transaction);
    Waiting.settleHolds(transaction, holds);
  }
}
