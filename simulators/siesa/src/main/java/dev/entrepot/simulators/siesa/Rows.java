package dev.entrepot.simulators.siesa;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Products as rows, in pages.
final class Rows {
  private static final List<String> YES = List.of("si", "true", "1", "yes", "s");
  private static final List<String> NO = List.of("no", "false", "0", "n");
  private static final List<String> FIELDS =
      List.of(
          "f_codigo",
          "f_codigo_externo",
          "f_nombre",
          "f_ean",
          "f_cantidad",
          "f_tag_rfid",
          "f_ubicacion",
          "f_zona",
          "f_categoria",
          "f_activo",
          "f_fecha_modificacion");

  private final List<SiesaProduct> products;
  private final Oddities odd;

  Rows(List<SiesaProduct> products, Oddities odd) {
    this.products = products;
    this.odd = odd;
  }

  /// How many rows there are, ghosts too.
  long total() {
    int count = products.size();
    long between = odd.ghostEvery() == 0 || count == 0 ? 0 : (count - 1) / (odd.ghostEvery() - 1);
    return count + between + odd.ghostsAtEnd();
  }

  /// The rows of a page, from 1.
  ArrayNode page(int page, int asked) {
    int size = odd.cap() > 0 ? Math.min(asked, odd.cap()) : asked;
    int actual = odd.repeatsFrom() > 0 ? Math.min(page, odd.repeatsFrom()) : page;
    var rows = JsonNodeFactory.instance.arrayNode();
    long from = (actual - 1L) * size;
    long to = Math.min(from + size, total());
    for (long row = from; row < to; row++) {
      rows.add(row(row));
    }
    return rows;
  }

  private ObjectNode row(long row) {
    int every = odd.ghostEvery();
    boolean ghost = every > 0 && (row + 1) % every == 0;
    long place = every > 0 ? row - row / every : row;
    return ghost || place >= products.size() ? ghost() : row(products.get((int) place), odd);
  }

  private static ObjectNode ghost() {
    var row = JsonNodeFactory.instance.objectNode();
    FIELDS.forEach(row::putNull);
    return row;
  }

  static ObjectNode row(SiesaProduct product, Oddities odd) {
    var row = JsonNodeFactory.instance.objectNode();
    row.put("f_codigo", product.code());
    row.put("f_codigo_externo", product.externalCode());
    row.put("f_nombre", product.name());
    row.put("f_ean", product.ean());
    row.set("f_cantidad", quantity(product.quantity(), odd));
    row.put("f_tag_rfid", product.tag());
    row.put("f_ubicacion", product.location());
    row.put("f_zona", product.zone());
    row.put("f_categoria", product.category());
    row.set("f_activo", active(product, odd));
    row.put("f_fecha_modificacion", product.modified().toString());
    product.raw().forEach(row::set);
    return row;
  }

  private static JsonNode quantity(@Nullable BigDecimal quantity, Oddities odd) {
    var nodes = JsonNodeFactory.instance;
    if (quantity == null) {
      return nodes.nullNode();
    }
    return switch (odd.decimals()) {
      case NUMBER -> nodes.numberNode(quantity);
      case COMMA -> nodes.stringNode(fixed(quantity).replace('.', ','));
      case POINT -> nodes.stringNode(fixed(quantity));
    };
  }

  private static String fixed(BigDecimal quantity) {
    return (quantity.scale() < 2 ? quantity.setScale(2) : quantity).toPlainString();
  }

  private static JsonNode active(SiesaProduct product, Oddities odd) {
    var words = product.active() ? YES : NO;
    return switch (odd.booleans()) {
      case PLAIN -> JsonNodeFactory.instance.booleanNode(product.active());
      case MOTLEY ->
          JsonNodeFactory.instance.stringNode(
              words.get(Math.floorMod(product.code().hashCode(), words.size())));
    };
  }
}
