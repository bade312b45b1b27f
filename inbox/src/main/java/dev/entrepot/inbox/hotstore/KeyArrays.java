package dev.entrepot.inbox.hotstore;

import java.util.List;
import java.util.function.Function;

/// Entities' keys as the arguments of `unnest`: tenants, types, accounts, ids.
final class KeyArrays {
  private KeyArrays() {}

  static Object[] of(List<EntityKey> keys) {
    return new Object[] {
      texts(keys, EntityKey::tenant),
      texts(keys, EntityKey::typeName),
      texts(keys, EntityKey::account),
      texts(keys, EntityKey::id)
    };
  }

  private static String[] texts(List<EntityKey> keys, Function<EntityKey, String> part) {
    return keys.stream().map(part).toArray(String[]::new);
  }
}
