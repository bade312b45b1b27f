package dev.entrepot.inbox.intake;

import dev.entrepot.inbox.connections.ConnectionException;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.InboxConnection.State;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.intake.Receipt.Reason;
import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.inbox.log.Purpose;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes deliveries: verifies the signature over the raw bytes, finds what identifies them, and
/// keeps them. Safe for use by many threads; meant for virtual ones, since it waits for the disk.
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration UNUSABLE_RETRY = Duration.ofSeconds(30);
  private static final Duration LATELY = Duration.ofHours(24);
  private static final String UNIDENTIFIED = "unidentified";

  private final Connections connections;
  private final EventLog log;
  private final IntakeFigures figures;
  private final Clock clock;

  public Intake(Connections connections, EventLog log, IntakeFigures figures, Clock clock) {
    this.connections = connections;
    this.log = log;
    this.figures = figures;
    this.clock = clock;
  }

  /// How many bytes a delivery's body may have, so that larger ones need not be read; empty when
  /// there is no such connection.
  public OptionalInt mostBodyBytes(String connection) {
    return connections.open(connection).stream()
        .mapToInt(open -> open.connection().mostBodyBytes())
        .findFirst();
  }

  /// Counts a delivery whose body was larger than [#mostBodyBytes] and was not read.
  public Receipt tooLarge(String connection) {
    Optional<OpenConnection> open = connections.open(connection);
    Receipt receipt = open.isEmpty() ? absent(connection) : tooLarge(open.get().connection());
    open.ifPresent(_ -> figures.count(connection, receipt, Duration.ZERO));
    return receipt;
  }

  /// Refuses what is posted to a connection whose events are fetched: what is posted there is
  /// verified by nobody. Empty for all other connections.
  public Optional<Receipt> refusePosted(String connection) {
    Optional<OpenConnection> fed = connections.open(connection).filter(OpenConnection::fed);
    if (fed.isEmpty()) {
      return Optional.empty();
    }
    Receipt receipt =
        refused(
            Reason.NOT_POSTED,
            "the events of connection "
                + connection
                + " are fetched; post to a connection of another kind");
    figures.count(connection, receipt, Duration.ZERO);
    return Optional.of(receipt);
  }

  /// Takes a delivery that was fetched from where it waited; when it returns a success, it is on
  /// disk. It is never refused for what it is, since it would be fetched again for ever: one that
  /// cannot be identified is kept as an event by itself, and is found wanting when it is read. The
  /// bound on its size is where it waited.
  ///
  /// @param connection whose events are [fed][OpenConnection#fed]
  public Receipt acceptFetched(String connection, Delivery delivery) {
    long start = System.nanoTime();
    Optional<OpenConnection> open = connections.open(connection);
    if (open.isEmpty()) {
      return absent(connection);
    }
    Receipt receipt;
    if (open.get().connection().state() == State.DISABLED) {
      receipt = disabled(open.get().connection());
    } else if (!open.get().readable()) {
      receipt = notReady(open.get().connection());
    } else {
      receipt =
          append(
              new NewEvent(
                  connection,
                  identity(open.get(), delivery),
                  delivery.headers(),
                  delivery.body(),
                  null));
    }
    figures.count(connection, receipt, Duration.ofNanos(System.nanoTime() - start));
    return receipt;
  }

  /// Whether a connection is removed of which events came lately: its sender may not know yet.
  public enum Recent {
    REFUSE,
    REMOVE
  }

  /// Removes a connection; see [Connections#remove].
  ///
  /// @throws ConnectionException NOT_FOUND; REMOVED; CONFLICT when events came in the last 24 hours
  public InboxConnection remove(Actor actor, String connection, Recent recent) {
    InboxConnection present = connections.required(connection).connection();
    if (recent == Recent.REFUSE) {
      log.newestSince(present.name(), clock.instant().minus(LATELY))
          .ifPresent(newest -> {
            throw new ConnectionException(
                ConnectionException.Code.CONFLICT,
                "confirm",
                ("connection %s received an event at %s, within the last 24 hours: its sender would"
                        + " be told 410 from now on. Change the sender first, or confirm that it is"
                        + " removed all the same")
                    .formatted(connection, newest.truncatedTo(ChronoUnit.SECONDS)));
          });
    }
    return connections.remove(actor, present.name());
  }

  private static Identity identity(OpenConnection open, Delivery delivery) {
    try {
      return open.source().identify(delivery);
    } catch (EventException e) {
      LOG.debug("an event of {} is kept unidentified", open.connection().name(), e);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LOG.warn(
          "an event of connection {} cannot be identified, which is a defect; it is kept",
          open.connection().name(),
          e);
    }
    String digest = Names.digest(delivery.body().bytes());
    return new Identity(digest, UNIDENTIFIED, UNIDENTIFIED + "/~" + digest, null);
  }

  /// Takes a delivery; when it returns a success, the delivery is on disk.
  ///
  /// @param connection the name, as it is in the address
  public Receipt accept(String connection, Delivery delivery) {
    return accept(connection, delivery, Purpose.LIVE);
  }

  /// Takes a sample that an operator had made, as [#accept(String, Delivery)] takes a sender's; it
  /// is marked as what it is, and no handler is given it.
  public Receipt acceptTest(String connection, Delivery sample) {
    return accept(connection, sample, Purpose.TEST);
  }

  private Receipt accept(String connection, Delivery delivery, Purpose purpose) {
    long start = System.nanoTime();
    Optional<OpenConnection> open = connections.open(connection);
    if (open.isEmpty()) {
      return absent(connection);
    }
    Receipt receipt = accept(open.get(), delivery, purpose);
    figures.count(connection, receipt, Duration.ofNanos(System.nanoTime() - start));
    return receipt;
  }

  private Receipt accept(OpenConnection open, Delivery delivery, Purpose purpose) {
    InboxConnection connection = open.connection();
    Instant now = clock.instant();
    if (connection.state() == State.DISABLED) {
      return disabled(connection);
    }
    if (delivery.body().size() > connection.mostBodyBytes()) {
      return tooLarge(connection);
    }
    if (!open.usable(now)) {
      return notReady(connection);
    }
    return switch (open.source().verify(delivery, open.secrets(now), now)) {
      case Verdict.Genuine genuine ->
          keep(open, delivery, open.number(genuine.secret(), now), purpose);
      case Verdict.Unsigned() -> keep(open, delivery, null, purpose);
      case Verdict.Forged(String reason) -> refused(Reason.FORGED, reason);
      case Verdict.Stale(String reason) -> refused(Reason.STALE, reason);
    };
  }

  private Receipt keep(
      OpenConnection open, Delivery delivery, @Nullable Integer secret, Purpose purpose) {
    String connection = open.connection().name();
    Identity identity;
    try {
      identity = open.source().identify(delivery);
    } catch (EventException e) {
      return refused(Reason.INCOMPLETE, String.valueOf(e.getMessage()));
    }
    return append(
        new NewEvent(connection, identity, delivery.headers(), delivery.body(), secret, purpose));
  }

  private Receipt append(NewEvent event) {
    return switch (log.append(event)) {
      case Appended.Accepted(long position) -> new Receipt.Accepted(position);
      case Appended.Duplicate(long first) -> new Receipt.Duplicate(first);
      case Appended.Busy(Duration retryAfter) ->
          new Receipt.Refused(
              Reason.BUSY, "too many events wait to be written; send it again", retryAfter);
      case Appended.Unavailable(Duration retryAfter, String reason) -> {
        LOG.debug("a delivery by {} is not known to be kept: {}", event.connection(), reason);
        yield new Receipt.Refused(
            Reason.UNAVAILABLE, "the event could not be written; send it again", retryAfter);
      }
    };
  }

  private static Receipt tooLarge(InboxConnection connection) {
    return refused(
        Reason.TOO_LARGE,
        "connection "
            + connection.name()
            + " takes bodies of up to "
            + connection.mostBodyBytes()
            + " bytes; send less, or raise its limit");
  }

  private static Receipt disabled(InboxConnection connection) {
    return refused(
        Reason.DISABLED, "connection " + connection.name() + " is disabled; enable it to send");
  }

  private static Receipt notReady(InboxConnection connection) {
    return new Receipt.Refused(
        Reason.UNAVAILABLE,
        "connection " + connection.name() + " is not ready; its operator must mend it",
        UNUSABLE_RETRY);
  }

  private Receipt absent(String connection) {
    String name = Names.words(connection);
    return connections.known(connection).isPresent()
        ? refused(Reason.REMOVED, "connection " + name + " was removed; send nothing here any more")
        : refused(
            Reason.UNKNOWN_CONNECTION,
            "there is no connection \"" + name + "\"; check the last part of the address");
  }

  private static Receipt refused(Reason reason, String message) {
    return new Receipt.Refused(reason, message, null);
  }
}
