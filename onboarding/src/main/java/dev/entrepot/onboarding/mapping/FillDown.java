package dev.entrepot.onboarding.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which columns take the value of the row above while the group stays the same. Immutable.
final class FillDown {
  private final int group;
  private final int[] columns;
  private final int width;

  FillDown(Mapping mapping, Columns header) {
    String by = mapping.fillDownBy();
    this.group = by == null ? -1 : header.require(by, "grouping rows");
    this.columns = by == null ? new int[0] : header.require(mapping.fillDown(), "filling down");
    this.width = header.size();
  }

  Carry start() {
    return new Carry();
  }

  /// What is carried from row to row. Not thread-safe.
  final class Carry {
    private final @Nullable String[] carried = new @Nullable String[columns.length];
    private @Nullable String current;

    /// The row with blanks filled; the same list when there was nothing to fill.
    List<String> fill(List<String> cells) {
      if (columns.length == 0) {
        return cells;
      }
      String key = FieldSource.cell(cells, group);
      boolean sameGroup = key != null && !Blanks.isBlank(key) && key.equals(current);
      current = key;
      List<String> filled = null;
      for (int i = 0; i < columns.length; i++) {
        String cell = FieldSource.cell(cells, columns[i]);
        if (!Blanks.isBlank(cell)) {
          carried[i] = cell;
          continue;
        }
        String above = sameGroup ? carried[i] : null;
        if (above == null) {
          carried[i] = null;
          continue;
        }
        filled = filled == null ? widened(cells) : filled;
        filled.set(columns[i], above);
      }
      return filled == null ? cells : filled;
    }

    private List<String> widened(List<String> cells) {
      var copy = new ArrayList<String>(Math.max(width, cells.size()));
      copy.addAll(cells);
      while (copy.size() < width) {
        copy.add("");
      }
      return copy;
    }
  }
}
