package dev.entrepot.console.api;

import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// What the inbox's lists are narrowed by, as the API spells it.
final class InboxFilters {
  private InboxFilters() {}

  /// @throws ProblemException INVALID naming the parameter
  static EventFilter events(Exchange exchange) {
    Instant from = instant(exchange, "from");
    Instant to = instant(exchange, "to");
    if (from != null && to != null && !from.isBefore(to)) {
      throw ProblemException.invalid(
          "from", "from is " + from + ", which is not before to, " + to + "; exchange them");
    }
    return new EventFilter(
        text(exchange, "tenant"),
        text(exchange, "connection"),
        text(exchange, "topic"),
        text(exchange, "key"),
        text(exchange, "id"),
        from,
        to);
  }

  /// Events as they come.
  static EventFilter followed(Exchange exchange) {
    return new EventFilter(
        text(exchange, "tenant"),
        text(exchange, "connection"),
        text(exchange, "topic"),
        text(exchange, "key"),
        null,
        null,
        null);
  }

  /// Behind which event; null: none was named.
  ///
  /// @throws ProblemException INVALID
  static @Nullable Long after(Exchange exchange) {
    String text = text(exchange, "after");
    try {
      return text == null ? null : Positions.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("after", String.valueOf(e.getMessage()));
    }
  }

  /// Open ones, unless a state is named.
  static DeadEventFilter letters(Exchange exchange) {
    DeadEvent.@Nullable State state =
        "any".equals(text(exchange, "state"))
            ? null
            : exchange.choice("state", DeadEvent.State.class).orElse(DeadEvent.State.OPEN);
    return new DeadEventFilter(
        text(exchange, "tenant"),
        text(exchange, "connection"),
        text(exchange, "topic"),
        text(exchange, "key"),
        text(exchange, "cause"),
        state);
  }

  /// Whose things are wanted.
  ///
  /// @throws ProblemException INVALID when nobody is named
  static String tenant(Exchange exchange) {
    return exchange
        .query()
        .text("tenant")
        .orElseThrow(
            () -> ProblemException.invalid("tenant", "tenant is missing; give it as a parameter"));
  }

  static @Nullable String text(Exchange exchange, String name) {
    return exchange.query().text(name).orElse(null);
  }

  /// The position of an event.
  ///
  /// @throws ProblemException NOT_FOUND when it is none: nothing has such a name
  static long position(Exchange exchange) {
    try {
      return Positions.parse(exchange.variable("position"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Instant instant(Exchange exchange, String name) {
    String text = text(exchange, name);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw ProblemException.invalid(
          name, name + " is \"" + text + "\"; it must be a time such as 2026-11-21T08:00:00Z");
    }
  }
}
