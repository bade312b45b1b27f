package dev.entrepot.inbox.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One node takes events, another one hands them on.
final class OtherNodesConnectionTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final long PATIENCE = Duration.ofMinutes(5).toNanos();

  private final Database database = TestDatabase.fresh();
  private final InboxModule receiving = node("receiving");
  private final InboxModule handing = node("handing");

  private InboxModule node(String name) {
    return new InboxModule(
        database,
        new SecretSeal(new byte[32]),
        Clock.systemUTC(),
        InboxSettings.of(name, List.of(new PlainSender()), List.of()).logging(TestLog.PATIENT));
  }

  @AfterEach
  void close() {
    receiving.close();
    handing.close();
    database.close();
  }

  @Test
  void aConnectionThatWasMadeAMomentAgoIsKnownToAllWhoReadItsEvents() {
    receiving.start(NodeWork.RECEIVE);
    handing.start(NodeWork.ALL);
    for (int number = 0; number < 5; number++) {
      String name = "shop-" + number;
      var _ =
          receiving
              .face()
              .connections()
              .create(
                  ANNA,
                  ConnectionDraft.of(name, "acme", "plain", Map.of("account", "acme.example")),
                  "secret");
      Receipt receipt =
          receiving.face().intake().accept(name, PlainSender.delivery("secret", "1", "key", "{}"));
      long position = ((Receipt.Accepted) receipt).position();
      assertThat(end(position)).isEqualTo(EventState.State.SKIPPED);
    }
  }

  @Test
  void whatIsNotKnownIsLookedForOnlyWhenSomethingChanged() {
    Connections here = handing.face().connections();
    assertThat(here.sought("shop")).isEmpty();
    var _ =
        receiving
            .face()
            .connections()
            .create(
                ANNA,
                ConnectionDraft.of("shop", "acme", "plain", Map.of("account", "acme.example")),
                "secret");
    assertThat(here.known("shop")).isEmpty();
    assertThat(here.sought("shop")).isPresent();
    assertThat(here.known("shop")).isPresent();
  }

  private EventState.State end(long position) {
    long until = System.nanoTime() + PATIENCE;
    while (true) {
      EventState.State state = receiving.face().states().find(position).orElseThrow().state();
      if (state != EventState.State.ACCEPTED) {
        return state;
      }
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(until);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
