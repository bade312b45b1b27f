package dev.entrepot.onboarding.mapping;

import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A row's cells by column name, as an expression sees them. A view; cannot be changed.
final class RowCells extends AbstractMap<String, String> {
  private final Columns header;
  private final List<String> cells;

  RowCells(Columns header, List<String> cells) {
    this.header = header;
    this.cells = cells;
  }

  @Override
  public @Nullable String get(@Nullable Object key) {
    int column = key instanceof String name ? header.find(name) : -1;
    return column < 0 ? null : cell(column);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String name && header.find(name) >= 0;
  }

  @Override
  public int size() {
    return header.size();
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return IntStream.range(0, header.size())
        .mapToObj(column -> Map.entry(header.name(column), cell(column)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private String cell(int column) {
    String cell = FieldSource.cell(cells, column);
    return cell == null ? "" : cell;
  }
}
