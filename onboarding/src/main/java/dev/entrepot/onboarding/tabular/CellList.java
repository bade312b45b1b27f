package dev.entrepot.onboarding.tabular;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/// An unmodifiable list over an array nobody else holds: one small object a row.
final class CellList extends AbstractList<String> implements RandomAccess {
  private final String[] cells;

  CellList(String[] cells) {
    this.cells = cells;
  }

  /// The first cells alone.
  CellList first(int count) {
    return new CellList(Arrays.copyOf(cells, count));
  }

  /// These cells and as many empty ones as make up that count.
  CellList padded(int count) {
    if (cells.length == count) {
      return this;
    }
    String[] padded = Arrays.copyOf(cells, count);
    Arrays.fill(padded, cells.length, count, "");
    return new CellList(padded);
  }

  /// Whether nothing stands in any cell.
  boolean blank() {
    for (String cell : cells) {
      if (!cell.isBlank()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String get(int index) {
    return cells[index];
  }

  @Override
  public int size() {
    return cells.length;
  }
}
