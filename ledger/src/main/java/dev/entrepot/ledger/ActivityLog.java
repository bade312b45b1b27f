package dev.entrepot.ledger;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What people and programs did, and to what. Entries are only ever added. Safe for use by many
/// threads.
public final class ActivityLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// One entry.
  ///
  /// @param actor as [Actor#reference()]
  /// @param action a verb, for example `vendor.update`
  /// @param subject what it was done to, for example `vendor/VEND001`
  /// @param details a JSON object
  public record Activity(
      long id, Instant at, String actor, String action, String subject, String details) {}

  private final Database database;

  public ActivityLog(Database database) {
    this.database = database;
  }

  /// Adds an entry in the transaction of what it tells.
  ///
  /// @param details values that Jackson can write; never secrets
  public void record(
      Connection transaction, Actor actor, String action, String subject, Map<String, ?> details) {
    Sql.of("insert into activity (actor, action, subject, details) values (?, ?, ?, ?)")
        .with(actor.reference(), action, subject, new Json(JSON.writeValueAsString(details)))
        .updateOne(transaction);
  }

  /// Entries, newest first.
  ///
  /// @param subject only those of this subject or below it (`vendor/` gives all vendors)
  /// @param cursor as the page before gave it; null: from the newest
  /// @throws LedgerException INVALID_CURSOR
  public Page<Activity> list(
      @Nullable String subject, @Nullable String actor, @Nullable String cursor, int size) {
    long before = cursor == null ? Long.MAX_VALUE : place(cursor);
    List<Activity> found =
        database.read(connection ->
            Sql.of(
                    """
                    select * from activity
                    where id < ? and (?::text is null or starts_with(subject, ?))
                      and (?::text is null or actor = ?)
                    order by id desc limit ?
                    """)
                .with(before, subject, subject, actor, actor, size + 1)
                .list(connection, ActivityLog::activity));
    boolean more = found.size() > size;
    List<Activity> shown = more ? found.subList(0, size) : found;
    return new Page<>(shown, more ? Long.toString(shown.getLast().id()) : null);
  }

  /// The newest entries of exactly one subject, newest first.
  public List<Activity> newest(Connection connection, String subject, int size) {
    return newest(connection, subject, "", size);
  }

  /// The same of those whose action begins so.
  public List<Activity> newest(Connection connection, String subject, String action, int size) {
    return Sql.of(
            """
            select * from activity where subject = ? and starts_with(action, ?)
            order by id desc limit ?
            """)
        .with(subject, action, size)
        .list(connection, ActivityLog::activity);
  }

  private static Activity activity(Row row) {
    return new Activity(
        row.int8("id"),
        row.instant("at"),
        row.text("actor"),
        row.text("action"),
        row.text("subject"),
        row.text("details"));
  }

  private static long place(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new LedgerException(
          LedgerException.Code.INVALID_CURSOR,
          "cursor is \"" + cursor + "\"; send what the list gave as next");
    }
  }
}
