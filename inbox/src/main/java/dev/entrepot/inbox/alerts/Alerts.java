package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The alerts that were raised. Safe for use by many threads.
public final class Alerts {
  /// The most items of a page.
  public static final int LARGEST_PAGE = 1_000;

  // Longer than any rule looks back.
  private static final Duration FAILURES_KEPT = Duration.ofDays(366);

  private static final Sql LIST =
      Sql.of(
          """
          select * from alert
          where (?::text is null or tenant = ?) and (?::uuid is null or id < ?)
            and (?::boolean is null or (acknowledged_at is null) = ?)
          order by id desc limit ?
          """);

  private static final Sql FIND = Sql.of("select * from alert where tenant = ? and id = ?");

  private static final Sql SUBJECTS =
      Sql.of("select subject from alert_fold where alert = ? order by at desc, subject limit ?");

  private static final Sql ACKNOWLEDGE =
      Sql.of(
          """
          update alert set acknowledged_by = ?, acknowledged_at = ?, note = ?
          where tenant = ? and id = ? and acknowledged_at is null
          returning *
          """);

  private static final Sql FORGET =
      Sql.of(
          """
          delete from alert_failure where ctid = any(array(
            select ctid from alert_failure where at < ? limit ?))
          """);

  private static final Sql FORGET_LINKS =
      Sql.of(
          """
          delete from alert_link where ctid = any(array(
            select ctid from alert_link where at < ? limit ?))
          """);

  private static final Sql TENANTS =
      Sql.of("select tenant from alert union select tenant from alert_recipient order by tenant");

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;

  public Alerts(Database database, ActivityLog activities, Clock clock) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
  }

  /// Whose alerts there are, or would be told.
  public List<String> tenants() {
    return database.read(connection -> TENANTS.list(connection, row -> row.text("tenant")));
  }

  /// Newest first.
  ///
  /// @param tenant whose; null: everybody's
  /// @param open true: only those that nobody acknowledged; false: only those that somebody did;
  ///   null: all
  /// @param cursor where to go on, as a page said; null: at the beginning
  /// @throws InboxException INVALID for a wrong cursor or size
  public Page<Alert> list(
      @Nullable String tenant, @Nullable Boolean open, @Nullable String cursor, int size) {
    if (size < 1 || size > LARGEST_PAGE) {
      throw new InboxException(
          Code.INVALID,
          "size",
          "a page has 1 to " + LARGEST_PAGE + " items, not " + size + "; ask for that many");
    }
    UUID before = cursor == null ? null : parse(cursor);
    List<Alert> found =
        database.read(connection ->
            LIST.with(tenant, tenant, before, before, open, open, size + 1)
                .list(connection, AlertRows::alert));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), found.get(size - 1).id().toString());
  }

  public Optional<Alert> find(String tenant, UUID id) {
    return database.read(connection -> FIND.with(tenant, id).first(connection, AlertRows::alert));
  }

  /// What an alert is about that Entrepot itself raised, perhaps several times: the latest first.
  public List<String> subjects(UUID alert, int most) {
    return database.read(
        connection -> SUBJECTS.with(alert, most).list(connection, row -> row.text("subject")));
  }

  /// Says that somebody has seen to it.
  ///
  /// @param note for others; null: none
  /// @throws InboxException NOT_FOUND; CONFLICT when somebody did before
  public Alert acknowledge(Actor actor, String tenant, UUID id, @Nullable String note) {
    String kept = note == null ? null : StorableText.repair(note);
    return database.write(transaction -> {
      Alert alert =
          ACKNOWLEDGE
              .with(actor.reference(), clock.instant(), kept, tenant, id)
              .first(transaction, AlertRows::alert)
              .orElseThrow(() ->
                  FIND.with(tenant, id)
                      .first(transaction, AlertRows::alert)
                      .map(Alerts::acknowledgedBefore)
                      .orElseGet(() ->
                          new InboxException(
                              Code.NOT_FOUND,
                              "there is no alert " + id + "; look at the list of alerts")));
      activities.record(
          transaction, actor, "alert.acknowledge", "alert/" + id, Map.of("tenant", tenant));
      return alert;
    });
  }

  /// Forgets failures that no rule counts any more, and what they had to do with each other, in one
  /// small step.
  ///
  /// @return how many; call again while there are some
  public int expire(int limit) {
    Instant before = clock.instant().minus(FAILURES_KEPT);
    return database.write(transaction ->
        FORGET.with(before, limit).update(transaction)
            + FORGET_LINKS.with(before, limit).update(transaction));
  }

  private static InboxException acknowledgedBefore(Alert alert) {
    return new InboxException(
        Code.CONFLICT,
        "state",
        "alert "
            + alert.id()
            + " was acknowledged by "
            + alert.acknowledgedBy()
            + " before; there is nothing left to do");
  }

  private static UUID parse(String cursor) {
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw new InboxException(
          Code.INVALID,
          "cursor",
          "the cursor is not one that a page of this list gave; start again without one");
    }
  }
}
