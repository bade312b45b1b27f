package dev.entrepot.inbox.lanes;

import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Outcome;
import java.sql.Connection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The books of replays: batches of the ledger.
final class ReplayBooks {
  static final String KIND = "inbox-replay";

  /// A record of a replay changes its outcome.
  record Move(UUID replay, long record, Outcome from, Outcome to) {}

  private record Entry(UUID replay, long record) {}

  private ReplayBooks() {}

  static void move(Ledger ledger, Connection transaction, List<Move> moves) {
    // Sorted, so that all who move them lock in the same order.
    Map<UUID, Map<Outcome, Map<Long, Outcome>>> byReplay = new TreeMap<>();
    for (Move move : joined(moves)) {
      byReplay
          .computeIfAbsent(move.replay(), _ -> new TreeMap<>())
          .computeIfAbsent(move.from(), _ -> new TreeMap<>())
          .put(move.record(), move.to());
    }
    byReplay.forEach((replay, byFrom) ->
        byFrom.forEach((from, records) -> ledger.move(transaction, replay, from, records)));
  }

  /// A record that moves twice moves once, all the way.
  private static Collection<Move> joined(List<Move> moves) {
    Map<Entry, Move> joined = new LinkedHashMap<>();
    for (Move move : moves) {
      joined.merge(
          new Entry(move.replay(), move.record()),
          move,
          (first, second) -> new Move(first.replay(), first.record(), first.from(), second.to()));
    }
    return joined.values();
  }
}
