package dev.entrepot.simulators.wms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.EffectCounts;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.ItemRules.Presence;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.wms.WmsServer.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WmsServerTest {
  private final WmsServer wms =
      WmsServer.start(RemoteSettings.usual(), Map.of("key-a", "a", "key-b", "b"));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    wms.close();
  }

  @Test
  void keeps_items_of_each_tenant() throws Exception {
    assertThat(words(items(item("1", "\"zone_id\": \"A\""), item("2", "\"x\": 1"))))
        .containsExactly("created", "created");
    assertThat(words(items(item("1", "\"zone_id\": \"B\""), item("2", "\"x\": 1"))))
        .containsExactly("updated", "unchanged");
    assertThat(wms.items().effects()).isEqualTo(new EffectCounts(2, 1, 1));
    var found = get(wms.service(Service.INVENTORY), "/inventory/items?ids=1,2,3");
    assertThat(json(found).path("items").size()).isEqualTo(2);
    assertThat(call("key-b", "GET", wms.uri(), "/inventory/items/1", "").statusCode())
        .isEqualTo(404);
    assertThat(call("key-z", "GET", wms.uri(), "/inventory/items/1", "").statusCode())
        .isEqualTo(401);
  }

  @Test
  void has_services_of_their_own() throws Exception {
    items(item("1", "\"x\": 1"));
    assertThat(get(wms.service(Service.INVENTORY), "/warehouse/zones").statusCode()).isEqualTo(404);
    assertThat(get(wms.service(Service.ORDERS), "/inventory/items/1").statusCode()).isEqualTo(404);
    var zones = json(get(wms.service(Service.WAREHOUSE), "/warehouse/zones")).path("zones");
    assertThat(zones.values().stream().map(zone -> zone.path("zone_id").asString()))
        .containsExactly("A", "B", "C", "D", "E", "F");
    assertThat(get(wms.uri(), "/inventory/items/1").statusCode()).isEqualTo(200);

    wms.faults().add(Fault.answer(503).on("GET", "/warehouse/zones"));
    assertThat(get(wms.service(Service.WAREHOUSE), "/warehouse/zones").statusCode()).isEqualTo(503);
    assertThat(wms.log().calls("GET /warehouse/zones")).isEqualTo(2);
  }

  @Test
  void tells_of_each_item_what_became_of_it() throws Exception {
    var answer =
        items(
            item("1", "\"location_code\": \"A-01-05\""),
            item("2", "\"zone_id\": \"Z\""),
            item("3", "\"ean_code\": \"12\""),
            "{\"item_id\": \"4\"}",
            item("5", "\"location_code\": \"A0105\""));
    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(codes(answer))
        .containsExactly("INVALID_VALUE", "UNKNOWN_ZONE", "INVALID_VALUE", "MISSING_FIELD", "none");

    wms.locationCode(Presence.MANDATORY);
    assertThat(codes(items(item("6", "\"x\": 1")))).containsExactly("MISSING_FIELD");
    wms.policy(BatchPolicy.ALL_OR_NOTHING);
    assertThat(items(item("6", "\"x\": 1")).statusCode()).isEqualTo(400);
    assertThat(wms.items().snapshot()).containsOnlyKeys("a/5");
  }

  @Test
  void puts_items_in_locations() throws Exception {
    items(item("1", "\"x\": 1"), item("2", "\"x\": 1"));
    var answer =
        locations(
            "{\"item_id\": \"1\", \"location_code\": \"A0105\", \"zone_id\": \"A\"}",
            "{\"item_id\": \"2\", \"location_code\": \"A0105\"}",
            "{\"item_id\": \"9\", \"location_code\": \"A0105\"}",
            "{\"item_id\": \"1\"}",
            "{\"item_id\": \"1\", \"location_code\": \"B0101\", \"zone_id\": \"Q\"}",
            "{\"item_id\": \"1\", \"location_code\": \"B0101\", \"zone_id\": \"B\"}");
    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(codes(answer))
        .containsExactly("none", "none", "UNKNOWN_ITEM", "MISSING_FIELD", "UNKNOWN_ZONE", "none");
    var found = json(get(wms.uri(), "/warehouse/locations?item_ids=1,2,9")).path("locations");
    assertThat(found.values().stream().map(one -> one.path("location_code").asString()))
        .containsExactly("B0101", "A0105");
    assertThat(wms.locations().effects()).isEqualTo(new EffectCounts(2, 1, 0));
  }

  @Test
  void takes_single_items() throws Exception {
    var base = wms.service(Service.INVENTORY);
    var one = item("1", "\"x\": 1");
    assertThat(call("key-a", "PUT", base, "/inventory/items/1", one).statusCode()).isEqualTo(404);
    assertThat(call("key-a", "POST", base, "/inventory/items", one).statusCode()).isEqualTo(201);
    assertThat(call("key-a", "POST", base, "/inventory/items", one).statusCode()).isEqualTo(409);
    assertThat(call("key-a", "PUT", base, "/inventory/items/1", one).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> items(String... items) throws Exception {
    var body = "{\"items\": [" + String.join(", ", items) + "]}";
    return call("key-a", "POST", wms.service(Service.INVENTORY), "/inventory/items/bulk", body);
  }

  private HttpResponse<String> locations(String... locations) throws Exception {
    var body = "{\"locations\": [" + String.join(", ", locations) + "]}";
    return call("key-a", "POST", wms.service(Service.WAREHOUSE), "/warehouse/locations", body);
  }

  private static String item(String id, String more) {
    return """
    {"item_id": "%s", "external_item_code": "E", "item_name": "n", "available_quantity": 5, %s}\
    """
        .formatted(id, more);
  }

  private static List<String> words(HttpResponse<String> answer) {
    return json(answer).path("results").values().stream()
        .map(result -> result.path("status").asString())
        .toList();
  }

  private static List<String> codes(HttpResponse<String> answer) {
    return json(answer).path("results").values().stream()
        .map(result -> result.path("error").path("code").asString("none"))
        .toList();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpResponse<String> get(URI base, String path) throws Exception {
    return call("key-a", "GET", base, path, "");
  }

  private HttpResponse<String> call(String key, String method, URI base, String path, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + key)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
