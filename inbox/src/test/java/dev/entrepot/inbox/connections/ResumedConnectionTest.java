package dev.entrepot.inbox.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.connections.InboxConnection.State;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.TestLog;
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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ResumedConnectionTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final long PATIENCE = Duration.ofMinutes(5).toNanos();
  private static final ConnectionDraft SHOP =
      ConnectionDraft.of("shop", "acme", "plain", Map.of("account", "shop.example"));

  private final Database database = TestDatabase.fresh();
  private final InboxModule module =
      new InboxModule(
          database,
          new SecretSeal(new byte[32]),
          Clock.systemUTC(),
          InboxSettings.of("node", List.of(new PlainSender()), List.of()).logging(TestLog.PATIENT));

  @AfterEach
  void close() {
    module.close();
    database.close();
  }

  @Test
  void whatWaitedIsDueAtOnceWhenAConnectionIsNotPausedAnyMore() {
    module.start(NodeWork.ALL);
    Inbox inbox = module.face();
    Connections connections = inbox.connections();
    InboxConnection made = connections.create(ANNA, SHOP, "secret");
    InboxConnection paused =
        connections.update(ANNA, SHOP.withState(State.PAUSED), made.revision());
    Receipt receipt =
        inbox.intake().accept("shop", PlainSender.delivery("secret", "1", "key", "{}"));
    long position = ((Receipt.Accepted) receipt).position();
    await(() -> state(position) == EventState.State.WAITING);
    assertThat(late()).isEqualTo(1);
    assertThat(number("due_at - since >= interval '14 minutes'")).as("looked at seldom").isOne();
    InboxConnection _ = connections.update(ANNA, SHOP, paused.revision());
    // Nothing waits for a later time any more: it is due, or done already.
    assertThat(late()).isZero();
    await(() -> state(position) == EventState.State.SKIPPED);
  }

  private EventState.State state(long position) {
    return module.face().states().find(position).orElseThrow().state();
  }

  private long late() {
    return number("due_at > clock_timestamp()");
  }

  /// How many waiting events are so.
  private long number(String condition) {
    return database.read(connection ->
        Sql.of("select count(*) as n from inbox_waiting where " + condition)
            .one(connection, row -> row.int8("n")));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
