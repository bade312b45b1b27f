package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.connections.SecretState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where events are delivered to.
///
/// @param name never changes
/// @param tenant whose events it gets
/// @param topics which events it gets, such as `orders/create` or `orders/*`; empty: all
/// @param connections by which these came; empty: by any of the tenant's
/// @param problem why the program disabled it; null: it did not
/// @param secrets newest first, without their values
/// @param revision grows with every change
public record Destination(
    String name,
    String tenant,
    String title,
    URI url,
    List<String> topics,
    List<String> connections,
    State state,
    @Nullable String problem,
    List<SecretState> secrets,
    Instant createdAt,
    Instant updatedAt,
    long revision) {

  /// What is done with events for it.
  public enum State {
    /// They are delivered.
    ENABLED,
    /// They are kept, and wait to be delivered.
    PAUSED,
    /// None are kept for it; those that waited are dead.
    DISABLED
  }

  public Destination {
    topics = List.copyOf(topics);
    connections = List.copyOf(connections);
    secrets = List.copyOf(secrets);
  }

  /// Whether it gets an event of its tenant.
  public boolean wants(String connection, String topic) {
    return (connections.isEmpty() || connections.contains(connection))
        && (topics.isEmpty() || topics.stream().anyMatch(pattern -> matches(pattern, topic)));
  }

  private static boolean matches(String pattern, String topic) {
    return pattern.endsWith("*")
        ? topic.startsWith(pattern.substring(0, pattern.length() - 1))
        : topic.equals(pattern);
  }
}
