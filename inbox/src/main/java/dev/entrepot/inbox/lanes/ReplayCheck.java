package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether what a replay names is there.
final class ReplayCheck {
  private final Database database;
  private final List<EventHandler> handlers;

  ReplayCheck(Database database, List<EventHandler> handlers) {
    this.database = database;
    this.handlers = handlers;
  }

  /// @throws InboxException INVALID when it names a handler that there is not, or no time
  void require(ReplayRequest request) {
    Set<String> unknown = new TreeSet<>(request.handlers());
    Set<String> known = handlers.stream().map(EventHandler::name).collect(Collectors.toSet());
    unknown.removeAll(known);
    if (unknown.stream().anyMatch(name -> name.indexOf('/') > 0)) {
      unknown.removeAll(parts());
    }
    if (!unknown.isEmpty()) {
      throw new InboxException(
          Code.INVALID,
          "handlers",
          "there is no handler \""
              + unknown.iterator().next()
              + "\"; name some of: "
              + String.join(", ", new TreeSet<>(known))
              + ", or none for all");
    }
    Instant from = request.filter().from();
    Instant to = request.filter().to();
    if (from != null && to != null && !from.isBefore(to)) {
      throw new InboxException(
          Code.INVALID,
          "from",
          "from is " + from + ", which is not before to, " + to + "; exchange them");
    }
  }

  private List<String> parts() {
    return database.read(connection ->
        handlers.stream()
            .flatMap(handler ->
                handler.parts(connection).stream().map(part -> handler.name() + "/" + part))
            .toList());
  }
}
