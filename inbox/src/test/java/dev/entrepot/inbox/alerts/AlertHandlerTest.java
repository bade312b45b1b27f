package dev.entrepot.inbox.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.hotstore.DueEvents;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Money;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Incident.Kind;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertHandlerTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final Currency EUR = Currency.getInstance("EUR");

  private final Database database = TestDatabase.fresh();
  private final Clock clock = Clock.fixed(DueEvents.RECEIVED, ZoneOffset.UTC);
  private final ActivityLog activities = new ActivityLog(database);
  private final AlertRules rules =
      new AlertRules(
          database,
          activities,
          new AlertTenants(database).also(() -> List.of(DueEvents.TENANT, "other")),
          clock);
  private final Alerts alerts = new Alerts(database, activities, clock);

  // Writes within the transaction, as a real one does.
  private final AlertHandler handler =
      new AlertHandler(
          (transaction, _, alert) ->
              Sql.of("insert into told (message) values (?)")
                  .with(alert.message())
                  .updateOne(transaction),
          clock);

  @BeforeEach
  void prepare() {
    int _ =
        database.write(
            transaction -> Sql.of("create table told (message text)").update(transaction));
    AlertRules.usual()
        .forEach((name, condition) -> rules.add(ANNA, DueEvents.TENANT, name, condition, true));
    rules.add(
        ANNA,
        DueEvents.TENANT,
        "Large payment failed",
        new Condition.LargePaymentFailed(new Money(new BigDecimal("500"), EUR)),
        true);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anAlertIsRaisedOnceHoweverOftenItsEventComes() {
    DueEvent event = event(1, incident(Kind.DISPUTE_OPENED, "dp_1", "120.00", 0, 0));
    assertThat(handle(event))
        .singleElement()
        .isInstanceOfSatisfying(
            Handled.Written.class,
            written -> {
              assertThat(written.what())
                  .isEqualTo("Dispute opened: dp_1 of acme.example, 120.00 EUR (declined)");
              assertThat(written.logged())
                  .contains("is raised for tenant " + DueEvents.TENANT, "dispute-opened")
                  .doesNotContain("declined");
            });
    assertThat(handle(event))
        .containsExactly(new Handled.Unchanged("nothing that was not told before"));
    // Another event about the same dispute.
    assertThat(handle(event(2, incident(Kind.DISPUTE_OPENED, "dp_1", "120.00", 0, 60))))
        .containsExactly(new Handled.Unchanged("nothing that was not told before"));
    assertThat(told()).hasSize(1);
  }

  @Test
  void theSameAgainMuchLaterIsAnotherAlert() {
    handle(event(1, incident(Kind.SUBSCRIPTION_CANCELLED, "sub_1", null, 0, 0)));
    long days = Duration.ofDays(3).toSeconds();
    handle(event(2, incident(Kind.SUBSCRIPTION_CANCELLED, "sub_1", null, 0, days)));
    assertThat(told()).hasSize(2);
  }

  @Test
  void theSecondFailureIsToldAndNoThird() {
    assertThat(handle(event(1, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 0))))
        .containsExactly(new Handled.Written("failure of ch_1 counted"));
    handle(event(1, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 0)));
    handle(event(2, incident(Kind.CHARGE_FAILED, "ch_2", "10", 0, 10)));
    assertThat(told()).isEmpty();
    handle(event(3, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 20)));
    assertThat(told()).hasSize(1).first().asString().contains("failure 2");
    handle(event(4, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 30)));
    assertThat(told()).hasSize(1);
  }

  @Test
  void theSecondFailureIsToldThoughItIsHandledFirst() {
    handle(event(2, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 20)));
    assertThat(told()).isEmpty();
    handle(event(1, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 0)));
    assertThat(told()).hasSize(1).first().asString().contains("failure 2");
    handle(event(2, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 20)));
    assertThat(told()).hasSize(1);
  }

  @Test
  void whatIsHandledAtTheSameTimeIsToldOnce() throws Exception {
    Thread other =
        new Thread(() -> handle(event(2, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 20))));
    database.write(transaction -> {
      handler.handle(
          transaction, List.of(event(1, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 0))));
      other.start();
      while (other.isAlive() && !somebodyWaits()) {
        Thread.onSpinWait();
      }
      return true;
    });
    other.join();
    assertThat(told()).hasSize(1);
  }

  private boolean somebodyWaits() {
    return database.read(connection ->
        Sql.of(
                """
                select count(*) > 0 as waits from pg_locks l
                where l.locktype = 'advisory' and not l.granted
                  and l.database = (select oid from pg_database where datname = current_database())
                """)
            .one(connection, row -> row.bool("waits")));
  }

  @Test
  void everyAttemptToChargeAContractCountsOnce() {
    handle(event(1, attempt("contract_1", "attempt_1", 0)));
    // The same attempt by another subscription of the sender's.
    handle(event(2, attempt("contract_1", "attempt_1", 1)));
    handle(event(3, attempt("contract_2", "attempt_2", 2)));
    assertThat(told()).isEmpty();
    handle(event(4, attempt("contract_1", "attempt_3", 60)));
    assertThat(told()).singleElement().asString().contains("contract_1").contains("failure 2");
  }

  @Test
  void aPaymentAndItsInvoiceAreToldOnceInWhateverOrder() {
    handle(event(1, failure("pi_1", "ch_1", 0, 0)));
    assertThat(told()).singleElement().asString().contains("Large").contains("pi_1");
    handle(event(2, failure("pi_1", "ch_1", 0, 1, "in_1")));
    handle(event(3, failure("in_1", null, 1, 2)));
    assertThat(told()).hasSize(1);
    // The second attempt, of which the invoice tells first.
    handle(event(4, failure("in_1", null, 2, 3_600)));
    assertThat(told()).hasSize(2);
    handle(event(5, failure("pi_1", "ch_2", 0, 3_601)));
    handle(event(6, failure("pi_1", "ch_2", 0, 3_602, "in_1")));
    assertThat(told()).hasSize(2).last().asString().contains("in_1", "failure 2");
  }

  @Test
  void anAttemptWhoseChargeOneEventDoesNotNameIsOneFailure() {
    handle(event(1, failure("pi_1", null, 0, 0)));
    handle(event(2, failure("pi_1", "ch_1", 0, 1)));
    handle(event(3, failure("pi_2", "ch_3", 0, 1)));
    handle(event(4, failure("pi_2", null, 0, 0)));
    // The same events again.
    handle(event(1, failure("pi_1", null, 0, 0)));
    handle(event(2, failure("pi_1", "ch_1", 0, 1)));
    assertThat(told()).hasSize(2).allSatisfy(one -> assertThat(one).doesNotContain("failure 2"));
    handle(event(5, failure("pi_1", "ch_2", 0, 4)));
    assertThat(told()).hasSize(3).last().asString().contains("pi_1", "failure 2");
  }

  @Test
  void whatIsOneMatterByAThirdIsToldOnceAlsoAtTheSameTime() throws Exception {
    link("pi_1", "in_1");
    link("pi_2", "in_1");
    Thread other = new Thread(() -> handle(event(2, failure("pi_1", "ch_1", 0, 1))));
    database.write(transaction -> {
      handler.handle(transaction, List.of(event(1, failure("in_1", null, 1, 2))));
      other.start();
      while (other.isAlive() && !somebodyWaits()) {
        Thread.onSpinWait();
      }
      return true;
    });
    other.join();
    assertThat(told()).hasSize(1);
  }

  @Test
  void whatIsOneMatterByAThirdIsToldOnce() {
    link("pi_1", "in_1");
    link("pi_2", "in_1");
    handle(event(1, failure("pi_1", "ch_1", 0, 1)));
    handle(event(2, failure("pi_2", "ch_2", 0, 2)));
    assertThat(told()).hasSize(1);
  }

  private void link(String subject, String other) {
    int _ =
        database.write(transaction ->
            Sql.of(
                    """
                    insert into alert_link (tenant, account, subject, other, at)
                    values (?, 'acct_1', ?, ?, now())
                    """)
                .with(DueEvents.TENANT, subject, other)
                .update(transaction));
  }

  private static Incident failure(
      String subject, @Nullable String charge, int attempt, long seconds, String... others) {
    return new Incident(
        Kind.CHARGE_FAILED,
        "acct_1",
        subject,
        "cus_1",
        new Money(new BigDecimal("600"), EUR),
        attempt,
        "declined",
        DueEvents.RECEIVED.plusSeconds(seconds),
        charge,
        List.of(others));
  }

  private static Incident attempt(String contract, String attempt, long seconds) {
    return new Incident(
        Kind.CHARGE_FAILED,
        "acme.example",
        contract,
        null,
        null,
        0,
        "declined",
        DueEvents.RECEIVED.plusSeconds(seconds),
        attempt,
        List.of());
  }

  @Test
  void failuresFarApartAreNotTheSecondOne() {
    handle(event(1, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, 0)));
    long days = Duration.ofDays(31).toSeconds();
    handle(event(2, incident(Kind.CHARGE_FAILED, "ch_1", "10", 0, days)));
    assertThat(told()).isEmpty();
  }

  @Test
  void theSendersOwnCountOfAttemptsIsBelieved() {
    handle(event(1, incident(Kind.CHARGE_FAILED, "ch_1", "10", 2, 0)));
    assertThat(told()).hasSize(1);
    // Two events may tell of the same attempt: one failure.
    handle(event(2, incident(Kind.CHARGE_FAILED, "ch_2", "10", 1, 0)));
    handle(event(3, incident(Kind.CHARGE_FAILED, "ch_2", "10", 1, 5)));
    assertThat(told()).hasSize(1);
  }

  @Test
  void onlyLargeAmountsOfTheCurrencyAreLarge() {
    handle(event(1, incident(Kind.PAYMENT_FAILED, "pi_1", "499.99", 1, 0)));
    assertThat(told()).isEmpty();
    handle(event(2, incident(Kind.PAYMENT_FAILED, "pi_2", "500.00", 1, 0)));
    assertThat(told()).hasSize(1);
    Incident yen =
        new Incident(
            Kind.PAYMENT_FAILED,
            "acme.example",
            "pi_3",
            null,
            new Money(new BigDecimal("9000"), Currency.getInstance("JPY")),
            1,
            null,
            DueEvents.RECEIVED);
    assertThat(handle(event(3, yen))).containsExactly(new Handled.NotWanted());
  }

  @Test
  void inactiveRulesAndOtherTenantsRulesSayNothing() {
    rules
        .list(DueEvents.TENANT)
        .forEach(rule ->
            rules.change(
                ANNA,
                new AlertRule(
                    rule.id(),
                    rule.tenant(),
                    rule.name(),
                    rule.condition(),
                    false,
                    rule.revision())));
    rules.add(ANNA, "other", "Disputes", new Condition.DisputeOpened(), true);
    assertThat(handle(event(1, incident(Kind.DISPUTE_OPENED, "dp_1", null, 0, 0))))
        .containsExactly(new Handled.NotWanted());
  }

  @Test
  void rulesAreChangedOnlyAsTheyWereLookedAt() {
    AlertRule rule = rules.list(DueEvents.TENANT).getFirst();
    rules.change(ANNA, rule);
    assertThatThrownBy(() -> rules.change(ANNA, rule))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("meanwhile");
    rules.remove(ANNA, DueEvents.TENANT, rule.id());
    assertThatThrownBy(() -> rules.remove(ANNA, DueEvents.TENANT, rule.id()))
        .isInstanceOf(InboxException.class);
    assertThat(rules.list(DueEvents.TENANT)).hasSize(4);
  }

  @Test
  void alertsAreListedAndAcknowledgedOnce() {
    for (int i = 1; i <= 5; i++) {
      handle(event(i, incident(Kind.APP_UNINSTALLED, "app_" + i, null, 0, i)));
    }
    var page = alerts.list(DueEvents.TENANT, true, null, 3);
    assertThat(page.items()).extracting(Alert::subject).containsExactly("app_5", "app_4", "app_3");
    assertThat(alerts.list(DueEvents.TENANT, true, page.next(), 3).items()).hasSize(2);
    Alert first = page.items().getFirst();
    Alert done = alerts.acknowledge(ANNA, DueEvents.TENANT, first.id(), "called them");
    assertThat(done.acknowledgedBy()).isEqualTo(ANNA.reference());
    assertThatThrownBy(() -> alerts.acknowledge(ANNA, DueEvents.TENANT, first.id(), null))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("acknowledged");
    assertThat(alerts.list(DueEvents.TENANT, true, null, 10).items()).hasSize(4);
    assertThat(alerts.list(DueEvents.TENANT, false, null, 10).items()).containsExactly(done);
    assertThat(alerts.find("other", first.id())).isEmpty();
  }

  private List<Handled> handle(DueEvent event) {
    return database.write(transaction -> handler.handle(transaction, List.of(event)));
  }

  private List<String> told() {
    return database.read(connection ->
        Sql.of("select message from told").list(connection, row -> row.text("message")));
  }

  private static DueEvent event(long position, Incident incident) {
    return DueEvents.event(position, new Facts(List.of(), List.of(incident), List.of()));
  }

  private static Incident incident(
      Kind kind, String subject, @Nullable String amount, int attempt, long seconds) {
    return new Incident(
        kind,
        "acme.example",
        subject,
        "77",
        amount == null ? null : new Money(new BigDecimal(amount), EUR),
        attempt,
        "declined",
        DueEvents.RECEIVED.plusSeconds(seconds));
  }
}
