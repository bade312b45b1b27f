package dev.entrepot.inbox.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is watched though nobody made a rule.
final class UsualRulesTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final String TENANT = "acme";
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  private final Database database = TestDatabase.fresh();
  private final InboxModule module =
      new InboxModule(
          database,
          new SecretSeal(new byte[32]),
          Clock.systemUTC(),
          InboxSettings.of("node", List.of(new PlainSender()), List.of()).logging(TestLog.PATIENT));
  private final Inbox inbox = module.face();

  @AfterEach
  void close() {
    module.close();
    database.close();
  }

  @Test
  void aDisputeOfAFreshConnectionRaisesAnAlert() {
    connect("shop");
    module.start(NodeWork.ALL);
    Receipt receipt =
        inbox
            .intake()
            .accept("shop", PlainSender.delivery("secret", "dp_1", "payments/1", "a dispute"));
    awaitWritten(((Receipt.Accepted) receipt).position());
    assertThat(inbox.alerts().list(TENANT, true, null, 10).items())
        .extracting(Alert::message)
        .containsExactly("Dispute opened: dp_1 of acme.example");
  }

  @Test
  void allOfThemAreOnAndAmongTheActivities() {
    connect("shop");
    assertThat(inbox.alertRules().active(List.of(TENANT, "another")))
        .extracting(AlertRule::name)
        .containsExactlyInAnyOrderElementsOf(AlertRules.usual().keySet());
    assertThat(new ActivityLog(database).list(null, null, null, 100).items())
        .filteredOn(activity -> activity.action().equals("alert-rule.add"))
        .hasSize(AlertRules.usual().size())
        .allMatch(activity -> activity.actor().equals(ANNA.reference()));
  }

  @Test
  void whoseWereRemovedHasThemNotAgainWithAnotherConnection() {
    connect("shop");
    AlertRules rules = inbox.alertRules();
    rules.list(TENANT).forEach(rule -> rules.remove(ANNA, TENANT, rule.id()));
    connect("other");
    assertThat(rules.list(TENANT)).isEmpty();
    var _ = inbox.connections().remove(ANNA, "shop");
    var _ = inbox.connections().remove(ANNA, "other");
    connect("third");
    assertThat(rules.list(TENANT)).isEmpty();
  }

  @Test
  void theyDoNotComeBackWhenARemovedConnectionIsForgotten() {
    connect("shop");
    AlertRules rules = inbox.alertRules();
    rules.list(TENANT).forEach(rule -> rules.remove(ANNA, TENANT, rule.id()));
    var _ = inbox.connections().remove(ANNA, "shop");
    int _ =
        database.write(transaction ->
            Sql.of("update inbox_connection set removed_slice = -1000000").update(transaction));
    assertThat(inbox.connections().forgetRemoved(10)).isOne();
    connect("shop");
    assertThat(rules.list(TENANT)).isEmpty();
  }

  @Test
  void aTenantThatIsGivenAConnectionHasThem() {
    connect("shop");
    InboxConnection shop = inbox.connections().required("shop").connection();
    var _ =
        inbox
            .connections()
            .update(
                ANNA,
                ConnectionDraft.of("shop", "another", "plain", Map.of("account", "acme.example")),
                shop.revision());
    assertThat(inbox.alertRules().list("another")).hasSize(AlertRules.usual().size());
  }

  @Test
  void whatATenantWatchesAlreadyIsNotWatchedTwice() {
    AlertRules rules = inbox.alertRules();
    // A client of the sync, say.
    AlertTenants _ = module.alertTenants().also(() -> List.of(TENANT));
    AlertRule _ = rules.add(ANNA, TENANT, "Money at stake", new Condition.DisputeOpened(), false);
    connect("shop");
    assertThat(rules.list(TENANT))
        .extracting(AlertRule::name)
        .contains("Money at stake", "App uninstalled")
        .doesNotContain("Dispute opened");
  }

  private void connect(String name) {
    var _ =
        inbox
            .connections()
            .create(
                ANNA,
                ConnectionDraft.of(name, TENANT, "plain", Map.of("account", "acme.example")),
                "secret");
  }

  private void awaitWritten(long position) {
    long until = System.nanoTime() + PATIENCE;
    while (inbox.states().find(position).orElseThrow().state() != EventState.State.WRITTEN) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(until);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
