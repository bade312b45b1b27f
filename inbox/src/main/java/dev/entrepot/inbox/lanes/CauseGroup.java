package dev.entrepot.inbox.lanes;

import java.time.Instant;
import java.util.List;

/// Open dead letters that failed alike.
///
/// @param reason of the newest one
/// @param keys how many keys they are of
/// @param tenants whose they are, by name
public record CauseGroup(
    String cause,
    String handler,
    String code,
    String topic,
    String reason,
    long letters,
    long keys,
    List<String> tenants,
    Instant oldest,
    Instant newest) {
  public CauseGroup {
    tenants = List.copyOf(tenants);
  }
}
