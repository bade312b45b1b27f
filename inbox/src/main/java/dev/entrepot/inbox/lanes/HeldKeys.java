package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keys that people hold and let go on. A key is one of a tenant: two tenants may have equal ones,
/// and what is done to the one's does nothing to the other's. Safe for use by many threads and
/// nodes.
public final class HeldKeys {
  /// What is recorded when a key is parked.
  static final String PARK = "key.park";

  private static final Sql TENANTS_OF =
      Sql.of(
          """
          select distinct inbox_tenant(e.connection) as tenant from (
            select distinct connection from inbox_event where key_hash = ? and key = ?) e
          order by 1
          """);

  private static final Sql TENANTS =
      Sql.of("select distinct tenant from inbox_connection order by tenant");

  private static final Sql ADD =
      Sql.of(
          """
          insert into inbox_parked (tenant, key, lane, by, reason) values (?, ?, ?, ?, ?)
          on conflict (key, tenant) do nothing
          """);

  private static final Sql PARKED =
      Sql.of(
          """
          select tenant from inbox_parked where key = ? and (?::text is null or tenant = ?)
          order by tenant
          """);

  private static final Sql REMOVE = Sql.of("delete from inbox_parked where key = ? and tenant = ?");

  private final EventLog log;
  private final ActivityLog activities;
  private final Consumer<Consumer<Connection>> acts;

  /// @param acts carries an act out in a transaction, and has what it did looked at
  HeldKeys(EventLog log, ActivityLog activities, Consumer<Consumer<Connection>> acts) {
    this.log = log;
    this.activities = activities;
    this.acts = acts;
  }

  /// Whether a key can be parked of which no event is kept.
  public enum Unseen {
    /// Most likely it is misspelled.
    REFUSE,
    /// Its events wait from the first on.
    PARK
  }

  /// Holds a key: its events wait from now on.
  ///
  /// @param tenant whose; null: of the only one that has events of it
  /// @throws InboxException CONFLICT when it is parked already, INVALID when no event of it is
  ///   kept, or several tenants have some
  public void park(Actor actor, @Nullable String tenant, String key, String reason, Unseen unseen) {
    DeadLetterDesk.requireReason(reason);
    acts.accept(transaction -> {
      int lane = log.lane(key);
      LetterActs.lock(transaction, List.of(lane));
      String whose = whose(transaction, tenant, key, unseen);
      if (ADD.with(whose, key, lane, actor.reference(), reason).update(transaction) == 0) {
        throw new InboxException(Code.CONFLICT, "key " + key + " is parked already");
      }
      Waiting.settleHolds(transaction, List.of(KeptEvent.hold(whose, key)));
      activities.record(
          transaction, actor, PARK, subject(key), Map.of("tenant", whose, "reason", reason));
    });
  }

  private String whose(Connection transaction, @Nullable String tenant, String key, Unseen unseen) {
    List<String> tenants =
        TENANTS_OF.with(log.keyHash(key), key).list(transaction, row -> row.text("tenant"));
    if (unseen == Unseen.REFUSE
        && (tenant == null ? tenants.isEmpty() : !tenants.contains(tenant))) {
      throw new InboxException(
          Code.INVALID,
          "key",
          "no event of key \""
              + key
              + "\" is kept"
              + (tenant == null ? "" : " of tenant " + tenant)
              + "; compare it with the keys of: entrepot events list. To hold it before"
              + " its first event, force it (--force)");
    }
    if (tenant != null) {
      return tenant;
    }
    List<String> those =
        tenants.isEmpty() ? TENANTS.list(transaction, row -> row.text("tenant")) : tenants;
    requireOne(key, those);
    return those.isEmpty() ? "" : those.getFirst();
  }

  /// @param tenants those that have the key, or may have it
  static void requireOne(String key, List<String> tenants) {
    if (tenants.size() > 1) {
      throw new InboxException(
          Code.INVALID,
          "tenant",
          "key \""
              + key
              + "\" may be of several tenants: "
              + String.join(", ", tenants)
              + "; name the one that is meant (--tenant "
              + tenants.getLast()
              + ")");
    }
  }

  /// Lets a parked key go on.
  ///
  /// @param tenant whose; null: of the only one for whom it is parked
  /// @throws InboxException NOT_FOUND when it is not parked, INVALID when it is for several tenants
  public void release(Actor actor, @Nullable String tenant, String key) {
    acts.accept(transaction -> {
      LetterActs.lock(transaction, List.of(log.lane(key)));
      List<String> tenants =
          PARKED.with(key, tenant, tenant).list(transaction, row -> row.text("tenant"));
      if (tenants.isEmpty()) {
        throw new InboxException(
            Code.NOT_FOUND,
            "key " + key + (tenant == null ? "" : " of tenant " + tenant) + " is not parked");
      }
      requireOne(key, tenants);
      String whose = tenants.getFirst();
      REMOVE.with(key, whose).updateOne(transaction);
      Waiting.settleHolds(transaction, List.of(KeptEvent.hold(whose, key)));
      activities.record(transaction, actor, "key.release", subject(key), Map.of("tenant", whose));
    });
  }

  /// What activities say that was done to a key are about.
  static String subject(String key) {
    return "event-key/" + key;
  }
}
