package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.log.Positions;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// The running totals in `delivery_books`. They are by lane, so that those who settle lanes do not
/// wait for each other; everybody locks them in the same order.
final class DeliveryBooks {
  private static final Sql MOVE =
      Sql.of(
          """
          insert into delivery_books as b
            (slice, destination, lane, made, delivered, dead, skipped, pending)
          select * from unnest(?::int[], ?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[],
            ?::bigint[], ?::bigint[])
          on conflict (slice, destination, lane) do update set
            made = b.made + excluded.made,
            delivered = b.delivered + excluded.delivered,
            dead = b.dead + excluded.dead,
            skipped = b.skipped + excluded.skipped,
            pending = b.pending + excluded.pending
          """);

  private record Place(int slice, String destination, int lane) {}

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::slice)
          .thenComparing(Place::destination)
          .thenComparingInt(Place::lane);

  private record Delta(long made, long delivered, long dead, long skipped, long pending) {
    Delta plus(Delta other) {
      return new Delta(
          made + other.made,
          delivered + other.delivered,
          dead + other.dead,
          skipped + other.skipped,
          pending + other.pending);
    }

    static Delta of(DeliveryState state, long count) {
      return switch (state) {
        case NEW, WAITING, BEHIND -> new Delta(0, 0, 0, 0, count);
        case DELIVERED -> new Delta(0, count, 0, 0, 0);
        case DEAD -> new Delta(0, 0, count, 0, 0);
        case SKIPPED -> new Delta(0, 0, 0, count, 0);
      };
    }
  }

  private final Map<Place, Delta> moves = new TreeMap<>(ORDER);

  /// Another one that is to be delivered.
  void made(long position, String destination, int lane) {
    add(position, destination, lane, new Delta(1, 0, 0, 0, 1));
  }

  void moved(long position, String destination, int lane, DeliveryState from, DeliveryState to) {
    add(position, destination, lane, Delta.of(from, -1).plus(Delta.of(to, 1)));
  }

  private void add(long position, String destination, int lane, Delta delta) {
    moves.merge(new Place(Positions.slice(position), destination, lane), delta, Delta::plus);
  }

  void enter(Connection transaction) {
    Delta nothing = new Delta(0, 0, 0, 0, 0);
    List<Map.Entry<Place, Delta>> all =
        moves.entrySet().stream().filter(move -> !move.getValue().equals(nothing)).toList();
    if (all.isEmpty()) {
      return;
    }
    int _ =
        MOVE.with(
                all.stream().map(move -> move.getKey().slice()).toArray(Integer[]::new),
                all.stream().map(move -> move.getKey().destination()).toArray(String[]::new),
                all.stream().map(move -> move.getKey().lane()).toArray(Integer[]::new),
                longs(all, Delta::made),
                longs(all, Delta::delivered),
                longs(all, Delta::dead),
                longs(all, Delta::skipped),
                longs(all, Delta::pending))
            .update(transaction);
  }

  private static Long[] longs(List<Map.Entry<Place, Delta>> all, ToLongFunction<Delta> number) {
    return all.stream().map(move -> number.applyAsLong(move.getValue())).toArray(Long[]::new);
  }
}
