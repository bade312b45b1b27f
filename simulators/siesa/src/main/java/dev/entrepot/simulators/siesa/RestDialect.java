package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.Call;
import dev.entrepot.simulators.remote.Refusal;
import dev.entrepot.simulators.remote.Reply;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `rest`: pages of products by page and limit.
final class RestDialect {
  private static final int LARGEST = 1000;
  private static final String USUAL = "100";

  private final SiesaSystem system;

  RestDialect(SiesaSystem system) {
    this.system = system;
  }

  Reply products(Call call) {
    int page = Queries.number("page", call.query("page").orElse("1"));
    int limit = Queries.number("limit", call.query("limit").orElse(USUAL));
    if (limit > LARGEST) {
      throw new Refusal(
          400, "LIMIT_TOO_LARGE", "limit is at most %d, not %d".formatted(LARGEST, limit));
    }
    var since =
        call.query("modified_since")
            .filter(value -> !value.isBlank())
            .map(value -> Queries.instant("modified_since", value))
            .orElse(null);
    system.watcher().asked(call.tenant(), page);
    var odd = system.oddities();
    var rows = new Rows(system.products(call.tenant()).since(since), odd);
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("data", rows.page(page, limit));
    answer.put("page", page);
    if (odd.cap() == 0) {
      answer.put("limit", limit);
    }
    if (odd.total() == Oddities.Total.TOLD) {
      answer.put("total", rows.total());
    }
    return Reply.json(200, answer);
  }

  Reply product(Call call) {
    return Reply.json(200, Rows.row(found(call, call.variable("id")), system.oddities()));
  }

  Reply stock(Call call) {
    var answer = JsonNodeFactory.instance.objectNode();
    var data = answer.putArray("data");
    var warehouse = call.query("warehouse_id").orElse("");
    var asked = call.query("product_id").orElse("");
    system.products(call.tenant()).all().stream()
        .filter(product -> asked.isEmpty() || asked.equals(product.code()))
        .filter(product -> warehouse.isEmpty() || warehouse.equals(product.zone()))
        .map(RestDialect::stock)
        .forEach(data::add);
    return Reply.json(200, answer);
  }

  private static ObjectNode stock(SiesaProduct product) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("product_id", product.code())
        .put("warehouse_id", product.zone())
        .put("quantity", product.quantity());
  }

  private SiesaProduct found(Call call, String id) {
    return system
        .products(call.tenant())
        .find(id)
        .orElseThrow(() -> new Refusal(404, "NOT_FOUND", "there is no product " + id));
  }
}
