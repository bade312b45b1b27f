package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityType;
import org.jspecify.annotations.Nullable;

/// Which entities to list.
///
/// @param account null: of all accounts
/// @param state exactly as the sender wrote it; null: in all states
public record EntityFilter(
    String tenant, EntityType type, @Nullable String account, @Nullable String state) {
  public EntityFilter {
    tenant = StoredName.of(tenant);
    account = account == null ? null : StoredName.of(account);
    state = state == null ? null : StoredName.of(state);
  }
}
