package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.hotstore.TimeToLiveTable;
import dev.entrepot.inbox.hotstore.TimesToLive;
import dev.entrepot.spi.event.EntityType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long a tenant's entities stay in the hot store.
public final class TimesToLiveApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.MANAGE_CONNECTIONS);

  /// @param days null: for ever
  /// @param usual whether nobody set it
  private record TimeAnswer(EntityType type, @Nullable Long days, boolean usual) {}

  /// @param days null: for ever
  private record Wish(@Nullable Integer days) {}

  private final TimeToLiveTable table;

  public TimesToLiveApi(Inbox inbox) {
    this.table = inbox.timesToLive();
  }

  public List<Route> routes() {
    String one = ApiPath.of("/inbox/times-to-live/{tenant}/{type}");
    return List.of(
        Route.get(ApiPath.of("/inbox/times-to-live"), "listTimesToLive", READ, this::list),
        Route.put(one, "setTimeToLive", WRITE, this::set),
        Route.delete(one, "unsetTimeToLive", WRITE, this::unset));
  }

  private Answer list(Exchange exchange) {
    String tenant = InboxFilters.tenant(exchange);
    TimesToLive times = table.current();
    List<TimeAnswer> answers = new ArrayList<>();
    for (EntityType type : EntityType.values()) {
      boolean usual = !times.special().getOrDefault(tenant, Map.of()).containsKey(type);
      answers.add(
          new TimeAnswer(type, times.of(tenant, type).map(Duration::toDays).orElse(null), usual));
    }
    return Answer.json(Items.all(answers));
  }

  private Answer set(Exchange exchange) {
    Integer days = exchange.json(Wish.class).days();
    table.set(
        exchange.principal().actor(),
        exchange.variable("tenant"),
        type(exchange),
        Optional.ofNullable(days).map(Duration::ofDays));
    return Answer.done();
  }

  private Answer unset(Exchange exchange) {
    table.unset(exchange.principal().actor(), exchange.variable("tenant"), type(exchange));
    return Answer.done();
  }

  private static EntityType type(Exchange exchange) {
    String name = exchange.variable("type");
    for (EntityType type : EntityType.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
        return type;
      }
    }
    throw ProblemException.notFound("\"" + name + "\" is no type of entity");
  }
}
