package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityType;
import java.util.Comparator;
import java.util.Locale;

/// Names one entity. Characters that cannot be stored are replaced, ids of more than 255 characters
/// are cut and digested; equal ones stay equal.
///
/// @param account the sender's account it belongs to
/// @param id its id there
public record EntityKey(String tenant, EntityType type, String account, String id)
    implements Comparable<EntityKey> {

  private static final Comparator<EntityKey> ORDER =
      Comparator.comparing(EntityKey::tenant)
          .thenComparing(EntityKey::typeName)
          .thenComparing(EntityKey::account)
          .thenComparing(EntityKey::id);

  public EntityKey {
    tenant = StoredName.of(tenant);
    account = StoredName.of(account);
    id = StoredName.of(id);
  }

  /// The type in lower case, as it is stored and shown.
  public String typeName() {
    return typeName(type);
  }

  static String typeName(EntityType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  static EntityType type(String name) {
    return EntityType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public int compareTo(EntityKey other) {
    return ORDER.compare(this, other);
  }

  /// For people, such as `order 123`.
  @Override
  public String toString() {
    return typeName() + " " + id;
  }
}
