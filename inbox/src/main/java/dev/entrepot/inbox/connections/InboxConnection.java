package dev.entrepot.inbox.connections;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One sender's way in.
///
/// @param name the last part of its address; never changes
/// @param tenant whose events they are
/// @param kind of sender, such as `shopify`; never changes
/// @param settings of the kind, by name, as they were given
/// @param mostBodyBytes larger deliveries are refused
/// @param secrets newest first, without their values
/// @param revision grows with every change
/// @param removedAt since then it takes nothing and is not listed, but its events are still read by
///   it; null: it was not removed
public record InboxConnection(
    String name,
    String tenant,
    String kind,
    String title,
    Map<String, String> settings,
    State state,
    int mostBodyBytes,
    DeadLetterPolicy deadLetters,
    List<SecretState> secrets,
    Instant createdAt,
    Instant updatedAt,
    long revision,
    @Nullable Instant removedAt) {

  /// What is done with deliveries.
  public enum State {
    /// They are kept and handed on.
    ENABLED,
    /// They are kept, and wait to be handed on.
    PAUSED,
    /// They are refused.
    DISABLED
  }

  /// What becomes of a key whose event is a dead letter.
  public enum DeadLetterPolicy {
    /// Its later events are handed on.
    RELEASE,
    /// Its later events wait for an operator.
    PARK
  }

  public InboxConnection {
    settings = Map.copyOf(settings);
    secrets = List.copyOf(secrets);
  }
}
