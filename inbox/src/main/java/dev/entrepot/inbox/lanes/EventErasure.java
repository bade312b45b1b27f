package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Erases what is kept of events: in the log, where they wait, and in dead letters with their
/// edits. Positions, outcomes and books stay as they are; an erased event that waits or is tried
/// again comes to its end without reaching a handler, and its open dead letter is skipped. Safe for
/// use by many threads and nodes.
public final class EventErasure {
  /// What stands in place of reasons, which may quote an event.
  public static final String ERASED = "erased, as the law wants it";

  private static final Sql LANES =
      Sql.of("select distinct lane from inbox_event where position = any(?::bigint[])");

  private static final Sql WAITING =
      Sql.of(
          """
          update inbox_waiting set body = null, bytes = 0, reason = case when reason is not null then ? end
          where position = any(?::bigint[])
          """);

  private static final Sql OPEN =
      Sql.of(
          """
          select id from inbox_dead_letter
          where position = any(?::bigint[]) and state = 'open' order by id
          """);

  private static final Sql LETTERS =
      Sql.of(
          """
          update inbox_dead_letter
          set body = null, bytes = 0, reason = ?, note = case when note is not null then ? end
          where position = any(?::bigint[])
          """);

  private static final Sql EDITS =
      Sql.of(
          """
          delete from inbox_edit where letter in (
            select id from inbox_dead_letter where position = any(?::bigint[]))
          """);

  private final EventLog log;
  private final LetterActs acts;

  public EventErasure(EventLog log, Ledger ledger) {
    this.log = log;
    this.acts = new LetterActs(ledger);
  }

  /// Erases events; those that were dropped already are erased from dead letters only.
  ///
  /// @return how many events of the log were not erased before
  public int erase(Connection transaction, Actor actor, Collection<Long> positions, Instant at) {
    if (positions.isEmpty()) {
      return 0;
    }
    Long[] all = positions.toArray(Long[]::new);
    // Who has read them already must not settle them any more.
    LetterActs.lock(
        transaction, LANES.with((Object) all).list(transaction, row -> row.int4("lane")));
    int erased = log.erase(transaction, positions, at);
    int _ = WAITING.with(ERASED, all).update(transaction);
    List<Long> open = OPEN.with((Object) all).list(transaction, row -> row.int8("id"));
    if (!open.isEmpty()) {
      acts.skip(transaction, actor, open, ERASED);
    }
    int _ = EDITS.with((Object) all).update(transaction);
    int _ = LETTERS.with(ERASED, ERASED, all).update(transaction);
    EventHistory.erase(transaction, all, ERASED);
    return erased;
  }
}
