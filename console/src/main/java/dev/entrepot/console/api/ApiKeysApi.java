package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.apikey.ApiKey;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of programs, for administrators.
public final class ApiKeysApi {
  private static final Access ADMINISTRATORS = Access.needs(Permission.MANAGE_ACCESS);

  private record NewKey(
      String name, Role role, @Nullable String vendor, @Nullable Instant expiresAt) {}

  /// @param key the whole key, shown this once
  private record CreatedKey(@JsonUnwrapped ApiKey of, String key) {}

  private final ApiKeys apiKeys;

  public ApiKeysApi(ApiKeys apiKeys) {
    this.apiKeys = apiKeys;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/api-keys"), "listApiKeys", ADMINISTRATORS, this::list),
        Route.post(ApiPath.of("/api-keys"), "createApiKey", ADMINISTRATORS, this::create)
            .replayed(),
        Route.delete(ApiPath.of("/api-keys/{id}"), "revokeApiKey", ADMINISTRATORS, this::revoke));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(Items.all(apiKeys.list()));
  }

  private Answer create(Exchange exchange) {
    NewKey key = exchange.json(NewKey.class);
    ApiKeys.Created created =
        apiKeys.create(
            exchange.principal().actor(),
            new ApiKeys.Draft(key.name(), key.role(), key.vendor(), key.expiresAt()));
    return Answer.json(201, new CreatedKey(created.key(), created.secret()));
  }

  private Answer revoke(Exchange exchange) {
    apiKeys.revoke(exchange.principal().actor(), exchange.variable("id"));
    return Answer.done();
  }
}
