package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.delivery.DeliveryId;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.EventDelivery;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.Positions;

/// What an address names, or a page that says there is no such thing.
final class Found {
  private Found() {}

  static EventState event(Inbox inbox, Exchange exchange) {
    String text = exchange.variable("position");
    long position;
    try {
      position = Positions.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound(String.valueOf(e.getMessage()));
    }
    return inbox
        .states()
        .find(position)
        .orElseThrow(() ->
            ProblemException.notFound(
                inbox
                    .events()
                    .repeat(position)
                    .map(repeat ->
                        text
                            + " is a repeated delivery, which was not kept; look at the event that was: "
                            + Positions.text(repeat.first()))
                    .orElse(
                        "there is no event "
                            + text
                            + "; it was never kept, or is older than kept")));
  }

  static Destination destination(Inbox inbox, Exchange exchange) {
    String name = exchange.variable("name");
    return inbox
        .destinations()
        .find(name)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no destination “" + name + "”; look at the list of destinations"));
  }

  static EventDelivery delivery(Inbox inbox, Exchange exchange) {
    DeliveryId id = DeliveryId.parse(exchange.variable("id"));
    return inbox
        .deliveries()
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no delivery " + id.text() + "; it was dropped with its event"));
  }

  static OpenConnection connection(Inbox inbox, Exchange exchange) {
    String name = exchange.variable("name");
    return inbox
        .connections()
        .open(name)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no connection “" + name + "”; look at the list of connections"));
  }
}
