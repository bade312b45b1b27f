package dev.entrepot.inbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.hotstore.DueEvents;
import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A database with destinations, events handled for them, and senders over a clock that stands.
final class DeliveryWorld implements AutoCloseable {
  static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(2);

  final Database database = TestDatabase.fresh();
  final MovingClock clock = new MovingClock();
  final ActivityLog activities = new ActivityLog(database);
  final EventLog log = new EventLog(database, TestLog.PATIENT);
  final WebhookPoster poster =
      new WebhookPoster(
          WebhookReach.PRIVATE_TOO, clock, new WebhookPoster.Patience(PATIENCE, PATIENCE));
  final Destinations destinations =
      new Destinations(
          database,
          activities,
          clock,
          new SecretSeal(new byte[32]),
          _ -> null,
          WebhookReach.PRIVATE_TOO,
          poster);
  final Deliveries deliveries = new Deliveries(database, log, activities, clock, this::wake);
  final DeliveryHandler handler = new DeliveryHandler(log);
  private final List<DeliverySender> senders = new ArrayList<>();
  private int number;

  DeliveryWorld() {
    log.start();
  }

  Destination destination(String name, String url) {
    return destinations
        .create(ANNA, DestinationDraft.of(name, DueEvents.TENANT, URI.create(url)), SECRET)
        .destination();
  }

  Destination change(DestinationDraft draft) {
    Destination before = destinations.find(draft.name()).orElseThrow();
    Destination changed = destinations.update(ANNA, draft, before.revision());
    wake();
    return changed;
  }

  /// Keeps an event and has it handled.
  long event(String key, String body) {
    return event(key, "orders/updated", body);
  }

  long event(String key, String topic, String body) {
    long position = kept(key, topic, body);
    assertThat(handle(due(position, key, topic, body, false, null)))
        .isInstanceOf(Handled.Written.class);
    return position;
  }

  long kept(String key, String topic, String body) {
    Identity identity = new Identity("id-" + ++number, topic, key, null);
    Appended appended =
        log.append(new NewEvent("shop", identity, Headers.NONE, Body.of(body), null));
    return ((Appended.Accepted) appended).position();
  }

  DueEvent due(
      long position, String key, String topic, String body, boolean edited, @Nullable UUID replay) {
    DueEvent plain = DueEvents.event(position, Facts.NONE);
    return new DueEvent(
        position,
        plain.connection(),
        plain.tenant(),
        plain.kind(),
        new dev.entrepot.spi.event.Message(
            new Identity("id", topic, key, null),
            Headers.NONE,
            Body.of(body),
            plain.message().receivedAt()),
        Facts.NONE,
        edited,
        1,
        replay);
  }

  Handled handle(DueEvent event) {
    Handled handled =
        database.write(transaction -> handler.handle(transaction, List.of(event))).getFirst();
    wake();
    return handled;
  }

  DeliverySender sender(String node) {
    DeliverySender sender =
        new DeliverySender(
            database,
            new Leases(database, Clock.systemUTC()),
            log,
            destinations,
            poster,
            clock,
            settings(node),
            () -> 1);
    senders.add(sender);
    sender.start();
    return sender;
  }

  static DeliverySettings settings(String node) {
    return new DeliverySettings(
        node,
        WebhookReach.PRIVATE_TOO,
        WebhookPoster.Patience.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        4,
        1 << 20,
        RetrySchedule.STANDARD);
  }

  void wake() {
    senders.forEach(DeliverySender::wake);
  }

  void advance(Duration by) {
    clock.advance(by);
    wake();
  }

  EventDelivery only(long position) {
    return deliveries.list(DeliveryFilter.ofEvent(position), null, 10).items().getFirst();
  }

  List<DeliveryState> states(String destination) {
    return deliveries
        .list(DeliveryFilter.ofDestination(destination), null, 500)
        .items()
        .reversed()
        .stream()
        .map(EventDelivery::state)
        .toList();
  }

  /// Returns when it has come about; gives up long after it should have.
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it did not come about within " + PATIENCE);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  static <T> void awaitEqual(Supplier<T> value, T wanted) {
    await(() -> value.get().equals(wanted));
  }

  /// What the audit finds, but for the events' own outcomes, which nobody wrote here.
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (AuditCheck check : DeliveryAudit.checks()) {
      if (!check.name().contains("for every event")) {
        long _ =
            database.read(
                connection -> check.run(connection, finding -> findings.add(finding.toString())));
      }
    }
    return findings;
  }

  long number(String statement) {
    return database.read(connection -> Sql.of(statement).one(connection, row -> row.int8("n")));
  }

  @Override
  public void close() {
    senders.forEach(DeliverySender::close);
    log.close();
    database.close();
  }
}
