package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.delivery.Destination.State;
import java.net.URI;
import java.util.List;

/// What a destination is to be; see [Destination].
///
/// @param url as it was written; whether it is one is found out with all else
public record DestinationDraft(
    String name,
    String tenant,
    String title,
    String url,
    List<String> topics,
    List<String> connections,
    State state) {

  public DestinationDraft {
    topics = List.copyOf(topics);
    connections = List.copyOf(connections);
  }

  /// An enabled one that gets all events of its tenant.
  public static DestinationDraft of(String name, String tenant, URI url) {
    return new DestinationDraft(
        name, tenant, name, url.toString(), List.of(), List.of(), State.ENABLED);
  }

  /// What an existing one is, as the start of a change.
  public static DestinationDraft of(Destination destination) {
    return new DestinationDraft(
        destination.name(),
        destination.tenant(),
        destination.title(),
        destination.url().toString(),
        destination.topics(),
        destination.connections(),
        destination.state());
  }

  /// The same in another state.
  public DestinationDraft withState(State wanted) {
    return new DestinationDraft(name, tenant, title, url, topics, connections, wanted);
  }
}
