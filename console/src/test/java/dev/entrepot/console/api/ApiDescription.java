package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.entrepot.console.TestClient.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The API's description, and whether answers are as it says.
public final class ApiDescription {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
  private static final JsonMapper JSON = JsonMapper.shared();

  /// One operation of the description.
  record Operation(String method, String path, String id, JsonNode node) {
    boolean answers(String requestMethod, String requestPath) {
      return method.equals(requestMethod)
          && Pattern.matches(path.replaceAll("\\{[a-z_]+}", "[^/]+"), requestPath);
    }

    /// Literal paths before those with variables.
    int variables() {
      return path.split("\\{", -1).length;
    }
  }

  private final JsonNode root = JSON.valueToTree(SystemApi.parse(SystemApi.description()));
  private final List<Operation> operations = operations(root);
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

  JsonNode root() {
    return root;
  }

  List<Operation> operations() {
    return operations;
  }

  /// The operations that were answered with success.
  Set<String> succeeded() {
    return succeeded;
  }

  /// Fails when an answer is not as described.
  public void check(String method, String pathAndQuery, Reply reply) {
    String path = pathAndQuery.replaceFirst("\\?.*", "");
    Optional<Operation> operation =
        operations.stream()
            .filter(candidate -> candidate.answers(method, path))
            .min(Comparator.comparingInt(Operation::variables));
    if (operation.isEmpty()) {
      assertThat(reply.status()).isIn(404, 405);
      return;
    }
    String where = method + " " + pathAndQuery + " answered " + reply.status();
    JsonNode response = response(operation.get(), reply.status());
    assertThat(response.isMissingNode()).as(where + ", which is not described").isFalse();
    String type = reply.header("Content-Type").replaceFirst(";.*", "");
    if (response.has("content")) {
      JsonNode content = response.path("content").path(type);
      assertThat(content.isMissingNode()).as(where + " as undescribed " + type).isFalse();
      if (content.has("schema") && type.endsWith("json")) {
        require(content.path("schema"), reply.text(), where);
      }
    } else {
      assertThat(reply.text()).as(where + " with an undescribed body").isEmpty();
    }
    if (reply.status() < 300) {
      succeeded.add(operation.get().id());
    }
  }

  /// Fails when JSON does not fit a schema of the description.
  void require(JsonNode schema, String json, String where) {
    List<com.networknt.schema.Error> errors =
        schemas.computeIfAbsent(schema, this::compile).validate(JSON.readTree(json));
    assertThat(errors).as(where + ": " + json).isEmpty();
  }

  JsonNode component(String name) {
    ObjectNode reference = JSON.createObjectNode();
    return reference.put("$ref", "#/components/schemas/" + name);
  }

  private Schema compile(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    return registry.getSchema(whole);
  }

  private JsonNode response(Operation operation, int status) {
    JsonNode responses = operation.node().path("responses");
    JsonNode exact = responses.path(Integer.toString(status));
    JsonNode found = exact.isMissingNode() ? responses.path(status / 100 + "XX") : exact;
    String reference = found.path("$ref").asString("");
    return reference.isEmpty() ? found : root.at(reference.substring(1));
  }

  private static List<Operation> operations(JsonNode root) {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  if (METHODS.contains(method.getKey())) {
                    operations.add(
                        new Operation(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            method.getValue().path("operationId").asString(),
                            method.getValue()));
                  }
                }));
    return operations;
  }
}
