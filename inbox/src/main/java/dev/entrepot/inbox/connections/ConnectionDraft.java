package dev.entrepot.inbox.connections;

import dev.entrepot.inbox.connections.InboxConnection.DeadLetterPolicy;
import dev.entrepot.inbox.connections.InboxConnection.State;
import java.util.Map;

/// What a connection is to be; see [InboxConnection].
public record ConnectionDraft(
    String name,
    String tenant,
    String kind,
    String title,
    Map<String, String> settings,
    State state,
    int mostBodyBytes,
    DeadLetterPolicy deadLetters) {
  /// 10 MiB: Shopify sends up to 5 MB.
  public static final int DEFAULT_MOST_BODY_BYTES = 10 << 20;

  public ConnectionDraft {
    settings = Map.copyOf(settings);
  }

  /// An enabled connection with nothing unusual.
  public static ConnectionDraft of(
      String name, String tenant, String kind, Map<String, String> settings) {
    return new ConnectionDraft(
        name,
        tenant,
        kind,
        name,
        settings,
        State.ENABLED,
        DEFAULT_MOST_BODY_BYTES,
        DeadLetterPolicy.RELEASE);
  }

  /// What an existing one is, as the start of a change.
  public static ConnectionDraft of(InboxConnection connection) {
    return new ConnectionDraft(
        connection.name(),
        connection.tenant(),
        connection.kind(),
        connection.title(),
        connection.settings(),
        connection.state(),
        connection.mostBodyBytes(),
        connection.deadLetters());
  }

  /// The same in another state.
  public ConnectionDraft withState(State wanted) {
    return new ConnectionDraft(
        name, tenant, kind, title, settings, wanted, mostBodyBytes, deadLetters);
  }

  /// What activities tell of it; never a secret.
  Map<String, ?> fields() {
    return Map.of(
        "tenant", tenant,
        "kind", kind,
        "title", title,
        "settings", settings,
        "state", state,
        "mostBodyBytes", mostBodyBytes,
        "deadLetters", deadLetters);
  }
}
