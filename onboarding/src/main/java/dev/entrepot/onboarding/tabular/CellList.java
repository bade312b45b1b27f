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

  @Override
  public String get(int index) {
    return cells[index];
  }

  @Override
  public int size() {
    return cells.length;
  }
}
