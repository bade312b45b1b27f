package dev.entrepot.console;

import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A connection `shop` of the [PlainSender] with the secret `right`, and what it sends.
public final class InboxWorld {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final TestConsole console;

  public InboxWorld(TestConsole console) {
    this.console = console;
    console
        .inbox()
        .connections()
        .create(TestConsole.TEST, ConnectionDraft.of("shop", "main", "plain", Map.of()), "right");
  }

  /// Sends an event and waits until it has an outcome.
  ///
  /// @return its position
  public String settled(String id, String body) {
    String position = sent(id, body);
    await(() -> state(position) != EventState.State.ACCEPTED);
    return position;
  }

  /// @return the position of the event, or of the one that it repeats
  public String sent(String id, String body) {
    Receipt receipt =
        console
            .inbox()
            .intake()
            .accept(
                "shop",
                new Delivery(Headers.of(Map.of("Secret", "right", "Id", id)), Body.of(body)));
    return switch (receipt) {
      case Receipt.Accepted(long position) -> Positions.text(position);
      case Receipt.Duplicate(long first) -> Positions.text(first);
      case Receipt.Refused refused -> throw new IllegalStateException(refused.message());
    };
  }

  public EventState.State state(String position) {
    return console.inbox().states().find(Positions.parse(position)).orElseThrow().state();
  }

  /// Returns when something has come about.
  public static void await(BooleanSupplier what) {
    long deadline = System.nanoTime() + TestConsole.PATIENCE.toNanos();
    while (!what.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it did not come about within " + TestConsole.PATIENCE);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
