package dev.entrepot.flow.watch;

/// Tells people. Safe for use by many threads; quick; never fails. The same alert may be raised
/// twice after a crash.
@FunctionalInterface
public interface FlowAlerts {
  void raise(FlowAlert alert);
}
