package dev.entrepot.connectors.stripe;

import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// The event types of the API version that the library was made for.
final class StripeTopics {
  private static final Set<String> KNOWN =
      Arrays.stream(EnabledEvent.values())
          .filter(type -> type != EnabledEvent.ALL)
          .map(EnabledEvent::getValue)
          .collect(Collectors.toUnmodifiableSet());

  private StripeTopics() {}

  static boolean known(String type) {
    return KNOWN.contains(type);
  }
}
