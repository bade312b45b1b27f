package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The rules of all tenants. Safe for use by many threads.
public final class AlertRules {
  private static final int LONGEST_NAME = 200;

  private static final Sql LIST =
      Sql.of("select * from alert_rule where tenant = ? order by name, id");

  private static final Sql ACTIVE =
      Sql.of("select * from alert_rule where tenant = any(?) and active order by id");

  private static final Sql ADD =
      Sql.of(
          """
          insert into alert_rule (id, tenant, name, kind, times, within_days, amount, currency,
            active, changed_by, changed_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          returning *
          """);

  private static final Sql CHANGE =
      Sql.of(
          """
          update alert_rule
          set name = ?, kind = ?, times = ?, within_days = ?, amount = ?, currency = ?, active = ?,
            changed_by = ?, changed_at = ?, revision = revision + 1
          where id = ? and tenant = ? and revision = ?
          returning *
          """);

  // Those of a kind that is watched already would tell the same twice.
  private static final Sql KINDS = Sql.of("select distinct kind from alert_rule where tenant = ?");

  // Each tenant is given the usual ones once: who removed them does not want them.
  private static final Sql BEGIN =
      Sql.of(
          """
          insert into alert_beginning (tenant, at) values (?, ?) on conflict (tenant) do nothing
          """);

  private static final Sql REMOVE = Sql.of("delete from alert_rule where id = ? and tenant = ?");

  private final Database database;
  private final ActivityLog activities;
  private final AlertTenants tenants;
  private final Clock clock;

  /// @param tenants who may have rules
  public AlertRules(Database database, ActivityLog activities, AlertTenants tenants, Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.activities = activities;
    this.clock = clock;
  }

  /// What most tenants want: cancelled subscriptions, a second failure within 30 days, disputes and
  /// removed apps. Which payment is large, each must say.
  public static Map<String, Condition> usual() {
    return Map.of(
        "Subscription cancelled", new Condition.SubscriptionCancelled(),
        "Charge failed a second time", new Condition.ChargeFailedRepeatedly(2, Duration.ofDays(30)),
        "Dispute opened", new Condition.DisputeOpened(),
        "App uninstalled", new Condition.AppUninstalled());
  }

  /// By name.
  public List<AlertRule> list(String tenant) {
    return database.read(connection -> LIST.with(tenant).list(connection, AlertRules::rule));
  }

  /// @throws InboxException INVALID, also of a tenant that there is not
  public AlertRule add(
      Actor actor, String tenant, String name, Condition condition, boolean active) {
    requireName(name);
    tenants.require(tenant);
    return database.write(transaction -> add(transaction, actor, tenant, name, condition, active));
  }

  private AlertRule add(
      Connection transaction,
      Actor actor,
      String tenant,
      String name,
      Condition condition,
      boolean active) {
    ConditionColumns columns = ConditionColumns.of(condition);
    AlertRule rule =
        ADD.with(
                SortableId.next(),
                tenant,
                name,
                columns.kind(),
                columns.times(),
                columns.withinDays(),
                columns.amount(),
                columns.currency(),
                active,
                actor.reference(),
                clock.instant())
            .one(transaction, AlertRules::rule);
    record(transaction, actor, "alert-rule.add", rule);
    return rule;
  }

  /// Adds the [usual][#usual] rules, active, within somebody's transaction; but none of a kind of
  /// which the tenant has one, and none at all to a tenant that was given them before.
  public void addUsual(Connection transaction, Actor actor, String tenant) {
    if (BEGIN.with(tenant, clock.instant()).update(transaction) == 0) {
      return;
    }
    List<String> watched = KINDS.with(tenant).list(transaction, row -> row.text("kind"));
    usual()
        .forEach((name, condition) -> {
          if (!watched.contains(ConditionColumns.of(condition).kind())) {
            AlertRule _ = add(transaction, actor, tenant, name, condition, true);
          }
        });
  }

  /// Changes name, condition and whether it is active.
  ///
  /// @param rule with the revision that was looked at
  /// @throws InboxException INVALID; CONFLICT when it was changed or removed meanwhile
  public AlertRule change(Actor actor, AlertRule rule) {
    requireName(rule.name());
    ConditionColumns columns = ConditionColumns.of(rule.condition());
    return database.write(transaction -> {
      AlertRule changed =
          CHANGE
              .with(
                  rule.name(),
                  columns.kind(),
                  columns.times(),
                  columns.withinDays(),
                  columns.amount(),
                  columns.currency(),
                  rule.active(),
                  actor.reference(),
                  clock.instant(),
                  rule.id(),
                  rule.tenant(),
                  rule.revision())
              .first(transaction, AlertRules::rule)
              .orElseThrow(() ->
                  new InboxException(
                      Code.CONFLICT,
                      "alert rule "
                          + rule.name()
                          + " was changed or removed meanwhile; look at it again"));
      record(transaction, actor, "alert-rule.change", changed);
      return changed;
    });
  }

  /// Its alerts stay.
  ///
  /// @throws InboxException NOT_FOUND
  public void remove(Actor actor, String tenant, UUID id) {
    database.write(transaction -> {
      if (REMOVE.with(id, tenant).update(transaction) == 0) {
        throw new InboxException(
            Code.NOT_FOUND, "there is no alert rule " + id + "; look at the list of rules");
      }
      activities.record(
          transaction, actor, "alert-rule.remove", "alert-rule/" + id, Map.of("tenant", tenant));
      return id;
    });
  }

  /// Those of some tenants that are on.
  public List<AlertRule> active(List<String> tenants) {
    return database.read(connection -> active(connection, tenants));
  }

  static List<AlertRule> active(Connection connection, List<String> tenants) {
    return ACTIVE.with((Object) tenants.toArray(String[]::new)).list(connection, AlertRules::rule);
  }

  private void record(Connection transaction, Actor actor, String action, AlertRule rule) {
    activities.record(
        transaction,
        actor,
        action,
        "alert-rule/" + rule.id(),
        Map.of(
            "tenant", rule.tenant(),
            "name", rule.name(),
            "condition", rule.condition().toString(),
            "active", rule.active()));
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new InboxException(
          Code.INVALID,
          "name",
          "an alert rule has a name of 1 to "
              + LONGEST_NAME
              + " characters, not "
              + name.length()
              + "; give it one");
    }
  }

  private static AlertRule rule(Row row) {
    return new AlertRule(
        row.uuid("id"),
        row.text("tenant"),
        row.text("name"),
        ConditionColumns.read(row),
        row.bool("active"),
        row.int4("revision"));
  }
}
