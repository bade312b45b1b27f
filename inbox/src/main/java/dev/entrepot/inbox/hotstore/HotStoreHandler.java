package dev.entrepot.inbox.hotstore;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Foreseeing;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.spi.event.EntityChange;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/// Brings the changes that events tell of into the hot store. Safe for use by many threads.
public final class HotStoreHandler implements EventHandler, Foreseeing {
  /// Its name in outcomes.
  public static final String NAME = "hot-store";

  private static final int MOST_TOLD = 5;

  private final Function<Connection, HotStore> stores;

  /// @param stores gives the store whose writes are a part of the given transaction
  public HotStoreHandler(Function<Connection, HotStore> stores) {
    this.stores = stores;
  }

  @Override
  public String name() {
    return NAME;
  }

  /// Topics say nothing of what an event holds: all are wanted.
  @Override
  public boolean wants(String kind, String topic) {
    return true;
  }

  @Override
  public List<Handled> handle(Connection transaction, List<DueEvent> events) {
    List<IncomingChange> changes = changes(events);
    List<Effect> effects = changes.isEmpty() ? List.of() : stores.apply(transaction).apply(changes);
    List<Handled> handled = new ArrayList<>(events.size());
    int first = 0;
    for (DueEvent event : events) {
      int end = first + event.facts().changes().size();
      handled.add(handled(changes.subList(first, end), effects.subList(first, end)));
      first = end;
    }
    return handled;
  }

  @Override
  public List<List<FieldChange>> foresee(Connection connection, List<DueEvent> events) {
    List<Foreseen> foreseen = stores.apply(connection).preview(changes(events));
    List<List<FieldChange>> byEvent = new ArrayList<>(events.size());
    int first = 0;
    for (DueEvent event : events) {
      int end = first + event.facts().changes().size();
      byEvent.add(foreseen.subList(first, end).stream().flatMap(HotStoreHandler::fields).toList());
      first = end;
    }
    return byEvent;
  }

  private static Stream<FieldChange> fields(Foreseen foreseen) {
    return foreseen.differences().stream()
        .map(difference ->
            new FieldChange(
                foreseen.key().toString(), difference.path(), difference.from(), difference.to()));
  }

  private static List<IncomingChange> changes(List<DueEvent> events) {
    List<IncomingChange> changes = new ArrayList<>(events.size());
    for (DueEvent event : events) {
      for (EntityChange change : event.facts().changes()) {
        changes.add(
            new IncomingChange(
                event.tenant(), event.position(), event.message().receivedAt(), change));
      }
    }
    return changes;
  }

  private static Handled handled(List<IncomingChange> changes, List<Effect> effects) {
    if (changes.isEmpty()) {
      return new Handled.NotWanted();
    }
    boolean written = effects.stream().anyMatch(Effect::written);
    StringBuilder told = new StringBuilder();
    int count = 0;
    for (int i = 0; i < changes.size(); i++) {
      if (effects.get(i).written() == written && count++ < MOST_TOLD) {
        told.append(told.isEmpty() ? "" : ", ")
            .append(changes.get(i).key())
            .append(' ')
            .append(words(effects.get(i)));
      }
    }
    if (count > MOST_TOLD) {
      told.append(" and ").append(count - MOST_TOLD).append(" more");
    }
    return written ? new Handled.Written(told.toString()) : new Handled.Unchanged(told.toString());
  }

  private static String words(Effect effect) {
    return switch (effect) {
      case CREATED, UPDATED, DELETED, COMPLETED -> effect.name().toLowerCase(Locale.ROOT);
      case UNCHANGED -> "is so already";
      case STALE -> "is known in a newer state";
    };
  }
}
