package dev.entrepot.onboarding.mapping;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kept columns of one row: names shared by all rows of a file, values of this row. A map that
/// costs one array per row; cannot be changed.
final class CustomFields extends AbstractMap<String, String> {
  private final List<String> names;
  private final @Nullable String[] values;
  private final int size;

  /// @param values one per name; null: the row has none. Not copied.
  CustomFields(List<String> names, @Nullable String[] values) {
    this.names = names;
    this.values = values;
    int present = 0;
    for (String value : values) {
      if (value != null) {
        present++;
      }
    }
    this.size = present;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable String get(@Nullable Object key) {
    for (int i = 0; i < values.length; i++) {
      if (names.get(i).equals(key)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, String>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, String>> {
    private int next;

    @Override
    public boolean hasNext() {
      while (next < values.length && values[next] == null) {
        next++;
      }
      return next < values.length;
    }

    @Override
    public Map.Entry<String, String> next() {
      if (hasNext()) {
        String value = values[next];
        if (value != null) {
          return Map.entry(names.get(next++), value);
        }
      }
      throw new NoSuchElementException();
    }
  }
}
