package dev.entrepot.simulators.kong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.EffectCounts;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.RemoteSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KongServerTest {
  private static final String GOOD = product("1", "\"barcode\": \"7701234567897\"");

  private final KongServer kong =
      KongServer.start(RemoteSettings.usual(), Map.of("key-a", "a", "key-b", "b"));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    kong.close();
  }

  @Test
  void keeps_products_of_each_tenant() throws Exception {
    assertThat(statuses(bulk(GOOD, product("2", "\"colour\": \"red\""))))
        .containsExactly("created", "created");
    assertThat(statuses(bulk(GOOD))).containsExactly("unchanged");
    assertThat(statuses(bulk(product("1", "\"barcode\": null")))).containsExactly("updated");
    assertThat(kong.products().effects()).isEqualTo(new EffectCounts(2, 1, 1));
    assertThat(call("key-z", "POST", "/products/bulk", "{}").statusCode()).isEqualTo(401);

    var found = call("GET", "/products?ids=1,2,3", "").body();
    assertThat(
            json(found).path("products").values().stream()
                .map(p -> p.path("product_id").asString()))
        .containsExactly("1", "2");
    assertThat(json(found).path("products").path(0).has("barcode")).isFalse();
    assertThat(json(call("key-b", "GET", "/products?ids=1", "").body()).path("products").isEmpty())
        .isTrue();
    assertThat(call("GET", "/products/2", "").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/products/3", "").statusCode()).isEqualTo(404);
  }

  @Test
  void tells_of_each_item_what_became_of_it() throws Exception {
    var answer =
        call(
            "POST",
            "/products/bulk",
            products(
                GOOD,
                "{\"product_id\": \"2\", \"external_reference\": \"e\", \"quantity\": 1}",
                product("3", "\"barcode\": \"123\""),
                product("4", "\"rfid_tag_id\": 7"),
                "{\"product_id\": \"5\", \"external_reference\": \"e\", \"name\": \"n\", \"quantity\": \"1\"}",
                "[]"));
    assertThat(answer.statusCode()).isEqualTo(207);
    var results = json(answer.body()).path("results");
    assertThat(
            results.values().stream()
                .map(result -> result.path("error").path("code").asString("none")))
        .containsExactly(
            "none",
            "MISSING_FIELD",
            "INVALID_VALUE",
            "INVALID_TYPE",
            "INVALID_TYPE",
            "INVALID_TYPE");
    assertThat(results.path(1).path("product_id").asString()).isEqualTo("2");
    assertThat(results.path(1).path("error").path("message").asString())
        .isEqualTo("name is missing");
    assertThat(kong.products().snapshot()).containsOnlyKeys("a/1");
  }

  @Test
  void refuses_a_batch_whole() throws Exception {
    var many =
        IntStream.rangeClosed(1, 101)
            .mapToObj(i -> product("" + i, "\"x\": 1"))
            .toArray(String[]::new);
    assertThat(call("POST", "/products/bulk", products(many)).statusCode()).isEqualTo(400);

    kong.policy(BatchPolicy.ALL_OR_NOTHING);
    kong.faults().add(Fault.rejectItems("name", "REJECT"));
    var bad = GOOD.replace("Product", "REJECT");
    var refused = call("POST", "/products/bulk", products(product("2", "\"x\": 1"), bad));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("BATCH_REFUSED").doesNotContain("product_id");
    assertThat(kong.products().size()).isZero();
    assertThat(call("POST", "/products/bulk", products(product("2", "\"x\": 1"))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void takes_single_products() throws Exception {
    assertThat(call("PUT", "/products/1", GOOD).statusCode()).isEqualTo(404);
    assertThat(call("POST", "/products", GOOD).statusCode()).isEqualTo(201);
    assertThat(call("POST", "/products", GOOD).statusCode()).isEqualTo(409);
    var put = call("PUT", "/products/1", product("1", "\"x\": 1"));
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(json(put.body()).path("status").asString()).isEqualTo("updated");
    assertThat(call("PUT", "/products/1", product("2", "\"x\": 1")).statusCode()).isEqualTo(400);
    assertThat(call("POST", "/products", "{\"product_id\": 3}").statusCode()).isEqualTo(400);
  }

  @Test
  void binds_tags() throws Exception {
    bulk(GOOD, product("2", "\"x\": 1"));
    var answer = tags(tag("T1", "1"), tag("T1", "2"), tag("T2", "9"), tag("T2", "2"));
    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(
            json(answer.body()).path("results").values().stream()
                .map(r -> r.path("error").path("code").asString("none")))
        .containsExactly("none", "TAG_BOUND", "UNKNOWN_PRODUCT", "none");
    assertThat(statuses(tags(tag("T3", "1"), tag("T1", "2"), tag("T3", "1"))))
        .containsExactly("updated", "updated", "unchanged");
    var found = json(call("GET", "/rfid/tags?product_ids=1,2,3", "").body()).path("tags");
    assertThat(found)
        .hasToString(
            "[{\"tag_id\":\"T3\",\"product_id\":\"1\"},{\"tag_id\":\"T1\",\"product_id\":\"2\"}]");

    assertThat(kong.tags().remove("a", "1")).isTrue();
    assertThat(statuses(tags(tag("T3", "2")))).containsExactly("updated");
  }

  private HttpResponse<String> tags(String... tags) throws Exception {
    return call("POST", "/rfid/tags", "{\"tags\": [" + String.join(", ", tags) + "]}");
  }

  private HttpResponse<String> bulk(String... items) throws Exception {
    return call("POST", "/products/bulk", products(items));
  }

  private List<String> statuses(HttpResponse<String> answer) {
    return json(answer.body()).path("results").values().stream()
        .map(result -> result.path("status").asString())
        .toList();
  }

  private static String product(String id, String more) {
    return """
    {"product_id": "%s", "external_reference": "E%s", "name": "Product %s", "quantity": 5, %s}\
    """
        .formatted(id, id, id, more);
  }

  private static String products(String... items) {
    return List.of(items).stream().collect(Collectors.joining(", ", "{\"products\": [", "]}"));
  }

  private static String tag(String tag, String product) {
    return "{\"tag_id\": \"%s\", \"product_id\": \"%s\"}".formatted(tag, product);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    return call("key-a", method, path, body);
  }

  private HttpResponse<String> call(String key, String method, String path, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(kong.uri() + path))
            .header("X-API-Key", key)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
