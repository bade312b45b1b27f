package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.StorageException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A transaction of the simulated store: its effects are there when it commits, or never.
final class SimTransaction {
  /// A handler's effect.
  record Effect(String handler, String key, long position, @Nullable UUID replay) {}

  private record Mark(int size) implements Savepoint {
    @Override
    public int getSavepointId() {
      return size;
    }

    @Override
    public String getSavepointName() {
      return "at " + size;
    }
  }

  private final List<Effect> effects = new ArrayList<>();
  private final Set<Integer> lanes;
  private boolean killed;

  SimTransaction(Set<Integer> lanes) {
    this.lanes = Set.copyOf(lanes);
  }

  /// Those it has locked.
  Set<Integer> lanes() {
    return lanes;
  }

  /// The server ends its session.
  void kill() {
    killed = true;
  }

  boolean killed() {
    return killed;
  }

  void requireAlive() {
    if (killed) {
      throw new StorageException(StorageException.Code.UNAVAILABLE, "the session was terminated");
    }
  }

  void add(Effect effect) {
    requireAlive();
    effects.add(effect);
  }

  List<Effect> effects() {
    return effects;
  }

  /// As handlers see it: they unwrap it.
  Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            SimTransaction.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "unwrap" -> this;
                  case "setSavepoint" -> {
                    requireAlive();
                    yield new Mark(effects.size());
                  }
                  case "releaseSavepoint" -> null;
                  case "rollback" -> {
                    requireAlive();
                    effects.subList(((Mark) arguments[0]).size(), effects.size()).clear();
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
