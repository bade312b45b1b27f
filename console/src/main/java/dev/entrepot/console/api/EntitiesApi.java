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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The hot store: the latest state of orders, customers, checkouts and the like.
public final class EntitiesApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final String ABANDONED = "abandoned_for";
  private static final Duration LONGEST_ABANDONED = Duration.ofDays(366);

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
  private final Clock clock;

  public EntitiesApi(Inbox inbox, Clock clock) {
    this.store = inbox.hotStore();
    this.clock = clock;
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
    Optional<String> abandoned = exchange.query().text(ABANDONED);
    if (abandoned.isPresent()) {
      Instant before = clock.instant().minus(abandonedFor(exchange, type, abandoned.get()));
      return store.abandonedCarts(tenant, before, cursor, exchange.pageSize());
    }
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

  /// Nothing else narrows them: what is not looked at must not look as if it were.
  private static Duration abandonedFor(Exchange exchange, EntityType type, String text) {
    if (type != EntityType.CHECKOUT) {
      throw ProblemException.invalid(
          "type", "only checkouts can be abandoned; ask for type=checkout");
    }
    for (String other : List.of("by", "value", "account", "state")) {
      if (exchange.query().text(other).isPresent()) {
        throw ProblemException.invalid(
            other, other + " does not narrow abandoned checkouts; leave it or abandoned_for out");
      }
    }
    try {
      Duration time = Duration.parse(text);
      if (!time.isNegative() && time.compareTo(LONGEST_ABANDONED) <= 0) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw ProblemException.invalid(
        ABANDONED,
        "abandoned_for is \"" + text + "\"; give a time of at most a year, such as PT1H or P2D");
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
