package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.model.Money;
import dev.entrepot.model.SortableId;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables `alert`, `alert_failure` and `alert_link`, within a transaction.
final class AlertRows {
  /// Events that tell of the same incident without saying which attempt it was come so close
  /// together; what comes later is another one.
  private static final Duration SAME = Duration.ofDays(1);

  /// Events of one attempt come so close together, of which one does not say which attempt it was.
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final Sql RAISE =
      Sql.of(
          """
          insert into alert (id, tenant, rule, kind, position, number, connection, account, subject,
            attempt, customer, amount, currency, reason, message, happened_at, raised_at)
          select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
          where not exists (
            select 1 from alert
            where tenant = ? and account = ? and subject = any(?) and rule = ?
              and ((attempt = ? and attempt > 0)
                or ((attempt = 0 or ? = 0) and happened_at between ? and ?)))
          on conflict (position, number, rule) do nothing
          returning *
          """);

  private static final Sql FAILED =
      Sql.of(
          """
          insert into alert_failure
            (tenant, account, subject, position, number, attempt, at, occurrence)
          select ?, ?, ?, ?, ?, ?, ?, ?
          where not exists (
            select 1 from alert_failure
            where tenant = ? and account = ? and subject = ?
              and ((attempt = ? and attempt > 0) or occurrence = ?
                or (? = 0 and ?::text is null and occurrence is not null
                  and at between ? and ?)))
          on conflict do nothing
          """);

  // Each that was told of without saying which it was stands for one that says so.
  private static final Sql SAID =
      Sql.of(
          """
          update alert_failure set occurrence = ?
          where (tenant, account, subject, position, number) = (
            select tenant, account, subject, position, number from alert_failure
            where tenant = ? and account = ? and subject = ? and attempt = 0 and occurrence is null
              and at between ? and ?
              and not exists (select from alert_failure
                where tenant = ? and account = ? and subject = ? and occurrence = ?)
            order by at limit 1)
          """);

  // Sorted, so that two that want the same ones wait for one another and not for each other.
  private static final Sql LOCK =
      Sql.of(
          """
          select count(pg_advisory_xact_lock(h)) as locked
          from (
            select distinct hashtextextended(s, 0) as h from unnest(?::text[]) as s order by h) d
          """);

  // Windows end at a failure: at this one, or at one that happened later and was told of before.
  private static final Sql FAILURES =
      Sql.of(
          """
          select greatest(coalesce(max(n) filter (where at >= ?), 0), count(*) filter (where at <= ?))
            as failures
          from (
            select at, count(*) over (
              order by at range between ?::interval preceding and current row) as n
            from alert_failure
            where tenant = ? and account = ? and subject = ? and at between ? and ?) w
          """);

  private static final Sql RAISED_FOR =
      Sql.of(
          """
          select 1 as found from alert
          where tenant = ? and account = ? and subject = any(?) and rule = ?
            and happened_at between ? and ?
          """);

  private static final Sql LINK =
      Sql.of(
          """
          insert into alert_link (tenant, account, subject, other, at)
          select ?, ?, ?, o, ? from unnest(?::text[]) as o
          on conflict (tenant, account, subject, other) do update set at = excluded.at
          where alert_link.at < excluded.at
          """);

  private static final Sql MATTERS =
      Sql.of(
          """
          with recursive matter as (
            select tenant, account, subject
            from unnest(?::text[], ?::text[], ?::text[]) as s (tenant, account, subject)
            union
            select m.tenant, m.account, n.subject
            from matter m cross join lateral (
              select l.other as subject from alert_link l
              where l.tenant = m.tenant and l.account = m.account and l.subject = m.subject
              union all
              select l.subject from alert_link l
              where l.tenant = m.tenant and l.account = m.account and l.other = m.subject) n)
          select tenant, account, subject from matter
          """);

  private AlertRows() {}

  /// An incident of an event.
  ///
  /// @param number which of the event's incidents, from 0
  record Told(DueEvent event, int number, Incident incident) {
    String tenant() {
      return event.tenant();
    }

    String account() {
      return StorableText.repair(incident.account());
    }

    String subject() {
      return StorableText.repair(incident.subject());
    }

    List<String> others() {
      return incident.others().stream().map(StorableText::repair).toList();
    }

    Instant at() {
      return incident.at();
    }
  }

  private record Thing(String tenant, String account, String subject) {
    String words() {
      return String.join("\n", tenant, account, subject);
    }
  }

  /// Has others who count or tell of the same subjects, or of what is one matter with them, wait
  /// until the transaction ends.
  static void lock(Connection transaction, Collection<Told> all) {
    Set<Thing> named =
        all.stream()
            .flatMap(told ->
                Stream.concat(Stream.of(told.subject()), told.others().stream())
                    .map(subject -> new Thing(told.tenant(), told.account(), subject)))
            .collect(Collectors.toSet());
    Set<Thing> locked = new HashSet<>();
    Set<Thing> wanted = matters(transaction, named);
    // Those before us may have found more to be one matter.
    while (locked.addAll(wanted)) {
      LOCK.with((Object) wanted.stream().map(Thing::words).toArray(String[]::new))
          .one(transaction, row -> row.int8("locked"));
      wanted = matters(transaction, named);
    }
  }

  /// These, and all that is known to be one matter with any of them.
  private static Set<Thing> matters(Connection connection, Set<Thing> named) {
    return Set.copyOf(
        MATTERS
            .with(
                named.stream().map(Thing::tenant).toArray(String[]::new),
                named.stream().map(Thing::account).toArray(String[]::new),
                named.stream().map(Thing::subject).toArray(String[]::new))
            .list(
                connection,
                row -> new Thing(row.text("tenant"), row.text("account"), row.text("subject"))));
  }

  /// Remembers what the subject is one matter with, also for events that do not say so.
  ///
  /// @return the subject and all that is known to be one matter with it
  static List<String> matter(Connection transaction, Told told) {
    List<String> others = told.others();
    if (!others.isEmpty()) {
      int _ =
          LINK.with(
                  told.tenant(),
                  told.account(),
                  told.subject(),
                  told.at(),
                  others.toArray(String[]::new))
              .update(transaction);
    }
    Thing thing = new Thing(told.tenant(), told.account(), told.subject());
    return matters(transaction, Set.of(thing)).stream().map(Thing::subject).toList();
  }

  /// @return false when this failure was counted before
  static boolean count(Connection transaction, Told told) {
    int attempt = told.incident().attempt();
    String occurrence = repaired(told.incident().occurrence());
    Instant from = told.at().minus(AT_ONCE);
    Instant to = told.at().plus(AT_ONCE);
    if (occurrence != null && attempt == 0 && isSaid(transaction, told, occurrence, from, to)) {
      return false;
    }
    return FAILED
            .with(
                told.tenant(),
                told.account(),
                told.subject(),
                told.event().position(),
                told.number(),
                attempt,
                told.at(),
                occurrence,
                told.tenant(),
                told.account(),
                told.subject(),
                attempt,
                occurrence,
                attempt,
                occurrence,
                from,
                to)
            .update(transaction)
        > 0;
  }

  private static boolean isSaid(
      Connection transaction, Told told, String occurrence, Instant from, Instant to) {
    return SAID.with(
                occurrence,
                told.tenant(),
                told.account(),
                told.subject(),
                from,
                to,
                told.tenant(),
                told.account(),
                told.subject(),
                occurrence)
            .update(transaction)
        > 0;
  }

  /// How often it failed, at most, within a time around this failure, in whatever order they are
  /// told of; what is known of attempts that nobody told us counts as well.
  static int failures(Connection transaction, Told told, Duration within) {
    long counted =
        FAILURES
            .with(
                told.at(),
                told.at(),
                within,
                told.tenant(),
                told.account(),
                told.subject(),
                told.at().minus(within),
                told.at().plus(within))
            .one(transaction, row -> row.int8("failures"));
    return (int) Math.max(counted, told.incident().attempt());
  }

  /// Whether a rule told of a matter already, within a time before or after.
  static boolean isRaised(
      Connection transaction, AlertRule rule, Told told, List<String> matter, Duration within) {
    return RAISED_FOR
        .with(
            told.tenant(),
            told.account(),
            matter.toArray(String[]::new),
            rule.id(),
            told.at().minus(within),
            told.at().plus(within))
        .first(transaction, row -> row.int4("found"))
        .isPresent();
  }

  /// Empty when it was raised before.
  static Optional<Alert> raise(
      Connection transaction,
      AlertRule rule,
      Told told,
      List<String> matter,
      String message,
      Instant now) {
    Incident incident = told.incident();
    Money amount = incident.amount();
    return RAISE
        .with(
            SortableId.next(),
            told.tenant(),
            rule.id(),
            ConditionColumns.of(rule.condition()).kind(),
            told.event().position(),
            told.number(),
            told.event().connection(),
            told.account(),
            told.subject(),
            incident.attempt(),
            repaired(incident.customer()),
            amount == null ? null : amount.amount(),
            amount == null ? null : amount.currency().getCurrencyCode(),
            repaired(incident.reason()),
            StorableText.repair(message),
            told.at(),
            now,
            told.tenant(),
            told.account(),
            matter.toArray(String[]::new),
            rule.id(),
            incident.attempt(),
            incident.attempt(),
            told.at().minus(SAME),
            told.at().plus(SAME))
        .first(transaction, AlertRows::alert);
  }

  private static @Nullable String repaired(@Nullable String text) {
    return text == null ? null : StorableText.repair(text);
  }

  static Alert alert(Row row) {
    BigDecimal amount = row.numericOrNull("amount");
    String currency = row.textOrNull("currency");
    UUID id = row.uuid("id");
    return new Alert(
        id,
        row.text("tenant"),
        row.uuid("rule"),
        row.text("kind"),
        row.int8("position"),
        row.text("connection"),
        row.text("account"),
        row.text("subject"),
        row.textOrNull("customer"),
        amount == null || currency == null
            ? null
            : new Money(amount, Currency.getInstance(currency)),
        row.textOrNull("reason"),
        row.text("message"),
        row.instant("happened_at"),
        row.instant("raised_at"),
        row.int4("times"),
        Objects.requireNonNullElse(row.instantOrNull("latest_at"), row.instant("happened_at")),
        row.textOrNull("acknowledged_by"),
        row.instantOrNull("acknowledged_at"),
        row.textOrNull("note"));
  }
}
