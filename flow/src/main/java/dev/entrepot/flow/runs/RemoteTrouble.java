package dev.entrepot.flow.runs;

/// A system gave something, or nothing, that a run cannot go on with.
final class RemoteTrouble extends Exception {
  private static final long serialVersionUID = 1;
  private final String code;

  RemoteTrouble(String code, String reason) {
    super(reason);
    this.code = code;
  }

  String code() {
    return code;
  }
}
