package dev.entrepot.inbox.alerts;

import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Raises [OwnAlert]s. Safe for use by many threads.
public final class OwnAlerts {
  private static final Sql RAISE =
      Sql.of(
          """
          insert into alert (id, tenant, rule, kind, position, number, connection, account, subject,
            attempt, message, happened_at, raised_at)
          values (?, ?, ?, ?, ?, 0, ?, ?, ?, 0, ?, ?, ?)
          on conflict (position, number, rule) do nothing
          returning *
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

  /// Keeps an alert and has people told, both or neither.
  ///
  /// @return false: it was raised before
  public boolean raise(OwnAlert alert) {
    return database.<Boolean>write(transaction -> {
      Optional<Alert> raised =
          RAISE
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
      raised.ifPresent(one -> recipients.tell(transaction, one, alert.title(), post));
      return raised.isPresent();
    });
  }

  /// In the place of a rule: there is none, and the same alert has the same one.
  private static UUID identity(OwnAlert alert) {
    String name = alert.tenant() + "\n" + alert.kind() + "\n" + alert.subject();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
