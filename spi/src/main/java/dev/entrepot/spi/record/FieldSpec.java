package dev.entrepot.spi.record;

/// A field that a system knows, for validation, suggestions and help.
///
/// @param name as the system spells it
/// @param mandatory whether the system refuses records without it
public record FieldSpec(String name, Type type, boolean mandatory, String description) {

  /// What it holds.
  public enum Type {
    TEXT,
    WHOLE,
    DECIMAL,
    TRUTH,
    DATE
  }
}
