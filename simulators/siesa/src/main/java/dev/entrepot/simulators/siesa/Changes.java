package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.Call;
import dev.entrepot.simulators.remote.Refusal;
import dev.entrepot.simulators.remote.Reply;
import java.time.Clock;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Changes made in Siesa by a person, by HTTP.
final class Changes {
  private final SiesaSystem system;
  private final Clock clock;

  Changes(SiesaSystem system, Clock clock) {
    this.system = system;
    this.clock = clock;
  }

  /// Fields of a row; what is not given stays.
  Reply put(Call call) {
    var catalogue = catalogue(call);
    var code = call.variable("id");
    var fields = call.json();
    boolean known = catalogue.find(code).isPresent();
    if (known) {
      catalogue.change(code, product -> with(product, fields));
    } else {
      var empty =
          new SiesaProduct(
              code,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              true,
              clock.instant(),
              Map.of());
      catalogue.add(with(empty, fields));
    }
    var row = Rows.row(catalogue.find(code).orElseThrow(), Oddities.none());
    return Reply.json(known ? 200 : 201, row);
  }

  Reply remove(Call call) {
    var catalogue = catalogue(call);
    var code = call.variable("id");
    if (catalogue.find(code).isEmpty()) {
      throw new Refusal(404, "NOT_FOUND", "there is no product " + code);
    }
    catalogue.remove(code);
    return Reply.json(200, JsonNodeFactory.instance.objectNode().put("products", catalogue.size()));
  }

  /// `count` new ones, and one each of `sold` of the old ones is sold.
  Reply many(Call call) {
    var catalogue = catalogue(call);
    catalogue.sell(call.json().path("sold").asInt(0));
    int first = (int) catalogue.effects().created() + 1;
    SiesaProducts.generate(call.json().path("count").asInt(0), first, first)
        .forEach(catalogue::add);
    return Reply.json(200, JsonNodeFactory.instance.objectNode().put("products", catalogue.size()));
  }

  private SiesaCatalogue catalogue(Call call) {
    try {
      return system.products(call.variable("tenant"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(404, "NOT_FOUND", String.valueOf(e.getMessage()));
    }
  }

  private static SiesaProduct with(SiesaProduct product, JsonNode fields) {
    var changed = product;
    for (var field : fields.properties()) {
      changed = with(changed, field.getKey(), field.getValue());
    }
    return changed;
  }

  private static SiesaProduct with(SiesaProduct product, String field, JsonNode value) {
    return switch (field) {
      case "f_codigo", "f_fecha_modificacion" -> product;
      case "f_cantidad" ->
          value.isNumber() ? product.quantity(value.decimalValue()) : product.raw(field, value);
      case "f_nombre" ->
          value.isString() ? product.name(value.stringValue()) : product.raw(field, value);
      case "f_tag_rfid" ->
          value.isString() ? product.tag(value.stringValue()) : product.raw(field, value);
      case "f_ubicacion" ->
          value.isString() ? product.location(value.stringValue()) : product.raw(field, value);
      case "f_activo" ->
          value.isBoolean() ? product.active(value.booleanValue()) : product.raw(field, value);
      default -> product.raw(field, value);
    };
  }
}
