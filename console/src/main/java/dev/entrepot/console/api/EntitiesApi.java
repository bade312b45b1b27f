package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.hotstore.Entity;
import dev.entrepot.inbox.hotstore.EntityFilter;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.model.Page;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The hot store: the latest state of orders, customers, checkouts and the like.
public final class EntitiesApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);

  private record EntityAnswer(
      String tenant,
      EntityType type,
      String account,
      String id,
      Instant at,
      String event,
      Instant receivedAt,
      @Nullable Instant expiresAt,
      @Nullable String state,
      boolean completed,
      @Nullable String order,
      Map<String, List<String>> lookups,
      @JsonRawValue String document) {
    static EntityAnswer of(Entity entity) {
      Map<String, List<String>> lookups = new TreeMap<>();
      entity
          .lookups()
          .forEach((lookup, values) -> lookups.put(lookup.name().toLowerCase(Locale.ROOT), values));
      return new EntityAnswer(
          entity.key().tenant(),
          entity.key().type(),
          entity.key().account(),
          entity.key().id(),
          entity.at(),
          Positions.text(entity.position()),
          entity.receivedAt(),
          entity.expiresAt(),
          entity.state(),
          entity.completed(),
          entity.order(),
          lookups,
          entity.document());
    }
  }

  private final HotStore store;

  public EntitiesApi(Inbox inbox) {
    this.store = inbox.hotStore();
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/inbox/entities"), "listEntities", READ, this::list),
        Route.get(
            ApiPath.of("/inbox/entities/{tenant}/{type}/{account}/{entity}"),
            "getEntity",
            READ,
            this::find));
  }

  private Answer list(Exchange exchange) {
    String tenant = required(exchange, "tenant");
    EntityType type = exchange.choice("type", EntityType.class).orElseThrow(() -> missing("type"));
    Optional<Lookup> by = exchange.choice("by", Lookup.class);
    String cursor = InboxFilters.text(exchange, "cursor");
    return Answer.json(Items.of(page(exchange, tenant, type, by, cursor).map(EntityAnswer::of)));
  }

  private Page<Entity> page(
      Exchange exchange,
      String tenant,
      EntityType type,
      Optional<Lookup> by,
      @Nullable String cursor) {
    if (by.isEmpty()) {
      return store.list(
          new EntityFilter(
              tenant,
              type,
              InboxFilters.text(exchange, "account"),
              InboxFilters.text(exchange, "state")),
          cursor,
          exchange.pageSize());
    }
    String value = by.get().normalize(required(exchange, "value")).orElseThrow();
    return store.find(tenant, type, by.get(), value, cursor, exchange.pageSize());
  }

  private Answer find(Exchange exchange) {
    EntityKey key =
        new EntityKey(
            exchange.variable("tenant"),
            type(exchange.variable("type")),
            exchange.variable("account"),
            exchange.variable("entity"));
    return Answer.json(
        store
            .get(key)
            .map(EntityAnswer::of)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "the hot store has no " + key + " of account " + key.account())));
  }

  private static EntityType type(String name) {
    for (EntityType type : EntityType.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
        return type;
      }
    }
    throw ProblemException.notFound("\"" + name + "\" is no type of entity");
  }

  private static String required(Exchange exchange, String name) {
    return exchange.query().text(name).orElseThrow(() -> missing(name));
  }

  private static ProblemException missing(String name) {
    return ProblemException.invalid(name, name + " is missing; give it as a parameter");
  }
}
