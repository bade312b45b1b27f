package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Precedence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes for tests, all of one shop unless told otherwise.
final class Changes {
  static final String TENANT = "acme";
  static final String SHOP = "acme.example";
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private Changes() {}

  static EntityKey key(EntityType type, String id) {
    return new EntityKey(TENANT, type, SHOP, id);
  }

  static Instant second(long at) {
    return START.plusSeconds(at);
  }

  static IncomingChange order(String id, long at, long position, String document) {
    return present(EntityType.ORDER, id, at, position, document, Map.of(), "paid");
  }

  static IncomingChange present(
      EntityType type,
      String id,
      long at,
      long position,
      String document,
      Map<Lookup, List<String>> lookups,
      String state) {
    return incoming(
        position, new EntityChange.Present(SHOP, type, id, second(at), document, lookups, state));
  }

  /// An order of the tenth second.
  static IncomingChange order(long position, String document, Precedence precedence) {
    return incoming(
        position,
        new EntityChange.Present(
            SHOP, EntityType.ORDER, "1", second(10), document, Map.of(), "paid", precedence));
  }

  static IncomingChange cart(String id, long at, long position, String token, String email) {
    return present(
        EntityType.CHECKOUT,
        id,
        at,
        position,
        "{\"id\":\"" + id + "\"}",
        email.isEmpty()
            ? Map.of(Lookup.CHECKOUT_TOKEN, List.of(token))
            : Map.of(Lookup.CHECKOUT_TOKEN, List.of(token), Lookup.CUSTOMER_EMAIL, List.of(email)),
        "open");
  }

  static IncomingChange deleted(EntityType type, String id, long at, long position) {
    return incoming(position, new EntityChange.Deleted(SHOP, type, id, second(at)));
  }

  static IncomingChange completed(String name, @Nullable String order, long at, long position) {
    return incoming(position, new EntityChange.CheckoutCompleted(SHOP, name, order, second(at)));
  }

  static IncomingChange incoming(long position, EntityChange change) {
    return new IncomingChange(TENANT, position, START.plusSeconds(position), change);
  }
}
