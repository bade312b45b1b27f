package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.delivery.Destination.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A destination with the secrets that sign for it now.
///
/// @param secrets newest first; empty: there is a problem
/// @param problem why it cannot be signed for; null: it can
record OpenDestination(Destination destination, List<String> secrets, @Nullable String problem) {
  OpenDestination {
    secrets = List.copyOf(secrets);
  }

  String name() {
    return destination.name();
  }

  State state() {
    return destination.state();
  }

  /// The same, as it is when the program disabled it.
  OpenDestination disabled(String reason) {
    Destination d = destination;
    return new OpenDestination(
        new Destination(
            d.name(),
            d.tenant(),
            d.title(),
            d.url(),
            d.topics(),
            d.connections(),
            State.DISABLED,
            reason,
            d.secrets(),
            d.createdAt(),
            d.updatedAt(),
            d.revision()),
        secrets,
        problem);
  }

  /// Without the secrets' values.
  @Override
  public String toString() {
    return destination.toString();
  }
}
