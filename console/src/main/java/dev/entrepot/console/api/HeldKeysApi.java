package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.EventStates;
import dev.entrepot.inbox.lanes.HeldKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys of which events wait, and keys that an operator holds.
public final class HeldKeysApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);

  /// @param tenant whose; null: of the only one that has it
  /// @param force parks it although no event of it is kept; null: no
  private record Park(
      String key, @Nullable String tenant, String reason, @Nullable Boolean force) {}

  /// @param tenant whose; null: of the only one for whom it is parked
  private record Release(String key, @Nullable String tenant) {}

  private final EventStates states;
  private final HeldKeys keys;

  public HeldKeysApi(Inbox inbox) {
    this.states = inbox.states();
    this.keys = inbox.desk().keys();
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/inbox/keys"), "listHeldKeys", READ, this::list),
        Route.post(ApiPath.of("/inbox/keys/park"), "parkKey", WRITE, this::park),
        Route.post(ApiPath.of("/inbox/keys/release"), "releaseKey", WRITE, this::release));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.of(states.keys(InboxFilters.text(exchange, "cursor"), exchange.pageSize())));
  }

  private Answer park(Exchange exchange) {
    Park wish = exchange.json(Park.class);
    keys.park(
        exchange.principal().actor(),
        wish.tenant(),
        wish.key(),
        wish.reason(),
        Boolean.TRUE.equals(wish.force()) ? HeldKeys.Unseen.PARK : HeldKeys.Unseen.REFUSE);
    return Answer.done();
  }

  private Answer release(Exchange exchange) {
    Release wish = exchange.json(Release.class);
    keys.release(exchange.principal().actor(), wish.tenant(), wish.key());
    return Answer.done();
  }
}
