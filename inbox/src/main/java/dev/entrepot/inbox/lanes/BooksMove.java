package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import java.util.Map;
import java.util.TreeMap;

/// By how much the books of a connection in a lane and slice move; figures may be negative.
record BooksMove(
    Place place,
    long received,
    long written,
    long unchanged,
    long rejected,
    long skipped,
    long pending) {

  /// Which books.
  record Place(long slice, String connection, int lane) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int bySlice = Long.compare(slice, other.slice);
      int byConnection = bySlice != 0 ? bySlice : connection.compareTo(other.connection);
      return byConnection != 0 ? byConnection : Integer.compare(lane, other.lane);
    }
  }

  /// Adds moves up, sorted by place, so that all who write them lock in the same order.
  static final class Sum {
    private final Map<Place, long[]> figures = new TreeMap<>();

    void enter(Place place, Outcome outcome) {
      long[] sums = of(place);
      sums[0]++;
      sums[column(outcome)]++;
    }

    void move(Place place, Outcome from, Outcome to) {
      long[] sums = of(place);
      sums[column(from)]--;
      sums[column(to)]++;
    }

    java.util.List<BooksMove> moves() {
      return figures.entrySet().stream()
          .map(entry -> {
            long[] n = entry.getValue();
            return new BooksMove(entry.getKey(), n[0], n[1], n[2], n[3], n[4], n[5]);
          })
          .toList();
    }

    private long[] of(Place place) {
      return figures.computeIfAbsent(place, _ -> new long[6]);
    }

    private static int column(Outcome outcome) {
      return switch (outcome) {
        case WRITTEN -> 1;
        case UNCHANGED -> 2;
        case REJECTED -> 3;
        case SKIPPED -> 4;
        case PENDING -> 5;
      };
    }
  }
}
