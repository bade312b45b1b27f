package dev.entrepot.bench.syncparts;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A row of Siesa as an item for Kong: the same fields, conversions and checks that the mapping of
/// the benchmark has, written out in Java. Safe for use by many threads.
public final class ProductMapping {
  private static final Pattern EAN = Pattern.compile("[0-9]{13}");

  private final JsonMapper json;

  public ProductMapping(JsonMapper json) {
    this.json = json;
  }

  public Item map(long record, JsonNode row) {
    String key = text(row, "f_codigo");
    ObjectNode body = json.createObjectNode();
    String problem = null;
    if (key == null) {
      problem = "f_codigo is missing";
    }
    body.put("product_id", key);
    problem = put(body, "external_reference", text(row, "f_codigo_externo"), problem);
    problem = put(body, "name", text(row, "f_nombre"), problem);
    String ean = text(row, "f_ean");
    if (ean != null) {
      body.put("barcode", ean);
      problem = problem == null && !good(ean) ? "f_ean is no EAN: " + ean : problem;
    }
    JsonNode quantity = row.path("f_cantidad");
    if (quantity.isNumber() && quantity.decimalValue().stripTrailingZeros().scale() <= 0) {
      body.put("quantity", quantity.decimalValue().longValueExact());
    } else if (problem == null) {
      problem = "f_cantidad is no whole number: " + quantity;
    }
    String tag = text(row, "f_tag_rfid");
    if (tag != null) {
      body.put("rfid_tag_id", tag);
    }
    return new Item(record, key == null ? "" : key, json.writeValueAsString(body), tag, problem);
  }

  private static @Nullable String put(
      ObjectNode body, String field, @Nullable String value, @Nullable String problem) {
    body.put(field, value);
    return value == null && problem == null ? field + " is missing" : problem;
  }

  private static @Nullable String text(JsonNode row, String field) {
    String value = row.path(field).asString("").strip();
    return value.isEmpty() ? null : value;
  }

  private static boolean good(String ean) {
    if (!EAN.matcher(ean).matches()) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (ean.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
  }
}
