package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Actor;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes `inbox_dead_letter` while settling.
final class DeadLetterTable {
  static final String PARKED_BY = Actor.system("inbox").reference();

  // A letter that was retried keeps its number, and what an operator made of its body.
  private static final Sql BURY =
      Sql.of(
          """
          insert into inbox_dead_letter as d (position, lane, connection, topic, key, bytes, handler,
            code, reason, cause, attempts, done, replay, record, handlers)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[])
          on conflict on constraint inbox_dead_letter_once do update set
            handler = excluded.handler, code = excluded.code, reason = excluded.reason,
            cause = excluded.cause, attempts = excluded.attempts, done = excluded.done,
            state = 'open', died_at = clock_timestamp()
          returning id
          """);

  private static final Sql RESOLVE =
      Sql.of(
          """
          update inbox_dead_letter set state = 'resolved', at = clock_timestamp()
          where id = any(?::bigint[]) and state = 'retrying'
          """);

  private static final Sql PARK =
      Sql.of(
          """
          insert into inbox_parked (tenant, key, lane, by, reason, letter)
          values (?, ?, ?, ?, ?, ?)
          on conflict (key, tenant) do nothing
          """);

  private DeadLetterTable() {}

  static void resolve(Connection transaction, Collection<Long> letters) {
    if (!letters.isEmpty()) {
      int _ = RESOLVE.with((Object) letters.toArray(Long[]::new)).update(transaction);
    }
  }

  /// @return the numbers of the dead letters, in the same order
  static List<Long> bury(Connection transaction, List<Settlement.Dead> dead) {
    List<Long> numbers = new ArrayList<>();
    for (Settlement.Dead letter : dead) {
      long id = SharedLetters.add(transaction, letter).orElseGet(() -> bury(transaction, letter));
      WaitingEvent waiting = letter.waiting();
      if (waiting != null && waiting.edited() && waiting.letter() == null) {
        MendedBodies.handOver(transaction, waiting.id(), id);
      }
      numbers.add(id);
      if (letter.park()) {
        PARK.with(
                letter.event().tenant(),
                letter.event().key(),
                letter.event().lane(),
                PARKED_BY,
                "its event became a dead letter: " + letter.trouble().code(),
                id)
            .update(transaction);
      }
    }
    return numbers;
  }

  private static long bury(Connection transaction, Settlement.Dead letter) {
    KeptEvent event = letter.event();
    Trouble trouble = letter.trouble();
    ReplayPlace replay = letter.waiting() == null ? null : letter.waiting().replay();
    UUID id = replay == null ? null : replay.replay();
    Long record = replay == null ? null : (Long) replay.record();
    Set<String> handlers = replay == null ? Set.of() : replay.handlers();
    return BURY.with(
            event.position(),
            event.lane(),
            event.connection(),
            event.topic(),
            event.key(),
            event.message().body().size(),
            trouble.handler(),
            trouble.code(),
            trouble.reason(),
            Cause.of(trouble, event.topic()),
            letter.attempts(),
            new Json(CodesJson.write(finished(letter.codes()))),
            id,
            record,
            handlers.toArray(String[]::new))
        .one(transaction, row -> row.int8("id"));
  }

  private static Map<String, Character> finished(Map<String, Character> codes) {
    return codes.entrySet().stream()
        .filter(entry -> HandlerCode.done(entry.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
