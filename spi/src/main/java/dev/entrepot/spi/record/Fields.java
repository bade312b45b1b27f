package dev.entrepot.spi.record;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
    this.values = copy(values);
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
    Map<String, @Nullable Object> inner = new LinkedHashMap<>();
    map.forEach((key, value) -> inner.put((String) key, value));
    return Optional.of(new Fields(inner));
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
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Fields(more);
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> values) {
    Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(values.size());
    values.forEach((name, value) -> copy.put((String) name, checked(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object checked(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Long number -> number;
      case BigDecimal number -> number;
      case Map<?, ?> map -> copy(map);
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        list.forEach(one -> copy.add(checked(one)));
        yield Collections.unmodifiableList(copy);
      }
      default ->
          throw new IllegalArgumentException("a field cannot hold a " + value.getClass().getName());
    };
  }
}
