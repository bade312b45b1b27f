package dev.entrepot.inbox.connections;

import dev.entrepot.model.Actor;
import java.sql.Connection;

/// What is done when a tenant is given a connection: one that is made, or another tenant's.
@FunctionalInterface
public interface GivenConnection {

  /// @param transaction in which it is made or changed
  /// @param actor who does so
  /// @param connection its name
  /// @param tenant whose it is from now on
  void given(Connection transaction, Actor actor, String connection, String tenant);
}
