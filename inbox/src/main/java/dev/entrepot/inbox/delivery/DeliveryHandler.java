package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.EventLog;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Writes down which events are to be delivered where; [DeliverySender] does it. Safe for use by
/// many threads.
public final class DeliveryHandler implements EventHandler {
  /// Its name in outcomes.
  public static final String NAME = "deliveries";

  private final EventLog log;

  public DeliveryHandler(EventLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean wants(String kind, String topic) {
    return true;
  }

  /// The destinations.
  @Override
  public List<String> parts(Connection connection) {
    return DestinationRows.all(connection).stream()
        .map(stored -> stored.destination().name())
        .toList();
  }

  @Override
  public List<Handled> handle(Connection transaction, List<DueEvent> events) {
    List<String> tenants = events.stream().map(DueEvent::tenant).distinct().toList();
    List<Destination> all = DestinationRows.receiving(transaction, tenants);
    List<Outbox.Entry> entries = new ArrayList<>();
    List<List<Outbox.Entry>> byEvent = new ArrayList<>(events.size());
    for (DueEvent event : events) {
      List<Outbox.Entry> own =
          all.stream()
              .filter(destination -> destination.tenant().equals(event.tenant()))
              .filter(destination -> destination.wants(event.connection(), event.topic()))
              .filter(destination -> event.reaches(NAME, destination.name()))
              .map(destination -> entry(event, destination))
              .toList();
      byEvent.add(own);
      entries.addAll(own);
    }
    Set<Outbox.Place> written = Outbox.write(transaction, entries);
    return byEvent.stream().map(own -> handled(own, written)).toList();
  }

  private Outbox.Entry entry(DueEvent event, Destination destination) {
    return new Outbox.Entry(
        new Outbox.Place(event.position(), destination.name(), event.replay()),
        log.lane(event.key()),
        log.keyHash(event.key()),
        event.connection(),
        event.message(),
        event.edited());
  }

  private static Handled handled(List<Outbox.Entry> own, Set<Outbox.Place> written) {
    if (own.isEmpty()) {
      return new Handled.NotWanted();
    }
    List<String> names =
        own.stream()
            .map(Outbox.Entry::place)
            .filter(written::contains)
            .map(Outbox.Place::destination)
            .toList();
    return names.isEmpty()
        ? new Handled.Unchanged("it was to be delivered already")
        : new Handled.Written("to be delivered to " + String.join(", ", names));
  }
}
