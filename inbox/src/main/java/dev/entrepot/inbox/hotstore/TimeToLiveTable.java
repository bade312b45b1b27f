package dev.entrepot.inbox.hotstore;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How long each tenant's entities stay. A change holds at once, also for what is there already.
/// Safe for use by many threads.
public final class TimeToLiveTable {
  private static final Sql ALL = Sql.of("select tenant, type, days from hot_time_to_live");

  private static final Sql SET =
      Sql.of(
          """
          insert into hot_time_to_live (tenant, type, days) values (?, ?, ?)
          on conflict (tenant, type) do update set days = excluded.days
          """);

  private static final Sql UNSET =
      Sql.of("delete from hot_time_to_live where tenant = ? and type = ?");

  private static final int MOST_DAYS = 36_500;

  private final Database database;
  private final ActivityLog activities;
  private final TimesToLive usual;

  /// @param usual for tenants and types that nobody set
  public TimeToLiveTable(Database database, ActivityLog activities, TimesToLive usual) {
    this.database = database;
    this.activities = activities;
    this.usual = usual;
  }

  /// What holds now.
  public TimesToLive current() {
    return database.read(connection -> load(connection, usual));
  }

  /// Sets how long a tenant's entities of a type stay.
  ///
  /// @param time whole days, at least one; empty: for ever
  /// @throws InboxException INVALID
  public void set(Actor actor, String tenant, EntityType type, Optional<Duration> time) {
    time.ifPresent(TimeToLiveTable::requireDays);
    Integer days = time.map(duration -> (int) duration.toDays()).orElse(null);
    database.write(transaction -> {
      SET.with(StoredName.of(tenant), EntityKey.typeName(type), days).updateOne(transaction);
      record(transaction, actor, tenant, type, days == null ? "for ever" : days + " days");
      return type;
    });
  }

  /// Back to what is usual. No harm when it was so.
  public void unset(Actor actor, String tenant, EntityType type) {
    database.write(transaction -> {
      int removed = UNSET.with(StoredName.of(tenant), EntityKey.typeName(type)).update(transaction);
      if (removed > 0) {
        record(transaction, actor, tenant, type, "as usual");
      }
      return removed;
    });
  }

  static TimesToLive load(Connection connection, TimesToLive usual) {
    Map<String, Map<EntityType, Optional<Duration>>> special = new HashMap<>();
    ALL.list(
        connection,
        row -> {
          Integer days = row.int4OrNull("days");
          return special
              .computeIfAbsent(row.text("tenant"), tenant -> new EnumMap<>(EntityType.class))
              .put(
                  EntityKey.type(row.text("type")),
                  Optional.ofNullable(days).map(Duration::ofDays));
        });
    return new TimesToLive(usual.usual(), special, usual.memory());
  }

  private void record(
      Connection transaction, Actor actor, String tenant, EntityType type, String stay) {
    activities.record(
        transaction,
        actor,
        "hot-store.time-to-live",
        "tenant/" + tenant,
        Map.of("type", EntityKey.typeName(type), "stay", stay));
  }

  private static void requireDays(Duration time) {
    if (!time.equals(Duration.ofDays(time.toDays()))
        || time.toDays() < 1
        || time.toDays() > MOST_DAYS) {
      throw new InboxException(
          Code.INVALID,
          "days",
          "entities stay for 1 to " + MOST_DAYS + " whole days, not " + time + "; give days");
    }
  }
}
