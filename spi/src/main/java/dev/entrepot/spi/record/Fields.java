package dev.entrepot.spi.record;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A record as one system has it: values by name, in the order in which they came. A name that is
/// absent and one whose value is null are two things. Immutable.
///
/// Values are `null`, `String`, `Boolean`, `Long`, `BigDecimal` (all numbers that are not whole or
/// do not fit into a `Long`), lists of values, and maps of values by name.
public record Fields(Map<String, @Nullable Object> values) {

  /// No field at all.
  public static final Fields EMPTY = new Fields(Map.of());

  /// @throws IllegalArgumentException when a value is of another type
  // Not compact: only so do the annotations of its parameter reach other modules.
  public Fields(Map<String, @Nullable Object> values) {
    this.values = FieldValues.of(values);
  }

  /// One field's value; null also when it is absent.
  public @Nullable Object value(String name) {
    return values.get(name);
  }

  /// A text as it is, a number or truth value as it is written; nothing when it is absent, null or
  /// has parts.
  public Optional<String> text(String name) {
    return switch (values.get(name)) {
      case String text -> Optional.of(text);
      case BigDecimal number -> Optional.of(number.toPlainString());
      case Long number -> Optional.of(number.toString());
      case Boolean truth -> Optional.of(truth.toString());
      case null, default -> Optional.empty();
    };
  }

  /// The fields within a field; nothing when it is absent or something else.
  public Optional<Fields> fields(String name) {
    if (!(values.get(name) instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    return Optional.of(of(map));
  }

  /// The fields that a field's value, a map, holds.
  ///
  /// @throws ClassCastException when a name is no text
  public static Fields of(Map<?, ?> value) {
    return new Fields(FieldValues.of(value));
  }

  public boolean has(String name) {
    return values.get(name) != null;
  }

  /// Whether there is no value in it but nulls.
  public boolean blank() {
    return values.values().stream().allMatch(value -> value == null);
  }

  /// These fields with one more, or with another value of it.
  public Fields with(String name, @Nullable Object value) {
    Builder more = builder(values.size() + 1);
    values.forEach(more::put);
    return more.put(name, value).build();
  }

  /// Collects fields without a map in between. For one thread; to be built once.
  public static final class Builder {
    private final FieldValues.Collector collector;

    private Builder(int expected) {
      collector = new FieldValues.Collector(expected);
    }

    /// Adds a field, or puts another value in its place.
    ///
    /// @throws IllegalArgumentException when the value is of another type than fields can hold
    public Builder put(String name, @Nullable Object value) {
      collector.put(name, FieldValues.frozen(value));
      return this;
    }

    /// Adds a field unless there is one of that name, were it null.
    public Builder putIfAbsent(String name, @Nullable Object value) {
      return has(name) ? this : put(name, value);
    }

    /// Whether there is a field of that name, were it null.
    public boolean has(String name) {
      return collector.find(name) >= 0;
    }

    public Fields build() {
      return new Fields(collector.values());
    }
  }

  /// @param expected how many fields there will be, more or less
  public static Builder builder(int expected) {
    return new Builder(expected);
  }
}
