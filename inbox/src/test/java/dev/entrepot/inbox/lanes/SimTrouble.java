package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What goes wrong with an event, as its body says: `fine`, `poison`, or `handler word times`,
/// where the word is `later`, `throw`, `break` or `refuse`, and the times the attempts that go
/// wrong.
final class SimTrouble {
  private SimTrouble() {}

  /// Reads the body.
  static final class Source implements EventSource {
    @Override
    public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
      return new Verdict.Unsigned();
    }

    @Override
    public Identity identify(Delivery delivery) {
      throw new EventException(
          EventException.Code.INCOMPLETE, "simulated events come with their identity");
    }

    @Override
    public Facts read(Message message) {
      if (message.body().text().equals("poison")) {
        throw new EventException(EventException.Code.MALFORMED, "line 1, column 1: not JSON");
      }
      return Facts.NONE;
    }
  }

  /// Enters positions, and fails as the bodies say.
  record Handler(String name, Effects effects) implements EventHandler {
    @Override
    public boolean wants(String kind, String topic) {
      return true;
    }

    @Override
    public List<Handled> handle(Connection transaction, List<DueEvent> events) {
      List<Handled> all = new ArrayList<>();
      for (DueEvent event : events) {
        String[] words = event.message().body().text().split(" ", -1);
        boolean wrong = words[0].equals(name) && event.attempt() <= Integer.parseInt(words[2]);
        all.add(
            switch (wrong ? words[1] : "fine") {
              case "later" -> new Handled.Later("NOT_YET", "not yet", null);
              case "refuse" -> new Handled.Refused("NEVER", "never");
              case "break" -> throw new NoClassDefFoundError("of " + event.position());
              case "throw" -> throw new IllegalStateException("thrown at " + event.position());
              default -> {
                effects.enter(transaction, name, event);
                yield new Handled.Written("entered");
              }
            });
      }
      return all;
    }
  }

  /// Where handlers write.
  @FunctionalInterface
  interface Effects {
    void enter(Connection transaction, String handler, DueEvent event);
  }

  /// Into the simulated transaction.
  static void simulated(Connection transaction, String handler, DueEvent event) {
    try {
      transaction
          .unwrap(SimTransaction.class)
          .add(new SimTransaction.Effect(handler, event.key(), event.position(), event.replay()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
