package dev.entrepot.simulators.siesa;

import static dev.entrepot.simulators.siesa.Asker.codes;
import static dev.entrepot.simulators.siesa.Asker.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.simulators.remote.RemoteSettings;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class RestDialectTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final SiesaServer siesa =
      SiesaServer.start(
          RemoteSettings.usual().clock(Clock.fixed(NOW, ZoneOffset.UTC)),
          List.of(new SiesaTenant("a", "key-a"), new SiesaTenant("b", "key-b")));
  private final Asker asker = new Asker(siesa.uri());

  @BeforeEach
  void fill() {
    siesa.products("a").load(SiesaProducts.generate(10, 1));
  }

  @AfterEach
  void close() {
    asker.close();
    siesa.close();
  }

  @Test
  void gives_pages_in_the_order_of_coming() throws Exception {
    var first = json(get("?page=1&limit=4"));
    assertThat(codes(first.path("data")))
        .containsExactly("P0000001", "P0000002", "P0000003", "P0000004");
    assertThat(first.path("total").asInt()).isEqualTo(10);
    assertThat(first.path("page").asInt()).isEqualTo(1);
    assertThat(first.path("limit").asInt()).isEqualTo(4);
    assertThat(codes(json(get("?page=3&limit=4")).path("data")))
        .containsExactly("P0000009", "P0000010");
    assertThat(json(get("?page=2&limit=5")).path("data").size()).isEqualTo(5);
    assertThat(json(get("?page=3&limit=5")).path("data").size()).isZero();
    assertThat(json(get("")).path("limit").asInt()).isEqualTo(100);
  }

  @Test
  void refuses_what_makes_no_sense() throws Exception {
    assertThat(get("?limit=1001").statusCode()).isEqualTo(400);
    assertThat(get("?limit=1001").body()).contains("LIMIT_TOO_LARGE");
    assertThat(get("?page=0").statusCode()).isEqualTo(400);
    assertThat(get("?page=x").statusCode()).isEqualTo(400);
    assertThat(get("?modified_since=yesterday").statusCode()).isEqualTo(400);
    assertThat(asker.rest("key-z", "/inventory/products").statusCode()).isEqualTo(401);
    assertThat(asker.rest("key-a", "/inventory/products/P9").statusCode()).isEqualTo(404);
  }

  @Test
  void keeps_tenants_apart() throws Exception {
    var other = asker.rest("key-b", "/inventory/products");
    assertThat(json(other).path("total").asInt()).isZero();
  }

  @Test
  void knows_what_was_modified_since() throws Exception {
    siesa.products("a").change("P0000003", product -> product.quantity(new BigDecimal("7.5")));
    siesa.products("a").deactivate("P0000005");
    siesa.products("a").touch("P0000007");
    siesa.products("a").add(SiesaProducts.generate(1, 5, 11).getFirst());
    var changed = json(get("?modified_since=" + NOW)).path("data");
    assertThat(codes(changed)).containsExactly("P0000003", "P0000005", "P0000007", "P0000011");
    assertThat(changed.path(0).path("f_cantidad").decimalValue()).isEqualByComparingTo("7.5");
    assertThat(changed.path(1).path("f_activo").booleanValue()).isFalse();
    assertThat(json(get("?modified_since=" + NOW.plusMillis(1))).path("total").asInt()).isZero();
    assertThat(json(get("?modified_since=2026-11-21")).path("total").asInt()).isEqualTo(4);
  }

  @Test
  void changes_between_two_pages() throws Exception {
    siesa.watcher((tenant, page) -> {
      if (page == 2) {
        siesa.products(tenant).add(SiesaProducts.generate(1, 5, 11).getFirst());
      }
    });
    assertThat(json(get("?page=1&limit=10")).path("total").asInt()).isEqualTo(10);
    assertThat(codes(json(get("?page=2&limit=10")).path("data"))).containsExactly("P0000011");
  }

  @Test
  void is_odd_when_asked_to() throws Exception {
    siesa.oddities(Oddities.usual().ghostEvery(3).ghostsAtEnd(2));
    var all = json(get(""));
    assertThat(codes(all.path("data")).stream().filter("ghost"::equals)).hasSize(6);
    assertThat(codes(all.path("data")).stream().filter(code -> code.startsWith("P"))).hasSize(10);
    assertThat(all.path("total").asInt()).isEqualTo(16);
    assertThat(all.path("data").path(0).path("f_cantidad").asString()).matches("[0-9]+,00");
    assertThat(all.path("data").path(0).path("f_activo").isString()).isTrue();
    assertThat(all.path("data").path(2).properties()).allMatch(field -> field.getValue().isNull());

    siesa.oddities(Oddities.none().repeatsFrom(2).total(Oddities.Total.LEFT_OUT));
    assertThat(json(get("?page=9&limit=4")).path("data"))
        .isEqualTo(json(get("?page=2&limit=4")).path("data"));
    assertThat(json(get("")).has("total")).isFalse();
  }

  @Test
  void sends_fields_raw() throws Exception {
    var nodes = JsonNodeFactory.instance;
    siesa
        .products("a")
        .change(
            "P0000001",
            product ->
                product
                    .raw("f_nombre", nodes.numberNode(7))
                    .raw("f_color", nodes.stringNode("red")));
    var row = json(asker.rest("key-a", "/inventory/products/P0000001"));
    assertThat(row.path("f_nombre").isNumber()).isTrue();
    assertThat(row.path("f_color").asString()).isEqualTo("red");
  }

  @Test
  void is_changed_by_http() throws Exception {
    assertThat(asker.put("/_products/a/P0000001", "{\"f_cantidad\": 3, \"f_x\": 1}").statusCode())
        .isEqualTo(200);
    assertThat(asker.put("/_products/a/NEW", "{\"f_nombre\": \"Gorra\"}").statusCode())
        .isEqualTo(201);
    assertThat(asker.put("/_products/z/NEW", "{}").statusCode()).isEqualTo(404);
    assertThat(codes(json(get("?modified_since=" + NOW)).path("data")))
        .containsExactly("P0000001", "NEW");
    asker.post("/_products/a", "{\"count\": 5, \"sold\": 2}");
    assertThat(codes(json(get("?modified_since=" + NOW)).path("data")))
        .hasSize(8)
        .contains("P0000002", "P0000016");
  }

  @Test
  void tells_the_stock() throws Exception {
    var stock = json(asker.rest("key-a", "/inventory/stock?product_id=P0000002")).path("data");
    assertThat(stock.size()).isEqualTo(1);
    assertThat(stock.path(0).path("quantity").isNumber()).isTrue();
  }

  private HttpResponse<String> get(String query) throws Exception {
    return asker.rest("key-a", "/inventory/products" + query);
  }
}
