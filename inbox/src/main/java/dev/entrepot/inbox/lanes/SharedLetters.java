package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Dead letters that stand for failures of replays, too (`inbox_letter_record`): when an event
/// fails in a replay for a handler for which a letter of it is not done with yet, the failure is
/// added to that one. The replay's record is rejected until the letter comes to its end, and ends
/// as it does.
final class SharedLetters {
  // The event's own one first, then the oldest. One that is tried again has got on since.
  private static final Sql FIND =
      Sql.of(
          """
          select d.id, d.state, d.handlers, coalesce(w.done, d.done) as done
          from inbox_dead_letter d
          left join inbox_waiting w on w.position = d.position and w.letter = d.id
          where d.position = ? and d.handler = ? and d.state in ('open', 'retrying')
          order by d.replay is not null, d.id
          """);

  private static final Sql ADD =
      Sql.of(
          """
          update inbox_dead_letter set code = ?, reason = ?, cause = ?, attempts = attempts + ?,
            done = ?, handlers = ?::text[], died_at = clock_timestamp()
          where id = ? and state in ('open', 'retrying')
          """);

  private static final Sql RECORD =
      Sql.of("insert into inbox_letter_record (letter, replay, record) values (?, ?, ?)");

  private static final Sql RECORDS =
      Sql.of(
          """
          select letter, replay, record from inbox_letter_record
          where letter = any(?::bigint[]) order by replay, record
          """);

  private record Found(long id, boolean open, Set<String> handlers, Map<String, Character> done) {
    static Found of(Row row) {
      return new Found(
          row.int8("id"),
          row.text("state").equals("open"),
          row.textArray("handlers").stream().map(String::valueOf).collect(Collectors.toSet()),
          CodesJson.read(row.json("done")));
    }

    /// Whether what is being tried already is all that failed now. Not where the key is parked for
    /// it: the try would wait behind that.
    boolean covers(Settlement.Dead dead, ReplayPlace replay) {
      boolean reaches =
          handlers.isEmpty()
              || (!replay.handlers().isEmpty() && handlers.containsAll(replay.handlers()));
      return reaches && !dead.park() && failed(dead).stream().noneMatch(done::containsKey);
    }

    /// Whom another attempt is to reach: all for whom it failed.
    Set<String> handlers(ReplayPlace replay) {
      if (handlers.isEmpty() || replay.handlers().isEmpty()) {
        return Set.of();
      }
      Set<String> all = new HashSet<>(handlers);
      all.addAll(replay.handlers());
      return all;
    }

    /// Who need not be called by another attempt. What one did of a replay to some may be a part.
    Map<String, Character> done(Settlement.Dead dead, ReplayPlace replay) {
      Map<String, Character> all = new TreeMap<>();
      if (replay.handlers().isEmpty()) {
        dead.codes()
            .forEach((handler, code) -> {
              if (HandlerCode.done(code)) {
                all.put(handler, code);
              }
            });
      }
      all.putAll(done);
      all.keySet().removeAll(failed(dead));
      return all;
    }
  }

  private SharedLetters() {}

  private static Set<String> failed(Settlement.Dead dead) {
    return dead.codes().entrySet().stream()
        .filter(entry -> !HandlerCode.done(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// Adds what failed in a replay to the letter that is open for the same event and handler, or is
  /// being tried again.
  ///
  /// @return its number; empty: there is none, or it failed for a retry of a letter of its own
  static Optional<Long> add(Connection transaction, Settlement.Dead dead) {
    WaitingEvent waiting = dead.waiting();
    ReplayPlace replay = waiting == null ? null : waiting.replay();
    if (waiting == null || replay == null || waiting.letter() != null) {
      return Optional.empty();
    }
    Optional<Found> letter =
        FIND
            .with(dead.event().position(), dead.trouble().handler())
            .list(transaction, Found::of)
            .stream()
            .filter(found -> found.open() || found.covers(dead, replay))
            .findFirst();
    letter.ifPresent(found -> add(transaction, found, dead, replay));
    return letter.map(Found::id);
  }

  private static void add(
      Connection transaction, Found letter, Settlement.Dead dead, ReplayPlace replay) {
    Trouble trouble = dead.trouble();
    ADD.with(
            trouble.code(),
            trouble.reason(),
            Cause.of(trouble, dead.event().topic()),
            dead.attempts(),
            new Json(CodesJson.write(letter.open() ? letter.done(dead, replay) : letter.done())),
            (letter.open() ? letter.handlers(replay) : letter.handlers()).toArray(String[]::new),
            letter.id())
        .updateOne(transaction);
    RECORD.with(letter.id(), replay.replay(), replay.record()).updateOne(transaction);
  }

  /// How the records of replays move for which these letters stand, too.
  ///
  /// @param outcomes what became of each letter's event
  static List<ReplayBooks.Move> moves(Connection connection, Map<Long, Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return List.of();
    }
    return RECORDS
        .with((Object) outcomes.keySet().toArray(Long[]::new))
        .list(connection, row -> move(row, outcomes));
  }

  private static ReplayBooks.Move move(Row row, Map<Long, Outcome> outcomes) {
    Outcome outcome = outcomes.get(row.int8("letter"));
    if (outcome == null) {
      throw new IllegalStateException("asked for the records of letters " + outcomes.keySet());
    }
    UUID replay = row.uuid("replay");
    return new ReplayBooks.Move(replay, row.int8("record"), Outcome.REJECTED, outcome);
  }
}
