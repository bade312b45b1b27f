package dev.entrepot.bench.synccrash;

/// Something is missing, was done twice, or is stuck.
final class SyncCrashFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SyncCrashFailure(String message) {
    super(message);
  }
}
