package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The table `inbox_history`: what became of events after they were first handed on. Written in the
/// transaction of what it tells; dropped with the slices of its events.
final class EventHistory {
  /// What happened.
  enum What {
    /// It had waited, and got its outcome.
    HANDLED,
    GIVEN_UP,
    RETRIED,
    /// Tried again with another body.
    EDITED,
    SKIPPED,
    /// Its key was let go on, after its dead letter had parked it.
    RELEASED,
    REPLAYED;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static What of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /// @param by null: the lanes
  /// @param outcome of what was handled; null: it is not known any more
  /// @param since when it began to wait for the first time; null: it had not waited
  /// @param handlers what each did with what was handled
  record Entry(
      long position,
      Instant at,
      What what,
      @Nullable String by,
      @Nullable Outcome outcome,
      @Nullable Instant since,
      @Nullable UUID replay,
      @Nullable Long letter,
      int attempts,
      Map<String, Character> handlers,
      @Nullable String handler,
      @Nullable String code,
      @Nullable String reason,
      @Nullable String note) {}

  private static final Sql LEFT =
      Sql.of(
          """
          insert into inbox_history (position, what, outcome, since, replay, letter, handlers)
          select w.position, 'handled', l.outcome,
            case when w.replay is null and w.letter is null then w.since end, w.replay, w.letter,
            l.handlers::jsonb
          from unnest(?::bigint[], ?::text[], ?::text[]) with ordinality
            as l (waiting, outcome, handlers, n)
          join inbox_waiting w on w.id = l.waiting
          order by l.n
          """);

  private static final Sql DEAD =
      Sql.of(
          """
          insert into inbox_history (position, what, since, replay, letter, attempts, handler, code,
            reason, note)
          select d.position, 'given-up',
            case when w.replay is null and w.letter is null then w.since end, w.replay, d.id,
            d.attempts, d.handler, d.code, d.reason, l.note
          from unnest(?::bigint[], ?::bigint[], ?::text[]) with ordinality
            as l (letter, waiting, note, n)
          join inbox_dead_letter d on d.id = l.letter
          left join inbox_waiting w on w.id = l.waiting
          order by l.n
          """);

  private static final Sql CURED =
      Sql.of(
          """
          insert into inbox_history (position, what, outcome, replay, letter, handlers, note)
          select d.position, 'handled', c.outcome, d.replay, d.id, c.handlers::jsonb, 'by a replay'
          from unnest(?::bigint[], ?::text[], ?::text[]) with ordinality
            as c (letter, outcome, handlers, n)
          join inbox_dead_letter d on d.id = c.letter
          order by c.n
          """);

  // The events of some letters are past the retention.
  private static final Sql ACT =
      Sql.of(
          """
          insert into inbox_history (position, what, by, replay, letter, note)
          select position, ?, ?, replay, id, ? from inbox_dead_letter
          where id = any(?::bigint[]) and position >> 40 in (select slice from inbox_slice)
          order by id
          """);

  private static final Sql REPLAY =
      Sql.of(
          """
          insert into inbox_history (position, what, by, replay, note)
          select position, 'replayed', ?, ?, ? from unnest(?::bigint[]) as p (position)
          """);

  private static final Sql OF =
      Sql.of(
          """
          select * from (
            select * from inbox_history where position = any(?::bigint[])
            order by number desc limit ?) h
          order by number
          """);

  private static final Sql ERASE =
      Sql.of(
          """
          update inbox_history set reason = case when reason is not null then ? end,
            note = case when note is not null then ? end
          where position = any(?::bigint[])
          """);

  private EventHistory() {}

  /// Events that have their outcomes; to be called while their waiting rows are still there.
  static void left(Connection transaction, List<Settlement.Left> left) {
    if (!left.isEmpty()) {
      LEFT.with(
              Outcomes.longs(left, l -> l.waiting().id()),
              Outcomes.texts(left, l -> String.valueOf(l.outcome().code())),
              Outcomes.texts(left, l -> CodesJson.write(l.codes())))
          .update(transaction);
    }
  }

  /// Events that were given up; to be called while their waiting rows are still there. Of those
  /// that are gone the history is gone, too.
  ///
  /// @param letters the numbers of their dead letters
  static void dead(Connection transaction, List<Settlement.Dead> dead, List<Long> letters) {
    List<Integer> told =
        IntStream.range(0, dead.size()).filter(i -> !dead.get(i).event().isGone()).boxed().toList();
    if (!told.isEmpty()) {
      DEAD.with(
              told.stream().map(letters::get).toArray(Long[]::new),
              told.stream().map(dead::get).map(EventHistory::waiting).toArray(Long[]::new),
              told.stream()
                  .map(i -> dead.get(i).park() ? "its key is parked" : null)
                  .toArray(String[]::new))
          .update(transaction);
    }
  }

  /// Dead letters about which there is nothing left to do after a replay.
  static void cured(Connection transaction, List<CuredLetters.Cured> cured) {
    CURED
        .with(
            Outcomes.longs(cured, CuredLetters.Cured::id),
            Outcomes.texts(cured, c -> String.valueOf(c.outcome().code())),
            Outcomes.texts(cured, c -> CodesJson.write(c.codes())))
        .update(transaction);
  }

  private static @Nullable Long waiting(Settlement.Dead dead) {
    return dead.waiting() == null ? null : (Long) dead.waiting().id();
  }

  /// What an operator did to dead letters.
  static void act(
      Connection transaction,
      What what,
      Actor actor,
      @Nullable String note,
      Collection<Long> letters) {
    if (!letters.isEmpty()) {
      ACT.with(what.word(), actor.reference(), note, letters.toArray(Long[]::new))
          .update(transaction);
    }
  }

  static void replayed(
      Connection transaction, Actor actor, UUID replay, @Nullable String note, Long[] positions) {
    REPLAY.with(actor.reference(), replay, note, positions).update(transaction);
  }

  /// Takes away what may quote an event.
  static void erase(Connection transaction, Long[] positions, String erased) {
    ERASE.with(erased, erased, positions).update(transaction);
  }

  /// The newest of these events, oldest first.
  static List<Entry> of(Connection connection, Long[] positions, int most) {
    return OF.with(positions, most).list(connection, EventHistory::entry);
  }

  private static Entry entry(Row row) {
    String outcome = row.textOrNull("outcome");
    String handlers = row.jsonOrNull("handlers");
    Integer attempts = row.int4OrNull("attempts");
    return new Entry(
        row.int8("position"),
        row.instant("at"),
        What.of(row.text("what")),
        row.textOrNull("by"),
        outcome == null ? null : Outcome.ofCode(outcome.charAt(0)),
        row.instantOrNull("since"),
        row.uuidOrNull("replay"),
        row.int8OrNull("letter"),
        attempts == null ? 0 : attempts,
        handlers == null ? Map.of() : CodesJson.read(handlers),
        row.textOrNull("handler"),
        row.textOrNull("code"),
        row.textOrNull("reason"),
        row.textOrNull("note"));
  }
}
