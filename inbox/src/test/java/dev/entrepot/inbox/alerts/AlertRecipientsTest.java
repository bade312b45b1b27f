package dev.entrepot.inbox.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.alerts.AlertRecipient.Channel;
import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.hotstore.DueEvents;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlertRecipientsTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  private final Database database = TestDatabase.fresh();
  private final Clock clock = Clock.fixed(DueEvents.RECEIVED, ZoneOffset.UTC);
  private final ActivityLog activities = new ActivityLog(database);
  private final AlertTenants tenants =
      new AlertTenants(database).also(() -> List.of(DueEvents.TENANT, "stranger"));
  private final AlertRules rules = new AlertRules(database, activities, tenants, clock);
  private final Alerts alerts = new Alerts(database, activities, clock);
  private final AlertRecipients recipients =
      new AlertRecipients(
          database,
          activities,
          tenants,
          new SecretSeal(new byte[32]),
          clock,
          WebhookReach.PUBLIC,
          (_, _) -> {});
  private final List<AlertNotice> sent = new ArrayList<>();
  private final AlertHandler handler =
      new AlertHandler(recipients.sink((_, notice) -> sent.add(notice)), clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void thereAreNoneOfATenantThatThereIsNot() {
    for (ThrowingCallable add :
        List.<ThrowingCallable>of(
            () -> recipients.add(ANNA, "strnager", null, Channel.MAIL, "care@example.com"),
            () -> rules.add(ANNA, "strnager", "Disputes", new Condition.DisputeOpened(), true))) {
      assertThatThrownBy(add)
          .isInstanceOf(InboxException.class)
          .hasMessageContaining("there is no tenant \"strnager\"")
          .hasMessageContaining("there are: " + DueEvents.TENANT + ", stranger")
          .hasMessageContaining("entrepot connection add");
    }
    assertThat(rules.list("strnager")).isEmpty();
  }

  @Test
  void thoseOfTheRuleAndOfTheTenantAreToldOnceEach() {
    AlertRule disputes = rule(DueEvents.TENANT, "Disputes");
    AlertRule others = rule(DueEvents.TENANT, "Others");
    add(null, Channel.MAIL, "care@example.com");
    add(disputes.id(), Channel.MAIL, "care@example.com");
    add(disputes.id(), Channel.MAIL, "money@example.com");
    recipients.add(ANNA, "stranger", null, Channel.MAIL, "stranger@example.com");
    recipients.add(ANNA, DueEvents.TENANT, others.id(), Channel.MAIL, "other@example.com");
    rules.remove(ANNA, DueEvents.TENANT, others.id());
    DueEvent event = dispute(1);
    handle(event);
    handle(event);
    assertThat(sent)
        .extracting(AlertNotice::address)
        .containsExactlyInAnyOrder("care@example.com", "money@example.com");
    Alert alert = alerts.list(DueEvents.TENANT, null, null, 10).items().getFirst();
    assertThat(recipients.told(DueEvents.TENANT, alert.id())).hasSize(2);
    assertThat(recipients.told("stranger", alert.id())).isEmpty();
  }

  @Test
  void anAddressThatCanNeverBeReachedIsRefused() {
    for (String mail :
        List.of(
            "care",
            "care@",
            "@example.com",
            "care@@example.com",
            "care@exa mple.com",
            "care@example..com",
            "care@-example.com",
            "ca..re@example.com",
            "Care <care@example.com>",
            "a@example.com,b@example.com")) {
      refused(Channel.MAIL, mail, "is no e-mail address");
    }
    refused(Channel.WEBHOOK, "https://exa mple.com/x", "is no URL");
    refused(Channel.WEBHOOK, "hooks.example.com", "is not a webhook address");
    refused(Channel.WEBHOOK, "http://hooks.example.com/x", "is not safe to post to");
    refused(Channel.WEBHOOK, "https://10.0.0.7/x", "is not on the public Internet");
    add(null, Channel.MAIL, "o'brien+alerts@müller.example");
    add(null, Channel.WEBHOOK, "https://hooks.example.com/x");
    assertThat(recipients.list(DueEvents.TENANT))
        .hasSize(2)
        .allSatisfy(one -> assertThat(recipients.hindrance(one)).isEmpty());
  }

  private void refused(Channel channel, String address, String why) {
    assertThatThrownBy(() -> add(null, channel, address))
        .as(address)
        .isInstanceOf(InboxException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatLeavesTheHouseSaysNothingOfTheCustomer() {
    rule(DueEvents.TENANT, "Disputes");
    add(null, Channel.MAIL, "care@example.com");
    handle(dispute(1));
    AlertNotice notice = sent.getFirst();
    assertThat(
            notice.subject()
                + notice.text("https://hub.example")
                + notice.json(clock.instant(), "https://hub.example"))
        .contains("dp_1", "acme.example", "https://hub.example")
        .doesNotContainIgnoringCase("jo@example.com")
        .doesNotContain("never came");
  }

  @Test
  void aWebhookHasASecretOfItsOwnAsLongAsItIsThere() {
    rule(DueEvents.TENANT, "Disputes");
    AlertRecipients.Added added =
        recipients.add(
            ANNA, DueEvents.TENANT, null, Channel.WEBHOOK, "https://hooks.example.com/alerts");
    assertThat(added.secret()).startsWith("whsec_");
    handle(dispute(1));
    UUID notice = sent.getFirst().id();
    assertThat(recipients.secret(notice)).contains(String.valueOf(added.secret()));
    recipients.remove(ANNA, DueEvents.TENANT, added.recipient().id());
    assertThat(recipients.secret(notice)).isEmpty();
  }

  @Test
  void whatEntrepotItselfTellsIsToldOnceToThoseOfAllAlerts() {
    add(null, Channel.MAIL, "care@example.com");
    OwnAlerts own = new OwnAlerts(database, recipients, (_, notice) -> sent.add(notice), clock);
    OwnAlert failed =
        new OwnAlert(
            DueEvents.TENANT,
            "Run failed",
            "run-failed",
            "siesa-kong",
            "run 1",
            "Client acme, run 1: it failed",
            clock.instant());
    assertThat(own.raise(failed)).isTrue();
    assertThat(own.raise(failed)).isFalse();
    assertThat(sent).extracting(AlertNotice::subject).containsExactly("Run failed: run 1 of acme");
    Alert alert = alerts.list(DueEvents.TENANT, true, null, 10).items().getFirst();
    assertThat(alert.ofEvent()).isFalse();
    assertThat(alerts.tenants()).containsExactly(DueEvents.TENANT);
  }

  private OwnAlert failed(String client, int run) {
    return new OwnAlert(
        client,
        "Run failed",
        "run-failed",
        "siesa-kong",
        "run " + run,
        "Client %s, run %d: it failed".formatted(client, run),
        clock.instant());
  }

  private List<Alert> open() {
    return alerts.list(null, true, null, 10).items();
  }

  @Test
  void furtherOnesOfTheSameKindAreFoldedIntoTheOneThatIsOpen() {
    add(null, Channel.MAIL, "care@example.com");
    OwnAlerts own = new OwnAlerts(database, recipients, (_, notice) -> sent.add(notice), clock);
    assertThat(own.raise(failed(DueEvents.TENANT, 1))).isTrue();
    assertThat(own.raise(failed("stranger", 9))).isTrue();
    add(null, Channel.MAIL, "late@example.com");
    assertThat(own.raise(failed(DueEvents.TENANT, 2))).isTrue();
    assertThat(own.raise(failed(DueEvents.TENANT, 2))).isFalse();
    assertThat(own.raise(failed(DueEvents.TENANT, 1))).isFalse();

    assertThat(open()).hasSize(2);
    Alert folded = alerts.list(DueEvents.TENANT, true, null, 10).items().getFirst();
    assertThat(folded.times()).isEqualTo(2);
    assertThat(folded.subject()).isEqualTo("run 2");
    assertThat(folded.message()).contains("run 2");
    assertThat(alerts.subjects(folded.id(), 10)).containsExactlyInAnyOrder("run 1", "run 2");
    assertThat(sent)
        .extracting(AlertNotice::address)
        .containsExactly("care@example.com", "late@example.com");
  }

  @Test
  void peopleAreToldAnewOfWhatComesAfterTheyHaveSeenToItAndAfterADay() {
    add(null, Channel.MAIL, "care@example.com");
    OwnAlerts own = new OwnAlerts(database, recipients, (_, notice) -> sent.add(notice), clock);
    own.raise(failed(DueEvents.TENANT, 1));
    alerts.acknowledge(ANNA, DueEvents.TENANT, open().getFirst().id(), null);
    assertThat(own.raise(failed(DueEvents.TENANT, 1))).isFalse();
    own.raise(failed(DueEvents.TENANT, 2));
    assertThat(sent).hasSize(2);
    Clock nextDay = Clock.offset(clock, OwnAlerts.STANDS.plusSeconds(1));
    new OwnAlerts(database, recipients, (_, notice) -> sent.add(notice), nextDay)
        .raise(failed(DueEvents.TENANT, 3));
    assertThat(sent).hasSize(3);
    assertThat(open()).hasSize(2).allMatch(alert -> alert.times() == 1);
  }

  @Test
  void whatCannotBeAnAddressIsRefused() {
    for (String wrong : List.of("", "nobody", "a b@example.com")) {
      assertThatThrownBy(() -> add(null, Channel.MAIL, wrong)).isInstanceOf(InboxException.class);
    }
    for (String wrong : List.of("ftp://x.example", "hooks.example.com", "https:///x")) {
      assertThatThrownBy(() -> add(null, Channel.WEBHOOK, wrong))
          .isInstanceOf(InboxException.class);
    }
    add(null, Channel.MAIL, "care@example.com");
    assertThatThrownBy(() -> add(null, Channel.MAIL, "care@example.com"))
        .hasMessageContaining("told already");
    assertThatThrownBy(() -> add(UUID.randomUUID(), Channel.MAIL, "care@example.com"))
        .isInstanceOf(InboxException.class);
  }

  private AlertRule rule(String tenant, String name) {
    return rules.add(
        ANNA,
        tenant,
        name,
        name.equals("Disputes") ? new Condition.DisputeOpened() : new Condition.AppUninstalled(),
        true);
  }

  private void add(@Nullable UUID rule, Channel channel, String address) {
    AlertRecipients.Added _ = recipients.add(ANNA, DueEvents.TENANT, rule, channel, address);
  }

  private void handle(DueEvent event) {
    database.write(transaction -> handler.handle(transaction, List.of(event)));
  }

  private static DueEvent dispute(long position) {
    return DueEvents.event(
        position,
        new Facts(
            List.of(),
            List.of(
                new Incident(
                    Incident.Kind.DISPUTE_OPENED,
                    "acme.example",
                    "dp_1",
                    "jo@example.com",
                    null,
                    0,
                    "it never came",
                    DueEvents.RECEIVED)),
            List.of()));
  }
}
