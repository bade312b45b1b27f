package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// By what lists of the inbox are narrowed.
final class Narrowing {
  @Option(
      names = {"-c", "--connection"},
      paramLabel = "NAME",
      description = "Of this connection.")
  private @Nullable String connection;

  @Option(names = "--topic", paramLabel = "TOPIC", description = "Of this whole topic.")
  private @Nullable String topic;

  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "Of this whole key, such as shop.example/orders/123.")
  private @Nullable String key;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Of this tenant: two may have equal keys.")
  private @Nullable String tenant;

  Query into(Query query) {
    return query
        .with("tenant", tenant)
        .with("connection", connection)
        .with("topic", topic)
        .with("key", key);
  }

  void into(ObjectNode body) {
    put(body, "tenant", tenant);
    put(body, "connection", connection);
    put(body, "topic", topic);
    put(body, "key", key);
  }

  boolean isEmpty() {
    return tenant == null && connection == null && topic == null && key == null;
  }

  /// A connection that does not exist is a mistake, not an empty list.
  ///
  /// @throws ApiException NOT_FOUND when there is no such connection
  void require(Api api) {
    if (connection != null) {
      try {
        api.get(Query.of("/inbox/connections").segment(connection));
      } catch (ApiException e) {
        // Events of one that was removed are still there.
        JsonNode problem = e.problem();
        if (problem == null || !Values.text(problem, "type").endsWith("/gone")) {
          throw e;
        }
      }
    }
  }

  private static void put(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
