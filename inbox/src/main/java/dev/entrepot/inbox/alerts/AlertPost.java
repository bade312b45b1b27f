package dev.entrepot.inbox.alerts;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/// Takes what people are told of alerts out of the house. Implementations write down what is to be
/// sent, with the given connection: it is sent if and only if the alert is kept, at least once.
@FunctionalInterface
public interface AlertPost {

  /// @param transaction in which the alert is raised
  void send(Connection transaction, AlertNotice notice);

  /// Why what is told by a channel reaches nobody as the server is set up, with the next step;
  /// null: it can.
  default @Nullable String hindrance(AlertRecipient.Channel channel) {
    return null;
  }
}
