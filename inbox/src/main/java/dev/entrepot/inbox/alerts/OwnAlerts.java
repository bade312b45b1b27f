package dev.entrepot.inbox.alerts;

import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Raises [OwnAlert]s. Safe for use by many threads.
public final class OwnAlerts {
  /// For so long an alert stands for further ones of its kind; after that people are told anew.
  static final Duration STANDS = Duration.ofDays(1);

  private static final Sql RAISE =
      Sql.of(
          """
          insert into alert (id, tenant, rule, kind, position, number, connection, account, subject,
            attempt, message, happened_at, raised_at)
          values (?, ?, ?, ?, ?, 0, ?, ?, ?, 0, ?, ?, ?)
          on conflict (position, number, rule) do nothing
          returning *
          """);

  private static final Sql OPEN =
      Sql.of(
          """
          select id from alert
          where tenant = ? and kind = ? and position = 0 and acknowledged_at is null
            and raised_at > ?
          order by id desc limit 1 for update
          """);

  private static final Sql TURN =
      Sql.of("select pg_advisory_xact_lock(hashtextextended('alert ' || ? || ' ' || ?, 0))");

  private static final Sql NOTE =
      Sql.of("insert into alert_fold (alert, tenant, kind, subject, at) values (?, ?, ?, ?, ?)");

  private static final Sql RAISED =
      Sql.of("select 1 as found from alert_fold where tenant = ? and kind = ? and subject = ?");

  private static final Sql FOLD =
      Sql.of(
          """
          update alert set times = times + 1, latest_at = ?, connection = ?, subject = ?, message = ?
          where id = ? returning *
          """);

  private final Database database;
  private final AlertRecipients recipients;
  private final AlertPost post;
  private final Clock clock;

  public OwnAlerts(Database database, AlertRecipients recipients, AlertPost post, Clock clock) {
    this.database = database;
    this.recipients = recipients;
    this.post = post;
    this.clock = clock;
  }

  /// Keeps an alert and has people told, both or neither. While an alert of the same kind and
  /// tenant is open that was raised within a day, this one is folded into it: whoever was told of
  /// that one is not told again, others are.
  ///
  /// @return false: it was raised before
  public boolean raise(OwnAlert alert) {
    return database.<Boolean>write(transaction -> {
      // One after the other, or two would open one each.
      boolean locked =
          TURN.with(alert.tenant(), alert.kind()).first(transaction, _ -> "").isPresent();
      assert locked;
      if (raised(transaction, alert)) {
        return false;
      }
      Optional<Alert> kept =
          open(transaction, alert)
              .map(id -> fold(transaction, id, alert))
              .or(() -> insert(transaction, alert));
      kept.ifPresent(one -> {
        NOTE.with(one.id(), alert.tenant(), alert.kind(), alert.subject(), alert.happenedAt())
            .update(transaction);
        recipients.tell(transaction, one, alert.title(), post);
      });
      return kept.isPresent();
    });
  }

  private static boolean raised(Connection transaction, OwnAlert alert) {
    return RAISED
        .with(alert.tenant(), alert.kind(), alert.subject())
        .first(transaction, row -> row.int4("found"))
        .isPresent();
  }

  private Optional<UUID> open(Connection transaction, OwnAlert alert) {
    return OPEN.with(alert.tenant(), alert.kind(), clock.instant().minus(STANDS))
        .first(transaction, row -> row.uuid("id"));
  }

  private static Alert fold(Connection transaction, UUID open, OwnAlert alert) {
    return FOLD.with(
            alert.happenedAt(),
            alert.flow(),
            alert.subject(),
            StorableText.repair(alert.message()),
            open)
        .one(transaction, AlertRows::alert);
  }

  private Optional<Alert> insert(Connection transaction, OwnAlert alert) {
    return RAISE
        .with(
            SortableId.next(),
            alert.tenant(),
            identity(alert),
            alert.kind(),
            Alert.NO_EVENT,
            alert.flow(),
            alert.tenant(),
            alert.subject(),
            StorableText.repair(alert.message()),
            alert.happenedAt(),
            clock.instant())
        .first(transaction, AlertRows::alert);
  }

  /// In the place of a rule: there is none, and the same alert has the same one.
  private static UUID identity(OwnAlert alert) {
    String name = alert.tenant() + "\n" + alert.kind() + "\n" + alert.subject();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
