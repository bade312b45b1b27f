package dev.entrepot.spi.record;

import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Values by name in the order in which they came, in one array: a record has a dozen of them, and
/// a run holds thousands of records. Immutable.
final class FieldValues extends AbstractMap<String, @Nullable Object> {
  /// Up to so many names are looked through; more are found by an index.
  private static final int MOST_WITHOUT_INDEX = 16;

  // Name, value, name, value.
  private final @Nullable Object[] slots;
  private final @Nullable Map<String, Integer> index;

  private FieldValues(@Nullable Object[] slots, @Nullable Map<String, Integer> index) {
    this.slots = slots;
    this.index = index;
  }

  /// Collects values. For one thread.
  static final class Collector {
    private @Nullable Object[] slots;
    private int used;
    private @Nullable Map<String, Integer> index;

    Collector(int expected) {
      slots = new @Nullable Object[Math.max(2, 2 * expected)];
    }

    /// @return where the name is; negative: nowhere
    int find(String name) {
      return FieldValues.find(slots, used, index, name);
    }

    @Nullable Object at(int place) {
      return slots[place + 1];
    }

    void put(String name, @Nullable Object value) {
      int place = find(name);
      if (place >= 0) {
        slots[place + 1] = value;
        return;
      }
      if (used == slots.length) {
        slots = Arrays.copyOf(slots, 2 * used);
      }
      slots[used] = name;
      slots[used + 1] = value;
      note(name);
      used += 2;
    }

    private void note(String name) {
      Map<String, Integer> places = index;
      if (places == null && used >= 2 * MOST_WITHOUT_INDEX) {
        places = new HashMap<>();
        for (int i = 0; i < used; i += 2) {
          places.put((String) slots[i], i);
        }
        index = places;
      }
      if (places != null) {
        places.put(name, used);
      }
    }

    /// To be called once, at the end.
    FieldValues values() {
      return new FieldValues(used == slots.length ? slots : Arrays.copyOf(slots, used), index);
    }
  }

  private static int find(
      @Nullable Object[] slots, int used, @Nullable Map<String, Integer> index, Object name) {
    if (index != null) {
      Integer place = index.get(name);
      return place == null ? -1 : place;
    }
    for (int i = 0; i < used; i += 2) {
      if (name.equals(slots[i])) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    int place = name == null ? -1 : find(slots, slots.length, index, name);
    return place < 0 ? null : slots[place + 1];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name != null && find(slots, slots.length, index, name) >= 0;
  }

  @Override
  public int size() {
    return slots.length / 2;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    for (int i = 0; i < slots.length; i += 2) {
      action.accept((String) slots[i], slots[i + 1]);
    }
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
    @Override
    public int size() {
      return slots.length / 2;
    }

    @Override
    public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
      return new Iterator<>() {
        private int at;

        @Override
        public boolean hasNext() {
          return at < slots.length;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
          if (at >= slots.length) {
            throw new NoSuchElementException("there is no further field");
          }
          at += 2;
          return new SimpleImmutableEntry<String, @Nullable Object>(
              (String) slots[at - 2], slots[at - 1]);
        }
      };
    }
  }

  /// A value that cannot be changed any more.
  static @Nullable Object frozen(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Long number -> number;
      case BigDecimal number -> number;
      case FieldValues values -> values;
      case Map<?, ?> map -> of(map);
      case List<?> list -> {
        @Nullable Object[] copy = list.toArray();
        for (int i = 0; i < copy.length; i++) {
          copy[i] = frozen(copy[i]);
        }
        yield Collections.unmodifiableList(Arrays.asList(copy));
      }
      default ->
          throw new IllegalArgumentException("a field cannot hold a " + value.getClass().getName());
    };
  }

  static FieldValues of(Map<?, ?> values) {
    if (values instanceof FieldValues same) {
      return same;
    }
    Collector collector = new Collector(values.size());
    values.forEach((name, value) -> collector.put((String) name, frozen(value)));
    return collector.values();
  }
}
