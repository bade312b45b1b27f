package dev.entrepot.inbox.connections;

import dev.entrepot.model.Actor;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/// What is done when a tenant is given a connection: one that is made, or another tenant's.
@FunctionalInterface
public interface GivenConnection {

  /// @param transaction in which it is made or changed
  /// @param actor who does so
  /// @param connection its name
  /// @param former whose it was; null: it is new
  /// @param tenant whose it is from now on
  void given(
      Connection transaction,
      Actor actor,
      String connection,
      @Nullable String former,
      String tenant);
}
