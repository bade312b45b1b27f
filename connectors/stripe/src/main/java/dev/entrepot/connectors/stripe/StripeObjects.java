package dev.entrepot.connectors.stripe;

import dev.entrepot.kit.json.JsonObject;
import java.util.Optional;

/// What Stripe's objects have in common.
final class StripeObjects {
  private StripeObjects() {}

  /// The id of another object, which stands there by its id or as a whole.
  static Optional<String> reference(JsonObject object, String name) {
    return object.filled(name).or(() -> object.object(name).flatMap(other -> other.filled("id")));
  }
}
