package dev.entrepot.inbox.connections;

import dev.entrepot.spi.feed.SecretReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets of connections: taken when they can be some, resolved when they are needed. Safe for
/// use by many threads.
final class ConnectionSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionSecrets.class);

  private final SecretValues values;
  private final ConnectionCheck check;

  ConnectionSecrets(SecretValues values, ConnectionCheck check) {
    this.values = values;
    this.check = check;
  }

  /// The valid secrets of a connection that can be had.
  ///
  /// @param problem why one cannot; null: all can
  record Ready(List<OpenConnection.ReadySecret> secrets, @Nullable String problem) {}

  Ready ready(ConnectionStore.Stored stored, Instant now) {
    List<OpenConnection.ReadySecret> ready = new ArrayList<>();
    String problem = null;
    for (ConnectionStore.StoredSecret secret : stored.secrets()) {
      if (!secret.state().valid(now)) {
        continue;
      }
      try {
        ready.add(
            new OpenConnection.ReadySecret(
                secret.state(), values.resolve(stored.connection().name(), secret.value())));
      } catch (IllegalStateException e) {
        problem = e.getMessage();
      }
    }
    return new Ready(ready, problem);
  }

  /// Reads secrets that are kept outside and that a connection's settings refer to.
  SecretReader outside(String name) {
    return reference -> {
      if (SecretValues.reference(reference) == null) {
        throw new IllegalStateException(
            "a setting of connection "
                + name
                + " should refer to a secret by env:NAME or file:/path; mend it");
      }
      return values.resolve(name, reference);
    };
  }

  /// What to store for a secret that somebody gave.
  ///
  /// @throws ConnectionException INVALID
  String stored(String name, String kind, String secret) {
    if (!secret.isBlank()) {
      check.requireSecret(kind, secret);
    }
    try {
      return values.stored(name, secret);
    } catch (IllegalArgumentException e) {
      throw ConnectionCheck.invalid("secret", String.valueOf(e.getMessage()));
    }
  }

  /// The same secret twice would look like a rotation that was none.
  ///
  /// @throws ConnectionException INVALID
  void requireNew(ConnectionStore.Stored present, String stored, Instant now) {
    String name = present.connection().name();
    Optional<String> value = value(name, stored);
    for (ConnectionStore.StoredSecret old : present.secrets()) {
      boolean same =
          old.value().equals(stored)
              || (value.isPresent() && value.equals(value(name, old.value())));
      if (same && old.state().valid(now)) {
        throw ConnectionCheck.invalid(
            "secret",
            "this is secret %d of connection %s already; give a new one"
                .formatted(old.state().number(), name));
      }
    }
  }

  /// Empty when it cannot be had at the moment.
  private Optional<String> value(String name, String stored) {
    try {
      return Optional.of(values.resolve(name, stored));
    } catch (IllegalStateException e) {
      LOG.debug("a secret of connection {} cannot be had", name, e);
      return Optional.empty();
    }
  }
}
