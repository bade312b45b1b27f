package dev.entrepot.bench.crash;

/// Something was lost, doubled or stuck.
final class CrashFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CrashFailure(String message) {
    super(message);
  }
}
