package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives items to handlers inside one transaction so that in the end none was given an event behind
/// one of the same key that failed. Where that turns out too late, everything is rolled back to the
/// beginning and done again without those events; failures are remembered, not repeated.
final class HandlerCalls {
  static final String HANDLER_FAILED = "HANDLER_FAILED";

  private static final Logger LOG = LoggerFactory.getLogger(HandlerCalls.class);

  private final List<EventHandler> handlers;
  private final Connection transaction;
  private final BiFunction<List<Item>, Verdicts, Set<Item>> blocked;
  private boolean careful;

  /// @param blocked which items may not be handled, given what is known of all
  HandlerCalls(
      List<EventHandler> handlers,
      Connection transaction,
      BiFunction<List<Item>, Verdicts, Set<Item>> blocked) {
    this.handlers = handlers;
    this.transaction = transaction;
    this.blocked = blocked;
  }

  /// @return what the handlers said; items without a word are not wanted, unreadable or blocked
  Verdicts run(List<Item> items) throws SQLException {
    if (items.stream().noneMatch(item -> item.due() != null)) {
      return new Verdicts();
    }
    Savepoint start = transaction.setSavepoint();
    Verdicts known = new Verdicts();
    while (true) {
      Set<Item> out = blocked.apply(items, known);
      List<Item> in = items.stream().filter(item -> !out.contains(item)).toList();
      Verdicts verdicts = known.failures();
      if (pass(in, verdicts, start)) {
        Set<Item> now = blocked.apply(items, verdicts);
        if (now.stream().noneMatch(item -> !out.contains(item) && verdicts.touched(item))) {
          return verdicts;
        }
        transaction.rollback(start);
      }
      known = verdicts.failures();
    }
  }

  /// @return false when a handler threw and everything was rolled back: from now on in small steps
  private boolean pass(List<Item> items, Verdicts verdicts, Savepoint start) throws SQLException {
    for (EventHandler handler : handlers) {
      List<Item> wanted =
          items.stream()
              .filter(item -> wants(handler, item) && !verdicts.has(item, handler.name()))
              .toList();
      if (wanted.isEmpty()) {
        continue;
      }
      if (careful) {
        halve(handler, wanted, verdicts);
        continue;
      }
      try {
        enter(handler, wanted, verdicts);
      } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
        requireHandlersFault(e);
        transaction.rollback(start);
        careful = true;
        return false;
      }
    }
    return true;
  }

  private static boolean wants(EventHandler handler, Item item) {
    DueEvent due = item.due();
    return due != null
        && item.reaches(handler.name())
        && !HandlerCode.done(item.done().getOrDefault(handler.name(), HandlerCode.PENDING))
        && handler.wants(due.kind(), due.topic());
  }

  private void halve(EventHandler handler, List<Item> items, Verdicts verdicts)
      throws SQLException {
    Savepoint before = transaction.setSavepoint();
    try {
      enter(handler, items, verdicts);
      transaction.releaseSavepoint(before);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      requireHandlersFault(e);
      transaction.rollback(before);
      if (items.size() > 1) {
        halve(handler, items.subList(0, items.size() / 2), verdicts);
        halve(handler, items.subList(items.size() / 2, items.size()), verdicts);
        return;
      }
      Item guilty = items.getFirst();
      // Told once, by the dead letter or the waiting event; the stack is for those who look closer.
      LOG.debug("handler {} failed on event {}", handler.name(), guilty.event().position(), e);
      verdicts.add(
          guilty, handler.name(), new Handled.Later(HANDLER_FAILED, Reader.words(e), null));
    }
  }

  private void enter(EventHandler handler, List<Item> items, Verdicts verdicts) {
    List<Handled> handled =
        handler.handle(
            transaction, items.stream().map(item -> Objects.requireNonNull(item.due())).toList());
    if (handled.size() != items.size()) {
      throw new IllegalStateException(
          "handler %s answered %d times for %d events; it must answer once for each"
              .formatted(handler.name(), handled.size(), items.size()));
    }
    for (int i = 0; i < items.size(); i++) {
      verdicts.add(items.get(i), handler.name(), handled.get(i));
    }
  }

  /// Rethrows what is no handler's fault: the whole round is done again later.
  private static void requireHandlersFault(Throwable failure) {
    if (failure instanceof StorageException storage) {
      switch (storage.code()) {
        case UNAVAILABLE, SERIALIZATION, DISK_FULL, LEASE_LOST, MIGRATION -> throw storage;
        case CONFLICT, BAD_VALUE, TIMEOUT, ROW_COUNT, UNKNOWN -> {}
      }
    }
  }
}
