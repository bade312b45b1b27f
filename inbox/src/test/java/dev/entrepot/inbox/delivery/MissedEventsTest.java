package dev.entrepot.inbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.delivery.MissedEvents.Missed;
import dev.entrepot.inbox.delivery.MissedEvents.Reach;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.lanes.ReplayRequest;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.kit.outbound.Receiver;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissedEventsTest {
  private static final Reach SMALL = new Reach(3, 2, 5);

  private final Database database = TestDatabase.fresh();
  private final Receiver receiver = new Receiver(Receiver.status(204));
  private final InboxModule module =
      new InboxModule(
          database,
          new SecretSeal(new byte[32]),
          Clock.systemUTC(),
          InboxSettings.of("node", List.of(new PlainSender()), List.of())
              .logging(TestLog.PATIENT)
              .reaching(WebhookReach.PRIVATE_TOO));
  private final Inbox inbox = module.face();
  private int number;

  @BeforeEach
  void prepare() {
    connect("shop", "acme");
    connect("other", "globex");
    inbox.destinations().create(DeliveryWorld.ANNA, draft(Destination.State.ENABLED), null);
    module.start(NodeWork.ALL);
  }

  @AfterEach
  void close() {
    module.close();
    receiver.close();
    database.close();
  }

  private void connect(String name, String tenant) {
    inbox
        .connections()
        .create(
            DeliveryWorld.ANNA,
            ConnectionDraft.of(name, tenant, "plain", Map.of("account", tenant + ".example")),
            "secret");
  }

  private DestinationDraft draft(Destination.State state) {
    return new DestinationDraft(
        "crm", "acme", "CRM", receiver.url("/"), List.of(), List.of(), state);
  }

  private Destination crm() {
    return inbox.destinations().find("crm").orElseThrow();
  }

  private void turn(Destination.State state) {
    inbox.destinations().update(DeliveryWorld.ANNA, draft(state), crm().revision());
  }

  private List<Long> settled(String connection, int events) {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      String id = "id-" + ++number;
      Receipt receipt =
          inbox.intake().accept(connection, PlainSender.delivery("secret", id, id, "{}"));
      positions.add(((Receipt.Accepted) receipt).position());
    }
    for (long position : positions) {
      DeliveryWorld.await(
          () -> inbox.states().find(position).orElseThrow().state() != EventState.State.ACCEPTED);
    }
    return positions;
  }

  /// Of [#SMALL] the steps at a glance.
  private MissedEvents missedEvents(Reach whole) {
    return new MissedEvents(database, inbox.events(), new ActivityLog(database), whole, SMALL);
  }

  private void send(MissedEvents missed, int events) {
    long before = inbox.deliveries().figuresOf("crm").delivered();
    List<Long> positions = missed.requireSendable(crm(), null);
    assertThat(positions).hasSize(events);
    var _ = start(missed, positions);
    DeliveryWorld.await(() -> inbox.deliveries().figuresOf("crm").delivered() >= before + events);
  }

  private Replay start(MissedEvents missed, List<Long> positions) {
    Destination crm = crm();
    return inbox
        .replays()
        .start(
            DeliveryWorld.ANNA,
            new ReplayRequest(positions, EventFilter.ALL, Set.of(MissedEvents.handler(crm))),
            (transaction, found) -> missed.requireStill(transaction, crm, found));
  }

  @Test
  void whatStandsBehindManyEventsOfOthersIsFound() {
    turn(Destination.State.DISABLED);
    settled("other", 8);
    List<Long> first = settled("shop", 4);
    settled("other", 8);
    List<Long> second = settled("shop", 3);
    turn(Destination.State.ENABLED);
    settled("shop", 1);
    MissedEvents missed = missedEvents(new Reach(3, Integer.MAX_VALUE, 4));

    Missed glance = missed.glance(crm()).orElseThrow();
    assertThat(glance.positions()).as("so few were looked through").isEmpty();
    assertThat(glance.more()).isTrue();
    assertThat(glance.none()).isFalse();

    assertThat(missed.of(crm(), null).orElseThrow().more()).isTrue();
    assertThat(missed.requireSendable(crm(), null)).isEqualTo(first);
    send(missed, 4);
    assertThat(missed.of(crm(), null).orElseThrow().more()).isFalse();
    assertThat(missed.requireSendable(crm(), null)).isEqualTo(second);
    send(missed, 3);
    assertThat(missed.of(crm(), null).orElseThrow().none()).isTrue();
    Destination crm = crm();
    assertThatThrownBy(() -> missed.requireSendable(crm, null))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("has missed no event that is still kept");
  }

  /// However long the log is, one search looks through a part of it, and says where to go on.
  @Test
  void aSearchGoesOnFromWhereTheOneBeforeCameTo() {
    List<Long> all = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      turn(Destination.State.DISABLED);
      settled("other", 7);
      all.addAll(settled("shop", 5));
      turn(Destination.State.ENABLED);
    }
    MissedEvents missed = missedEvents(new Reach(3, 2, 4));
    List<Long> found = new ArrayList<>();
    int searches = 0;
    String after = null;
    do {
      Missed some = missed.of(crm(), after).orElseThrow();
      assertThat(some.positions().size()).isLessThanOrEqualTo(4);
      assertThat(some.outages()).isEqualTo(2);
      some.positions().stream().filter(one -> !found.contains(one)).forEach(found::add);
      after = some.next();
      searches++;
    } while (after != null);
    assertThat(found).isEqualTo(all);
    assertThat(searches).isGreaterThan(3);
    Destination crm = crm();
    assertThatThrownBy(() -> missed.of(crm, "nowhere"))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("start again without it");
  }

  @Test
  void everyTimeThatItWasDisabledCounts() {
    List<Long> missed = new ArrayList<>();
    for (int time = 0; time < 3; time++) {
      turn(Destination.State.DISABLED);
      missed.addAll(settled("shop", 2));
      turn(Destination.State.ENABLED);
      settled("shop", 2);
      // What waits when it is disabled is given up.
      int delivered = 2 * (time + 1);
      DeliveryWorld.await(() -> inbox.deliveries().figuresOf("crm").delivered() >= delivered);
    }
    turn(Destination.State.DISABLED);
    missed.addAll(settled("shop", 1));
    MissedEvents events = missedEvents(Reach.WHOLE);

    Missed told = events.of(crm(), null).orElseThrow();
    assertThat(told.positions()).isEqualTo(missed);
    assertThat(told.outages()).isEqualTo(4);
    assertThat(told.until()).isNull();
    assertThat(events.glance(crm()).orElseThrow().positions()).isSubsetOf(missed);

    turn(Destination.State.ENABLED);
    DeliveryWorld.await(() -> inbox.deliveries().figuresOf("crm").delivered() >= 6);
    send(events, missed.size());
    assertThat(events.of(crm(), null).orElseThrow().none()).isTrue();
    assertThat(receiver.requests()).hasSize(6 + missed.size());
  }

  @Test
  void twoWhoSendAtTheSameTimeSendOnce() {
    turn(Destination.State.DISABLED);
    settled("shop", 3);
    turn(Destination.State.ENABLED);
    MissedEvents missed = missedEvents(Reach.WHOLE);
    List<Long> seenByBoth = missed.requireSendable(crm(), null);

    assertThat(start(missed, seenByBoth.subList(0, 2)).events()).isEqualTo(2);
    assertThat(start(missed, seenByBoth).events()).as("what the first left").isEqualTo(1);
    assertThatThrownBy(() -> start(missed, seenByBoth))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("on their way");
    DeliveryWorld.await(() -> inbox.deliveries().figuresOf("crm").delivered() >= 3);
    assertThat(receiver.requests()).hasSize(3);
  }
}
