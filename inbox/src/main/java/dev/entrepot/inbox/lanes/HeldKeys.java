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

  /// Tenants that a message names, at most.
  private static final int NAMED = 10;

  private static final int LOOKED_AT = 10_000;

  // A key may have any number of events; whose they are is told by some.
  private static final Sql LOOK =
      Sql.of(
          """
          select inbox_tenant(e.connection) as tenant, sum(e.events)::bigint as events from (
            select connection, count(*) as events from (
              select connection from inbox_event where key_hash = ? and key = ? limit ?) s
            group by connection) e
          group by 1 order by 1
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

  private record Count(String tenant, long events) {}

  /// Whose events of a key are.
  ///
  /// @param whole whether all of them were looked at
  private record Seen(List<String> tenants, boolean whole) {
    boolean hasNone() {
      return tenants.isEmpty();
    }

    /// Whether it is known that the tenant has none.
    boolean hasNoneOf(@Nullable String tenant) {
      return hasNone() || (whole && tenant != null && !tenants.contains(tenant));
    }
  }

  private final EventLog log;
  private final ActivityLog activities;
  private final Consumer<Consumer<Connection>> acts;
  private final int most;

  /// @param acts carries an act out in a transaction, and has what it did looked at
  HeldKeys(EventLog log, ActivityLog activities, Consumer<Consumer<Connection>> acts) {
    this(log, activities, acts, LOOKED_AT);
  }

  /// @param most so many events of a key are looked at to tell whose it is
  HeldKeys(EventLog log, ActivityLog activities, Consumer<Consumer<Connection>> acts, int most) {
    this.most = most;
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
  /// @throws InboxException CONFLICT when it is parked already, INVALID when no connection is of
  ///   the tenant, when no event of it is kept, or several tenants have some, or may have: of a key
  ///   with very many events not all are looked at
  public void park(Actor actor, @Nullable String tenant, String key, String reason, Unseen unseen) {
    DeadLetterDesk.requireReason(reason);
    acts.accept(transaction -> {
      // Before the lock: a key may have so many events that its lane would wait for long.
      String whose = whose(transaction, tenant, key, unseen);
      int lane = log.lane(key);
      LetterActs.lock(transaction, List.of(lane));
      if (ADD.with(whose, key, lane, actor.reference(), reason).update(transaction) == 0) {
        throw new InboxException(Code.CONFLICT, "key " + key + " is parked already");
      }
      Waiting.settleHolds(transaction, List.of(KeptEvent.hold(whose, key)));
      activities.record(
          transaction, actor, PARK, subject(key), Map.of("tenant", whose, "reason", reason));
    });
  }

  private String whose(Connection transaction, @Nullable String tenant, String key, Unseen unseen) {
    List<String> all = TENANTS.list(transaction, row -> row.text("tenant"));
    if (tenant != null) {
      requireKnown(tenant, all);
    }
    // One tenant alone has all events, and need not be looked for among them.
    String only = tenant == null && all.size() < 2 ? String.join("", all) : tenant;
    if (only != null && unseen == Unseen.PARK) {
      return only;
    }
    Seen seen = seen(transaction, key);
    if (unseen == Unseen.REFUSE && seen.hasNoneOf(tenant)) {
      throw unseen(tenant, key);
    }
    if (only != null) {
      return only;
    }
    boolean told = seen.whole() && !seen.hasNone();
    requireOne(key, told ? "is of" : "may be of", told ? seen.tenants() : all);
    return seen.tenants().getFirst();
  }

  private Seen seen(Connection transaction, String key) {
    List<Count> counts =
        LOOK.with(log.keyHash(key), key, most)
            .list(transaction, row -> new Count(row.text("tenant"), row.int8("events")));
    return new Seen(
        counts.stream().map(Count::tenant).toList(),
        counts.stream().mapToLong(Count::events).sum() < most);
  }

  private static InboxException unseen(@Nullable String tenant, String key) {
    return new InboxException(
        Code.INVALID,
        "key",
        "no event of key \""
            + key
            + "\" is kept"
            + (tenant == null ? "" : " of tenant " + tenant)
            + "; compare it with the keys of: entrepot events list. To hold it before"
            + " its first event, force it (--force)");
  }

  private static void requireKnown(String tenant, List<String> all) {
    if (!all.contains(tenant)) {
      throw new InboxException(
          Code.INVALID,
          "tenant",
          "no connection is of a tenant \""
              + tenant
              + "\"; "
              + (all.isEmpty() ? "add one: entrepot connection add" : "there are: " + named(all)));
    }
  }

  private static String named(List<String> tenants) {
    String some = String.join(", ", tenants.subList(0, Math.min(NAMED, tenants.size())));
    return tenants.size() > NAMED ? some + " and " + (tenants.size() - NAMED) + " more" : some;
  }

  /// @param how the key is of the tenants, such as "is parked for"
  static void requireOne(String key, String how, List<String> tenants) {
    if (tenants.size() > 1) {
      throw new InboxException(
          Code.INVALID,
          "tenant",
          "key \""
              + key
              + "\" "
              + how
              + " several tenants: "
              + named(tenants)
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
      requireOne(key, "is parked for", tenants);
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
