package dev.entrepot.flow.clients;

import dev.entrepot.flow.config.ConfigTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client with what is saved along with it.
///
/// @param mapping one that is made under the name that the client gives; null: the client names one
///   that is there
/// @param secrets by system: JSON, or where it is kept; those of other systems stay as they are
public record ClientDraft(
    ClientConfig config, @Nullable ConfigTree mapping, Map<String, String> secrets) {
  public ClientDraft {
    secrets = Map.copyOf(secrets);
  }

  @Override
  public String toString() {
    return "ClientDraft[%s, secrets of %s]".formatted(config.id(), secrets.keySet());
  }
}
