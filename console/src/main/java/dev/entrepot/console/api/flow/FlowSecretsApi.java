package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.api.Items;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Credentials of clients' systems. What is secret in them is never answered.
public final class FlowSecretsApi {
  private static final Access READ = Access.needs(Permission.READ_FLOWS);
  private static final Access MANAGE = Access.needs(Permission.MANAGE_FLOWS);

  /// @param value a JSON object, or a text that holds it or says where it is kept
  private record NewSecret(JsonNode value) {
    String text() {
      return value.isString() ? value.stringValue() : value.toString();
    }
  }

  private final FlowConfig config;

  public FlowSecretsApi(Flows flows) {
    this.config = flows.config();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/flows/clients/{id}/secrets");
    String one = all + "/{system}";
    return List.of(
        Route.get(all, "listClientSecrets", READ, this::list),
        Route.put(one, "setClientSecret", MANAGE, this::set),
        Route.delete(one, "removeClientSecret", MANAGE, this::remove));
  }

  private Answer list(Exchange exchange) {
    String client = config.clients().require(exchange.variable("id")).config().id();
    return Answer.json(Items.all(config.secrets().list(client)));
  }

  private Answer set(Exchange exchange) {
    NewSecret wanted = exchange.json(NewSecret.class);
    return Answer.json(
        config
            .secrets()
            .set(
                exchange.principal().actor(),
                exchange.variable("id"),
                exchange.variable("system"),
                wanted.text()));
  }

  private Answer remove(Exchange exchange) {
    config
        .secrets()
        .remove(exchange.principal().actor(), exchange.variable("id"), exchange.variable("system"));
    return Answer.done();
  }
}
