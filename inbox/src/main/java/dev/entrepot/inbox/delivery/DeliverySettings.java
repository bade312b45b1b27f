package dev.entrepot.inbox.delivery;

import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.kit.outbound.WebhookReach;
import java.time.Duration;

/// How a node delivers.
///
/// @param node its name for people
/// @param reach where webhooks may go
/// @param timeToLive a node that was silent for so long is dead: others take its destinations over
/// @param look how often it looks for what is to be delivered
/// @param atOnce how many are on their way to one destination at the same time
/// @param mostBytes about so much is on its way to one destination at the same time
/// @param schedule when failed ones are tried again
public record DeliverySettings(
    String node,
    WebhookReach reach,
    WebhookPoster.Patience patience,
    Duration timeToLive,
    Duration look,
    int atOnce,
    long mostBytes,
    RetrySchedule schedule) {

  public DeliverySettings {
    if (node.isBlank() || atOnce < 1 || mostBytes < 1) {
      throw new IllegalArgumentException(
          "a node that delivers needs a name and some at once: \"%s\", %d, %d bytes"
              .formatted(node, atOnce, mostBytes));
    }
    if (!timeToLive.isPositive() || !look.isPositive()) {
      throw new IllegalArgumentException(
          "time to live and look must be positive: " + timeToLive + ", " + look);
    }
  }

  /// With the usual figures.
  public static DeliverySettings of(String node, WebhookReach reach) {
    return new DeliverySettings(
        node,
        reach,
        WebhookPoster.Patience.DEFAULT,
        Duration.ofSeconds(5),
        Duration.ofMillis(250),
        8,
        16 << 20,
        RetrySchedule.STANDARD);
  }
}
