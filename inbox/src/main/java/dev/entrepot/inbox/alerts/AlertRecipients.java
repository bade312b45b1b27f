package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.alerts.AlertRecipient.Channel;
import dev.entrepot.kit.outbound.SigningSecret;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is told of alerts, and of which they were told. Safe for use by many threads.
public final class AlertRecipients {
  private static final String SEALED_FOR = "inbox-alert-recipient/";

  private static final Sql LIST =
      Sql.of(
          """
          select * from alert_recipient where tenant = ?
          order by rule nulls first, channel, address
          """);

  private static final Sql ADD =
      Sql.of(
          """
          insert into alert_recipient
            (id, tenant, rule, channel, address, secret, changed_by, changed_at)
          select ?, ?, ?, ?, ?, ?, ?, ?
          where ?::uuid is null or exists (select from alert_rule where id = ? and tenant = ?)
          on conflict on constraint alert_recipient_once do nothing
          returning *
          """);

  private static final Sql REMOVE =
      Sql.of("delete from alert_recipient where id = ? and tenant = ?");

  private static final Sql TOLD =
      Sql.of(
          """
          select id, tenant, rule, channel, address from alert_recipient
          where tenant = ? and (rule is null or rule = ?) order by id
          """);

  private static final Sql NOTE =
      Sql.of(
          """
          insert into alert_notice (notice, alert, recipient, channel, address, made_at)
          values (?, ?, ?, ?, ?, ?)
          on conflict on constraint alert_notice_once do nothing
          """);

  private static final Sql SECRET =
      Sql.of(
          """
          select r.id, r.secret from alert_notice n join alert_recipient r on r.id = n.recipient
          where n.notice = ? and r.secret is not null
          """);

  private static final Sql NOTICES =
      Sql.of(
          """
          select n.notice, n.channel, n.address from alert_notice n join alert a on a.id = n.alert
          where a.tenant = ? and n.alert = ? order by n.notice
          """);

  /// Somebody who was told, and by which notice.
  public record Told(UUID notice, Channel channel, String address) {}

  /// One that was added.
  ///
  /// @param secret to be shown now and never again; null: it needs none
  public record Added(AlertRecipient recipient, @Nullable String secret) {}

  private final Database database;
  private final ActivityLog activities;
  private final AlertTenants tenants;
  private final SecretSeal seal;
  private final Clock clock;
  private final RecipientCheck check;

  /// @param tenants whose alerts there can be
  /// @param seal of the webhooks' secrets; the same on every node
  /// @param reach of the webhooks
  /// @param post takes what people are told out of the house
  public AlertRecipients(
      Database database,
      ActivityLog activities,
      AlertTenants tenants,
      SecretSeal seal,
      Clock clock,
      WebhookReach reach,
      AlertPost post) {
    this.database = database;
    this.activities = activities;
    this.tenants = tenants;
    this.seal = seal;
    this.clock = clock;
    this.check = new RecipientCheck(reach, post);
  }

  /// Why a recipient cannot be reached as things are, and what to do about it; empty: it can, as
  /// far as can be told without trying.
  public Optional<String> hindrance(AlertRecipient recipient) {
    return check.hindrance(recipient);
  }

  /// Those of all alerts first.
  public List<AlertRecipient> list(String tenant) {
    return database.read(
        connection -> LIST.with(tenant).list(connection, AlertRecipients::recipient));
  }

  /// Adds somebody. A webhook gets a secret of its own, by which its posts are signed.
  ///
  /// @param rule of whose alerts; null: of all of the tenant's
  /// @throws InboxException INVALID, also of a tenant that there is not, and of an address that can
  ///   never be reached; CONFLICT when it is there already; NOT_FOUND without such a rule
  public Added add(
      Actor actor, String tenant, @Nullable UUID rule, Channel channel, String address) {
    requireTenant(tenant);
    tenants.require(tenant);
    check.require(channel, address);
    UUID id = SortableId.next();
    String secret = channel == Channel.WEBHOOK ? SigningSecret.make() : null;
    String sealed = secret == null ? null : seal.seal(SEALED_FOR + id, secret);
    return database.write(transaction -> {
      AlertRecipient added =
          ADD.with(
                  id,
                  tenant,
                  rule,
                  channel.code(),
                  address,
                  sealed,
                  actor.reference(),
                  clock.instant(),
                  rule,
                  rule,
                  tenant)
              .first(transaction, AlertRecipients::recipient)
              .orElseThrow(() ->
                  new InboxException(
                      Code.CONFLICT,
                      "address",
                      address + " is told already, or the rule is gone; look at the list"));
      activities.record(
          transaction,
          actor,
          "alert-recipient.add",
          "alert-recipient/" + id,
          Map.of("tenant", tenant, "channel", channel.code(), "address", address));
      return new Added(added, secret);
    });
  }

  /// Tells it no more; what is on its way may still arrive, except by webhook.
  ///
  /// @throws InboxException NOT_FOUND
  public void remove(Actor actor, String tenant, UUID id) {
    database.write(transaction -> {
      if (REMOVE.with(id, tenant).update(transaction) == 0) {
        throw new InboxException(
            Code.NOT_FOUND, "there is no recipient " + id + "; look at the list of recipients");
      }
      activities.record(
          transaction,
          actor,
          "alert-recipient.remove",
          "alert-recipient/" + id,
          Map.of("tenant", tenant));
      return id;
    });
  }

  /// Who was told of an alert.
  public List<Told> told(String tenant, UUID alert) {
    return database.read(connection ->
        NOTICES
            .with(tenant, alert)
            .list(
                connection,
                row ->
                    new Told(
                        row.uuid("notice"), Channel.of(row.text("channel")), row.text("address"))));
  }

  /// The secret that signs a notice, by the notice's id; empty when it needs none, or its recipient
  /// is gone.
  public Optional<String> secret(UUID notice) {
    return database.read(connection ->
        SECRET
            .with(notice)
            .first(connection, row -> seal.open(SEALED_FOR + row.uuid("id"), row.text("secret"))));
  }

  /// Has everybody told who wants to know.
  public AlertSink sink(AlertPost post) {
    return (transaction, rule, alert) -> tell(transaction, alert, rule.name(), post);
  }

  /// Each address once, whatever rules name it.
  void tell(Connection transaction, Alert alert, String ruleName, AlertPost post) {
    Instant now = clock.instant();
    for (AlertRecipient recipient :
        TOLD.with(alert.tenant(), alert.rule()).list(transaction, AlertRecipients::recipient)) {
      UUID notice = SortableId.next();
      int noted =
          NOTE.with(
                  notice,
                  alert.id(),
                  recipient.id(),
                  recipient.channel().code(),
                  recipient.address(),
                  now)
              .update(transaction);
      if (noted > 0) {
        post.send(
            transaction,
            new AlertNotice(notice, recipient.channel(), recipient.address(), ruleName, alert));
      }
    }
  }

  private static void requireTenant(String tenant) {
    if (tenant.isBlank()) {
      throw new InboxException(Code.INVALID, "tenant", "say whose alerts they are");
    }
  }

  private static AlertRecipient recipient(Row row) {
    return new AlertRecipient(
        row.uuid("id"),
        row.text("tenant"),
        row.uuidOrNull("rule"),
        Channel.of(row.text("channel")),
        row.text("address"));
  }
}
