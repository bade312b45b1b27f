package dev.entrepot.flow.config;

/// What is wrong or doubtful in configuration.
///
/// @param place where, as names joined with points, such as `mappings.product.ean.type`; empty: the
///   whole
/// @param message names the thing and the value
/// @param remedy the next step
public record ConfigProblem(Severity severity, String place, String message, String remedy) {

  /// Whether it can be used all the same.
  public enum Severity {
    /// It is refused.
    ERROR,
    /// It is taken, and may not be what was meant.
    WARNING
  }

  public boolean refuses() {
    return severity == Severity.ERROR;
  }

  /// The same problem of a part, told of the whole.
  public ConfigProblem below(String parent) {
    return new ConfigProblem(severity, ConfigTree.join(parent, place), message, remedy);
  }

  /// In one line, for people.
  @Override
  public String toString() {
    return (place.isEmpty() ? "" : place + ": ") + message + "; " + remedy;
  }
}
