package dev.entrepot.inbox.alerts;

import java.sql.Connection;

/// Told of every alert that is raised. What it writes with the given connection is kept if and only
/// if the alert is.
@FunctionalInterface
public interface AlertSink {

  /// @param transaction in which the alert is raised
  void raised(Connection transaction, AlertRule rule, Alert alert);
}
