package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityChange;
import java.time.Instant;

/// A change on its way into the hot store.
///
/// @param position of the event that brings it
/// @param receivedAt when that event was received; the time to live counts from there
public record IncomingChange(
    String tenant, long position, Instant receivedAt, EntityChange change) {
  public IncomingChange {
    tenant = StoredName.of(tenant);
  }

  /// Which entity it is about.
  public EntityKey key() {
    return new EntityKey(tenant, change.type(), change.account(), change.id());
  }
}
