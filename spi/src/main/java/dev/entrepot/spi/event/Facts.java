package dev.entrepot.spi.event;

import java.util.List;

/// What an event says, in our terms. An event may say several things, or nothing that anybody here
/// needs.
public record Facts(
    List<EntityChange> changes, List<Incident> incidents, List<PrivacyRequest> privacy) {
  public static final Facts NONE = new Facts(List.of(), List.of(), List.of());

  public Facts {
    changes = List.copyOf(changes);
    incidents = List.copyOf(incidents);
    privacy = List.copyOf(privacy);
  }

  public static Facts of(EntityChange... changes) {
    return new Facts(List.of(changes), List.of(), List.of());
  }

  public static Facts of(PrivacyRequest... privacy) {
    return new Facts(List.of(), List.of(), List.of(privacy));
  }
}
