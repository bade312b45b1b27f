package dev.entrepot.inbox.connections;

import dev.entrepot.model.Actor;
import java.sql.Connection;

/// What is done when the first connection of a tenant is made.
@FunctionalInterface
public interface FirstConnection {

  /// @param transaction in which the connection is made; nobody makes another meanwhile
  /// @param actor who makes it
  void made(Connection transaction, Actor actor, String tenant);
}
