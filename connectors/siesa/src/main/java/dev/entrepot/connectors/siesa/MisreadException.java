package dev.entrepot.connectors.siesa;

/// A page says something that cannot be so.
final class MisreadException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param what is wrong with it, for people
  MisreadException(String what) {
    super(what);
  }
}
