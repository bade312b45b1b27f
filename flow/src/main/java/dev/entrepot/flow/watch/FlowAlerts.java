package dev.entrepot.flow.watch;

/// Tells people. Safe for use by many threads; quick. The same alert may be raised twice after a
/// crash, or after a failure.
@FunctionalInterface
public interface FlowAlerts {
  /// @throws dev.entrepot.storage.StorageException when it cannot be kept: it is raised again later
  void raise(FlowAlert alert);
}
