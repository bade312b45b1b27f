package dev.entrepot.flow.runs;

/// The source gave something that cannot be gone on with.
final class SourceTrouble extends Exception {
  private static final long serialVersionUID = 1;
  private final String code;

  SourceTrouble(String code, String reason) {
    super(reason);
    this.code = code;
  }

  String code() {
    return code;
  }
}
