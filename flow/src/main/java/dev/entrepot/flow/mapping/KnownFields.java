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
/// @param others whether the destination takes fields of other names, too
public record KnownFields(List<FieldSpec> source, List<FieldSpec> destination, Others others) {

  /// What becomes of fields that the destination is not known to have.
  public enum Others {
    /// They are not sent.
    LEFT_OUT,
    /// They are sent as they are.
    TAKEN
  }

  /// Nothing is known of either side.
  public static final KnownFields NONE = new KnownFields(List.of(), List.of());

  public KnownFields {
    source = List.copyOf(source);
    destination = List.copyOf(destination);
  }

  /// Of a destination that takes no others.
  public KnownFields(List<FieldSpec> source, List<FieldSpec> destination) {
    this(source, destination, Others.LEFT_OUT);
  }

  Map<String, FieldSpec> destinationByName() {
    return destination.stream().collect(Collectors.toMap(FieldSpec::name, Function.identity()));
  }

  static List<String> names(List<FieldSpec> fields) {
    return fields.stream().map(FieldSpec::name).toList();
  }
}
