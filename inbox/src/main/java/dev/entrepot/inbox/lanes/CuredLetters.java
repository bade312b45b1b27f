package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Open dead letters of events that a replay has just handed on to all for whom they failed, which
/// leaves nothing to do about them: those of the events themselves, and of replays before.
final class CuredLetters {
  // Whatever a person does about a letter, or a worker, is done under the lock of its lane.
  private static final Sql FIND =
      Sql.of(
          """
          select distinct on (d.id) d.id, d.position, d.lane, d.connection, d.done, d.replay,
            d.record, d.handlers, w.id as waiting
          from inbox_waiting w join inbox_dead_letter d on d.position = w.position
          where w.id = any(?::bigint[]) and d.state = 'open' and d.replay is distinct from w.replay
            and (w.handlers = '{}' or d.handlers <> '{}' and d.handlers <@ w.handlers)
          order by d.id, w.id
          """);

  private static final Sql RESOLVE =
      Sql.of(
          """
          update inbox_dead_letter set state = 'resolved', at = clock_timestamp()
          where id = any(?::bigint[]) and state = 'open'
          """);

  /// A letter, and what has become of its event.
  ///
  /// @param place its place in a replay before; null: it is the event's own
  record Cured(
      long id,
      long position,
      int lane,
      String connection,
      @Nullable Place place,
      Outcome outcome,
      Map<String, Character> codes) {

    BooksMove.Place books() {
      return new BooksMove.Place(Slices.of(position), connection, lane);
    }
  }

  /// A record of a replay's books.
  record Place(UUID replay, long record) {}

  private CuredLetters() {}

  /// Resolves them and tells it in the history; their outcomes are still to be moved. To be called
  /// while the waiting rows are still there, before others of the same settlement are buried.
  static List<Cured> resolve(Connection transaction, List<Settlement.Left> left) {
    Map<Long, Settlement.Left> replayed = new HashMap<>();
    for (Settlement.Left one : left) {
      if (one.waiting().replay() != null) {
        replayed.put(one.waiting().id(), one);
      }
    }
    if (replayed.isEmpty()) {
      return List.of();
    }
    List<Cured> cured =
        FIND.with((Object) replayed.keySet().toArray(Long[]::new))
            .list(transaction, row -> cured(row, replayed));
    if (!cured.isEmpty()) {
      int resolved = RESOLVE.with((Object) Outcomes.longs(cured, Cured::id)).update(transaction);
      if (resolved != cured.size()) {
        throw new IllegalStateException(
            "%d of %d dead letters are open; the lock of their lanes does not hold"
                .formatted(resolved, cured.size()));
      }
      EventHistory.cured(transaction, cured);
    }
    return cured;
  }

  private static Cured cured(Row row, Map<Long, Settlement.Left> replayed) {
    Settlement.Left left = replayed.get(row.int8("waiting"));
    if (left == null) {
      throw new IllegalStateException("asked for other events than " + replayed.keySet());
    }
    Map<String, Character> codes = codes(left.codes(), CodesJson.read(row.json("done")));
    List<@Nullable String> handlers = row.textArray("handlers");
    if (!handlers.isEmpty()) {
      // What others did of it is no matter of a replay to some.
      codes
          .keySet()
          .retainAll(
              handlers.stream().map(name -> ReplayPlace.handler(String.valueOf(name))).toList());
    }
    UUID replay = row.uuidOrNull("replay");
    Long record = row.int8OrNull("record");
    return new Cured(
        row.int8("id"),
        row.int8("position"),
        row.int4("lane"),
        row.text("connection"),
        replay == null || record == null ? null : new Place(replay, record),
        new Fate.Done(codes).outcome(),
        codes);
  }

  /// As after a retry: handlers that were done with the event before did what they did then.
  static Map<String, Character> codes(
      Map<String, Character> now, Map<String, Character> doneBefore) {
    Map<String, Character> codes = new HashMap<>(now);
    codes.putAll(doneBefore);
    return codes;
  }
}
