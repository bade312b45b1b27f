package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Foreseeing;
import dev.entrepot.inbox.handling.Foreseeing.FieldChange;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.model.SortableId;
import dev.entrepot.spi.event.Body;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Hands events on in a transaction that is rolled back.
final class ReplayTrial {
  private static final int SAMPLE = 50;
  private static final int MOST_CHANGES = 20;

  /// Thrown to roll back.
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("rolled back on purpose", null, false, false);
    }
  }

  private final Database database;
  private final EventLog log;
  private final Reader reader;
  private final List<EventHandler> handlers;
  private final Map<String, ReplayPreview.Figures> figures = new HashMap<>();
  private final List<ReplayPreview.Effect> sample = new ArrayList<>();

  ReplayTrial(Database database, EventLog log, Senders senders, List<EventHandler> handlers) {
    this.database = database;
    this.log = log;
    this.reader = new Reader(senders);
    this.handlers = handlers;
  }

  /// @param to those to whom alone they are handed on; empty: to all
  ReplayPreview run(long events, List<Long> positions, Set<String> to) {
    UUID replay = SortableId.next();
    List<Item> items =
        load(positions, new ReplayPlace(replay, 1, to)).stream().map(reader::waiting).toList();
    List<DueEvent> readable =
        items.stream()
            .filter(item -> item.due() != null)
            .map(item -> Objects.requireNonNull(item.due()))
            .toList();
    for (EventHandler handler : handlers) {
      tryOut(handler, readable);
    }
    long unreadable =
        items.stream().filter(item -> item.unreadable() != null || item.paused() != null).count();
    return new ReplayPreview(
        events,
        items.size(),
        (int) unreadable,
        figures,
        sample,
        ReplayPreview.Skipped.NONE,
        ReplayPreview.Parked.NONE);
  }

  /// A beginning of them: as much as is not too much together.
  private List<WaitingEvent> load(List<Long> positions, ReplayPlace place) {
    return database.read(connection -> {
      MendedBodies.Loaded mended = MendedBodies.some(connection, positions);
      List<Long> some = positions.stream().filter(position -> position < mended.cutAt()).toList();
      return log.loadSome(connection, some).events().stream()
          .map(event -> waiting(event, mended.bodies().get(event.position()), place))
          .toList();
    });
  }

  private static WaitingEvent waiting(LoggedEvent event, @Nullable Body mended, ReplayPlace place) {
    KeptEvent kept = PostgresLaneStore.kept(event, "");
    return new WaitingEvent(
        0, mended == null ? kept : kept.with(mended), mended != null, 0, Map.of(), place, null);
  }

  private void tryOut(EventHandler handler, List<DueEvent> events) {
    List<DueEvent> wanted =
        events.stream().filter(event -> handler.wants(event.kind(), event.topic())).toList();
    if (wanted.isEmpty()) {
      return;
    }
    List<List<FieldChange>> changes = foreseen(handler, wanted);
    List<Handled> handled = rolledBack(handler, wanted);
    for (int i = 0; i < wanted.size(); i++) {
      add(handler.name(), wanted.get(i), handled.get(i), changes.get(i));
    }
  }

  private List<List<FieldChange>> foreseen(EventHandler handler, List<DueEvent> wanted) {
    return handler instanceof Foreseeing foreseeing
        ? database.read(connection -> foreseeing.foresee(connection, wanted))
        : java.util.Collections.nCopies(wanted.size(), List.of());
  }

  /// All at once, so that later ones see what earlier ones did; one that throws spoils the trial of
  /// this handler alone.
  private List<Handled> rolledBack(EventHandler handler, List<DueEvent> wanted) {
    List<Handled> handled = new ArrayList<>();
    try {
      boolean _ =
          database.write(transaction -> {
            handled.addAll(handle(handler, transaction, wanted));
            throw new Enough();
          });
    } catch (Enough e) {
      return handled;
    }
    return handled;
  }

  private static List<Handled> handle(
      EventHandler handler, Connection transaction, List<DueEvent> wanted) {
    try {
      return handler.handle(transaction, wanted);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      Handled failed = new Handled.Later(HandlerCalls.HANDLER_FAILED, Reader.words(e), null);
      return java.util.Collections.nCopies(wanted.size(), failed);
    }
  }

  private void add(String handler, DueEvent event, Handled handled, List<FieldChange> changes) {
    ReplayPreview.Figures one =
        switch (handled) {
          case Handled.Written _ -> new ReplayPreview.Figures(1, 0, 0, 0, 0);
          case Handled.Unchanged _ -> new ReplayPreview.Figures(0, 1, 0, 0, 0);
          case Handled.NotWanted _ -> new ReplayPreview.Figures(0, 0, 1, 0, 0);
          case Handled.Later _ -> new ReplayPreview.Figures(0, 0, 0, 1, 0);
          case Handled.Refused _ -> new ReplayPreview.Figures(0, 0, 0, 0, 1);
        };
    figures.merge(handler, one, ReplayPreview.Figures::with);
    if (sample.size() < SAMPLE && !(handled instanceof Handled.NotWanted)) {
      sample.add(
          new ReplayPreview.Effect(
              event.position(),
              event.key(),
              handler,
              HandlerCode.of(handled),
              words(handled),
              changes.stream().limit(MOST_CHANGES).toList()));
    }
  }

  private static String words(Handled handled) {
    return switch (handled) {
      case Handled.Written written -> written.what();
      case Handled.Unchanged unchanged -> unchanged.why();
      case Handled.NotWanted _ -> "not wanted";
      case Handled.Later later -> later.code() + ": " + later.reason();
      case Handled.Refused refused -> refused.code() + ": " + refused.reason();
    };
  }
}
