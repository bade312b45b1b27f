package dev.entrepot.flow.mapping;

import dev.entrepot.spi.record.FieldSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is known of both sides of a mapping.
///
/// @param source fields its records are known to have; there may be others
/// @param destination fields it takes; empty: not known
public record KnownFields(List<FieldSpec> source, List<FieldSpec> destination) {
  /// Nothing is known of either side.
  public static final KnownFields NONE = new KnownFields(List.of(), List.of());

  public KnownFields {
    source = List.copyOf(source);
    destination = List.copyOf(destination);
  }

  Map<String, FieldSpec> destinationByName() {
    return destination.stream().collect(Collectors.toMap(FieldSpec::name, Function.identity()));
  }

  static List<String> names(List<FieldSpec> fields) {
    return fields.stream().map(FieldSpec::name).toList();
  }
}
