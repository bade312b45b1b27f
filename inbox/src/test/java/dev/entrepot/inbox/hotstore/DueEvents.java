package dev.entrepot.inbox.hotstore;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import java.time.Instant;
import java.util.Map;

/// Events for tests of handlers.
public final class DueEvents {
  public static final String TENANT = "acme";
  public static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");

  private DueEvents() {}

  public static DueEvent event(long position, Facts facts) {
    return new DueEvent(
        position,
        "shop",
        TENANT,
        "shopify",
        new Message(
            new Identity("event-" + position, "orders/updated", "acme.example/orders/1", null),
            Headers.of(Map.of()),
            Body.of("{}"),
            RECEIVED),
        facts,
        false,
        1,
        null);
  }
}
