package dev.entrepot.console.view;

/// A choice of a [Field].
public record Option(String value, String label) {
  /// A choice whose value is its label.
  public static Option of(String value) {
    return new Option(value, value);
  }
}
