package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Method;
import dev.entrepot.console.server.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Every route enforces its permission, and shows a supplier nothing of another vendor. New routes
/// are covered by themselves; a new variable of a path needs a value in [#fill].
class AccessTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final Map<Role, TestClient> PROGRAMS = new EnumMap<>(Role.class);
  private static final String FOREIGN = "FOREIGN";
  private static JsonNode foreignUpload;
  private static JsonNode foreignProduct;
  private static JsonNode foreignMapping;
  private static final AtomicInteger RULES = new AtomicInteger();

  @BeforeAll
  static void prepare() {
    CONSOLE.vendor("OWN");
    CONSOLE.vendor(FOREIGN);
    CONSOLE.category("kitchen");
    for (Role role : Role.values()) {
      PROGRAMS.put(role, CONSOLE.program(role, role == Role.SUPPLIER ? "OWN" : null));
    }
    TestClient operator = program(Role.OPERATOR);
    new ProductFile().row("OWN1", "1.00").verdict(operator, "OWN");
    foreignUpload =
        new ProductFile().row("FOREIGN1", "1.00").row("FOREIGN2", "no").verdict(operator, FOREIGN);
    foreignProduct = operator.get("/api/v1/products?vendor=" + FOREIGN).json().at("/items/0");
    foreignMapping =
        operator
            .post(
                "/api/v1/mappings",
                """
                {"vendor":"FOREIGN","header":["a","b","c","d","e","f"],"mapping":{"name":"m","fields":[
                  {"field":"vendor_product_id","sources":["a"]},{"field":"product_name","sources":["b"]},
                  {"field":"category","sources":["c"]},{"field":"sku","sources":["d"]},
                  {"field":"price","sources":["e"]},{"field":"stock_quantity","sources":["f"]}]}}
                """)
            .json();
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static TestClient program(Role role) {
    return Optional.ofNullable(PROGRAMS.get(role)).orElseThrow();
  }

  private static List<Route> routes() {
    return CONSOLE.server().routes().stream().filter(Route::api).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyRouteEnforcesItsPermission() {
    return routes().stream()
        .map(route ->
            DynamicTest.dynamicTest(
                route.method() + " " + route.path(),
                () -> {
                  requireAnswer(route, CONSOLE.client(), allowsNobody(route), 401);
                  for (Role role : Role.values()) {
                    requireAnswer(route, program(role), allows(route, role), 403);
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> thingsOfAnotherVendorDoNotExist() {
    return routes().stream()
        .filter(route -> route.path().contains("{"))
        .filter(route -> allows(route, Role.SUPPLIER))
        .map(route ->
            DynamicTest.dynamicTest(
                route.method() + " " + route.path(),
                () -> {
                  assertThat(call(route, program(Role.SUPPLIER)).status()).isEqualTo(404);
                  assertThat(call(route, program(Role.ADMIN)).status()).isNotEqualTo(404);
                }));
  }

  @TestFactory
  Stream<DynamicTest> listsShowNothingOfAnotherVendor() {
    return routes().stream()
        .filter(route -> route.method() == Method.GET && !route.path().contains("{"))
        .filter(route -> !(route.access() instanceof Access.Open))
        .filter(route -> allows(route, Role.SUPPLIER))
        .map(route ->
            DynamicTest.dynamicTest(
                route.path(),
                () -> {
                  Reply reply = program(Role.SUPPLIER).get(route.path());
                  assertThat(reply.status()).isIn(200, 403);
                  assertThat(reply.text()).doesNotContain(FOREIGN);
                  Reply asked = program(Role.SUPPLIER).get(route.path() + "?vendor=" + FOREIGN);
                  assertThat(asked.text().replace("no vendor " + FOREIGN, ""))
                      .doesNotContain(FOREIGN);
                }));
  }

  @Test
  void nothingIsDoneForAnotherVendor() {
    TestClient supplier = program(Role.SUPPLIER);
    assertThat(new ProductFile().row("Z1", "1.00").send(supplier, FOREIGN).status()).isEqualTo(404);
    String mapping = "\"vendor\":\"FOREIGN\",\"header\":[\"a\"],\"mapping\":{},\"rows\":[[\"1\"]]";
    assertThat(supplier.post("/api/v1/mappings/preview", "{" + mapping + "}").status())
        .isEqualTo(404);
    assertThat(
            supplier
                .post(
                    "/api/v1/mappings/suggest",
                    "{\"vendor\":\"FOREIGN\",\"header\":[\"a\"],\"rows\":[[\"1\"]]}")
                .status())
        .isEqualTo(404);
    assertThat(
            supplier
                .post("/api/v1/mappings", "{" + mapping.replace(",\"rows\":[[\"1\"]]", "") + "}")
                .status())
        .isEqualTo(404);
    String id = foreignMapping.path("id").stringValue();
    Reply reply =
        supplier.send(
            "POST",
            "/api/v1/uploads?file_name=a.csv&mapping=" + id,
            BodyPublishers.ofString("a\r\n1\r\n"),
            "text/csv");
    assertThat(reply.status()).isEqualTo(422);
  }

  private static boolean allowsNobody(Route route) {
    return route.access() instanceof Access.Open;
  }

  private static boolean allows(Route route, Role role) {
    return switch (route.access()) {
      case Access.Open _, Access.Authenticated _ -> true;
      case Access.Needs needs -> needs.permission().allowedTo(role);
      case Access.NeedsOrLink needs -> needs.permission().allowedTo(role);
    };
  }

  private static void requireAnswer(Route route, TestClient client, boolean allowed, int refusal) {
    int status = call(route, client).status();
    if (!allowed) {
      assertThat(status).isEqualTo(refusal);
    } else if (route.operation().equals("signIn")) {
      assertThat(status).isEqualTo(422);
    } else if (status == 403) {
      // A key has no session; that is all it may be refused for.
      assertThat(route.access()).isInstanceOf(Access.Authenticated.class);
      assertThat(route.path()).matches("/api/v1/(session|me/.*)");
    } else {
      assertThat(status).isNotEqualTo(401).isLessThan(500);
    }
  }

  /// A call that changes nothing: its body is not what the route wants.
  private static Reply call(Route route, TestClient client) {
    String path = fill(route);
    if (route.operation().equals("watchUpload")) {
      // The upload is finished, so the stream ends at once.
      return client.get(path);
    }
    return switch (route.body().kind()) {
      case NONE -> client.send(route.method().name(), path, BodyPublishers.noBody(), null);
      case JSON ->
          client.send(
              route.method().name(), path, BodyPublishers.ofString("{}"), "application/json");
      case FORM, STREAM ->
          client.send(route.method().name(), path, BodyPublishers.ofString(""), "text/csv");
    };
  }

  /// A new one each time, for some calls delete it.
  private static JsonNode newRule(String vendor) {
    return program(Role.OPERATOR)
        .post(
            "/api/v1/rules",
            """
            {"vendor": %s, "name": "Rule %d", "expression": "price > 0", "message": "raise it"}
            """
                .formatted(vendor, RULES.incrementAndGet()))
        .json();
  }

  @Test
  void aSupplierWritesRulesForItselfAlone() {
    TestClient supplier = program(Role.SUPPLIER);
    String rule = "\"name\": \"Own one\", \"expression\": \"price > 1\", \"message\": \"raise it\"";
    assertThat(supplier.post("/api/v1/rules", "{\"vendor\": \"FOREIGN\", " + rule + "}").status())
        .isEqualTo(404);
    Reply made = supplier.post("/api/v1/rules", "{" + rule + "}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("vendor").asString()).isEqualTo("OWN");
    assertThat(made.json().path("author").asString()).isEqualTo("supplier");
    String path = "/api/v1/rules/" + made.json().path("id").asString();
    assertThat(supplier.put(path, made.text().replace("\"OWN\"", "\"FOREIGN\"")).status())
        .isEqualTo(404);
    assertThat(supplier.put(path, made.text().replace("\"OWN\"", "null")).json().path("vendor"))
        .isEqualTo(made.json().path("vendor"));
    for (String vendor : List.of("null", "\"OWN\"")) {
      JsonNode operators = newRule(vendor);
      String other = "/api/v1/rules/" + operators.path("id").asString();
      assertThat(supplier.get(other).status()).isEqualTo(200);
      assertThat(supplier.put(other, operators.toString()).status()).isEqualTo(422);
      assertThat(supplier.delete(other).status()).isEqualTo(422);
      assertThat(program(Role.OPERATOR).delete(other).status()).isEqualTo(204);
    }
    assertThat(
            supplier
                .post("/api/v1/rules/test", "{\"vendor\": \"FOREIGN\", \"expression\": \"true\"}")
                .status())
        .isEqualTo(404);
    assertThat(supplier.delete(path).status()).isEqualTo(204);
  }

  private static String fill(Route route) {
    String id =
        route.path().contains("/uploads/")
            ? foreignUpload.path("id").asString()
            : route.path().contains("/products/")
                ? foreignProduct.path("id").asString()
                : route.path().contains("/mappings/")
                    ? foreignMapping.path("id").asString()
                    : route.path().contains("/v1/rules/") && route.path().contains("{id}")
                        ? newRule("\"FOREIGN\"").path("id").asString()
                        : "00000000-0000-7000-8000-000000000000";
    return route
        .path()
        .replace("{id}", id)
        .replace("{code}", FOREIGN)
        .replace("{name}", "nothing")
        .replace("{position}", "1-1")
        .replace("{number}", "1")
        .replace("{system}", "kong")
        .replace("{tenant}", "main")
        .replace("{type}", "order")
        .replace("{account}", "plain")
        .replace("{entity}", "1")
        .replace("{key}", "FOREIGN1")
        .replace("{source}", "EUR")
        .replace("{target}", "USD");
  }
}
