package dev.entrepot.inbox.alerts;

import java.sql.Connection;

/// By which means people are told. Implementations write down what is to be sent, with the given
/// connection: it is sent if and only if the alert is kept.
@FunctionalInterface
public interface AlertSink {

  /// @param transaction in which the alert is raised
  void raised(Connection transaction, Alert alert);
}
