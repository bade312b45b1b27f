package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiDescriptionTest {
  private static final TestConsole CONSOLE = new TestConsole();

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionHasItsRoute() {
    Map<String, String> routes = new TreeMap<>();
    for (Route route : CONSOLE.server().routes()) {
      if (route.api()) {
        routes.put(
            route.method() + " " + route.path(),
            route.operation() + ", " + permission(route.access()) + ", " + kind(route));
      }
    }
    // Answered by the HTTP library directly, without what routes share.
    routes.put("POST /hooks/{connection}", "receiveEvent, open, stream");
    Map<String, String> described = new TreeMap<>();
    for (ApiDescription.Operation operation : CONSOLE.description().operations()) {
      described.put(
          operation.method() + " " + operation.path(),
          operation.id() + ", " + permission(operation) + ", " + kind(operation));
    }
    assertThat(described)
        .as("mend openapi.yaml, or the routes of the class that serves it")
        .isEqualTo(routes);
  }

  @Test
  void whatSendersAreToldIsAsDescribed() {
    TestClient client = CONSOLE.client();
    InboxWorld world = new InboxWorld(CONSOLE);
    assertThat(world.sent("described", "{}")).isNotEmpty();
    Reply kept = client.with("Secret", "right").with("Id", "described").post("/hooks/shop", "{}");
    assertThat(kept.status()).as(kept.text()).isEqualTo(200);
    assertThat(kept.json().path("duplicate").asBoolean()).isTrue();
    Reply forged = client.with("Secret", "wrong").with("Id", "x").post("/hooks/shop", "{}");
    assertThat(forged.status()).isEqualTo(401);
    Reply nobody = client.post("/hooks/none", "{}");
    assertThat(nobody.status()).isEqualTo(404);
    CONSOLE.description().check("POST", "/hooks/shop", kept);
    CONSOLE.description().check("POST", "/hooks/shop", forged);
    CONSOLE.description().check("POST", "/hooks/none", nobody);
  }

  @Test
  void variablesOfPathsAreDescribed() {
    JsonNode paths = CONSOLE.description().root().path("paths");
    for (ApiDescription.Operation operation : CONSOLE.description().operations()) {
      List<String> described =
          paths
              .path(operation.path())
              .path("parameters")
              .valueStream()
              .map(this::resolved)
              .filter(parameter -> parameter.path("in").asString().equals("path"))
              .map(parameter -> "{" + parameter.path("name").asString() + "}")
              .toList();
      String rest = operation.path();
      for (String variable : described) {
        assertThat(rest).contains(variable);
        rest = rest.replace(variable, "");
      }
      assertThat(rest).as("undescribed variables").doesNotContain("{");
    }
  }

  @Test
  void examplesFitTheirSchemas() {
    CONSOLE
        .description()
        .root()
        .at("/components/schemas")
        .properties()
        .forEach(schema ->
            schema
                .getValue()
                .path("examples")
                .forEach(example ->
                    CONSOLE
                        .description()
                        .require(
                            schema.getValue(),
                            example.toString(),
                            "example of " + schema.getKey())));
    for (ApiDescription.Operation operation : CONSOLE.description().operations()) {
      JsonNode json = operation.node().at("/requestBody/content/application~1json");
      if (json.has("example")) {
        CONSOLE
            .description()
            .require(json.path("schema"), json.path("example").toString(), operation.id());
      }
    }
  }

  @Test
  void isServedAsYamlAndAsJson() {
    assertThat(CONSOLE.client().get("/api/v1/openapi.yaml").text()).startsWith("openapi: 3.1");
    assertThat(CONSOLE.client().get("/api/v1/openapi.json").json())
        .isEqualTo(CONSOLE.description().root());
  }

  private JsonNode resolved(JsonNode parameter) {
    String reference = parameter.path("$ref").asString("");
    return reference.isEmpty()
        ? parameter
        : CONSOLE.description().root().at(reference.substring(1));
  }

  private static String permission(Access access) {
    return switch (access) {
      case Access.Open _ -> "open";
      case Access.Authenticated _ -> "authenticated";
      case Access.Needs needs -> spelled(needs.permission());
      case Access.NeedsOrLink needs -> spelled(needs.permission()) + " or link";
    };
  }

  private static String permission(ApiDescription.Operation operation) {
    return operation.node().path("x-permission").asString("")
        + (operation.node().path("x-link").asBoolean(false) ? " or link" : "");
  }

  private static String spelled(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT);
  }

  private static String kind(Route route) {
    String body =
        switch (route.body().kind()) {
          case NONE -> "no body";
          case JSON -> "JSON";
          case FORM -> "form";
          case STREAM -> "stream";
        };
    return body + (route.repeat() == Route.Repeat.ACTS ? "" : ", replayed");
  }

  private static String kind(ApiDescription.Operation operation) {
    JsonNode content = operation.node().at("/requestBody/content");
    String body =
        content.isMissingNode()
            ? "no body"
            : content.size() == 1 && content.has("application/json") ? "JSON" : "stream";
    String parameters =
        operation
            .node()
            .path("parameters")
            .valueStream()
            .map(JsonNode::toString)
            .collect(Collectors.joining());
    return body + (parameters.contains("idempotencyKey") ? ", replayed" : "");
  }
}
