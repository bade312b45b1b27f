package dev.entrepot.connectors.siesa;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rows that can be asked for at once: pages of one size stand side by side, so it is the size that
/// moves them.
///
/// @param page from 1
record Window(int page, int size) {

  /// How many rows are in front of it.
  long start() {
    return (page - 1L) * size;
  }

  long end() {
    return start() + size;
  }

  /// The one that reaches furthest beyond the edge, of those that hold a row in front of it.
  ///
  /// @param row how many rows are in front of that row
  /// @return nothing: the row is too far from the edge
  static Optional<Window> across(long row, long edge, int limit) {
    return sizes(limit)
        .map(size -> holding(row, size))
        .filter(window -> window.end() > edge)
        .max(Comparator.comparingLong(Window::end));
  }

  /// The one that reaches furthest in front of a row, and up to it.
  static Window before(long row, int limit) {
    return sizes(limit)
        .map(size -> holding(Math.max(0, row - 1), size))
        .min(Comparator.comparingLong(Window::start))
        .orElseThrow();
  }

  /// The largest one that begins at the edge.
  static Window from(long edge, int limit) {
    int size = limit;
    while (edge % size != 0) {
      size--;
    }
    return new Window((int) (edge / size) + 1, size);
  }

  private static Stream<Integer> sizes(int limit) {
    return IntStream.rangeClosed(Math.max(1, limit / 2), limit).boxed();
  }

  private static Window holding(long row, int size) {
    return new Window((int) (row / size) + 1, size);
  }
}
