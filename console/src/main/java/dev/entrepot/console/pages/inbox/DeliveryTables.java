package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.delivery.DeliveryState;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.EventDelivery;
import java.util.List;

/// Deliveries as tables.
final class DeliveryTables {
  private DeliveryTables() {}

  static Badge state(DeliveryState state) {
    return switch (state) {
      case NEW -> Badge.of(Tone.BUSY, "To be delivered");
      case WAITING -> Badge.of(Tone.WARN, "Waiting");
      case BEHIND -> Badge.of(Tone.WAIT, "Behind another");
      case DELIVERED -> Badge.of(Tone.GOOD, "Delivered");
      case DEAD -> Badge.of(Tone.BAD, "Given up");
      case SKIPPED -> Badge.of(Tone.QUIET, "Event is gone");
    };
  }

  static Badge state(Destination.State state) {
    return switch (state) {
      case ENABLED -> Badge.of(Tone.GOOD, "Enabled");
      case PAUSED -> Badge.of(Tone.WAIT, "Paused");
      case DISABLED -> Badge.of(Tone.QUIET, "Disabled");
    };
  }

  /// Of one event, by destination.
  static TableView ofEvent(List<EventDelivery> deliveries) {
    return TableView.of(
        "deliveries",
        "Deliveries of this event",
        List.of(
            Column.title("Destination"),
            Column.text("State"),
            Column.number("Attempts"),
            Column.text("Tried next")),
        deliveries.stream()
            .map(one ->
                TableView.Row.of(
                    one.id().text(),
                    Cell.link(one.destination(), "/inbox/deliveries/" + one.id().text()),
                    new Cell.State(state(one.state())),
                    Cell.count(one.attempts()),
                    Cell.time(one.dueAt())))
            .toList(),
        Empty.of(Icon.FLOWS, "No delivery", "No destination asked for this event."));
  }

  /// To one destination, newest events first.
  static TableView ofDestination(List<EventDelivery> deliveries) {
    return TableView.of(
        "deliveries",
        "Deliveries, newest events first",
        List.of(
            Column.title("Event"),
            Column.text("Key"),
            Column.text("State"),
            Column.number("Attempts"),
            Column.text("Tried next"),
            Column.of("Why", Column.Kind.WIDE)),
        deliveries.stream()
            .map(one ->
                TableView.Row.of(
                    one.id().text(),
                    Cell.link(one.topic(), "/inbox/deliveries/" + one.id().text()),
                    Cell.key(one.key()),
                    new Cell.State(state(one.state())),
                    Cell.count(one.attempts()),
                    Cell.ago(one.dueAt()),
                    Cell.text(one.reason() == null ? null : Words.sentence(one.reason()))))
            .toList(),
        Empty.of(Icon.FLOWS, "No delivery", "There is none of this kind."));
  }
}
