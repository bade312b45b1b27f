package dev.entrepot.simulators.siesa;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A product of the ERP. Sent as `f_codigo, f_codigo_externo, f_nombre, f_ean, f_cantidad,
/// f_tag_rfid, f_ubicacion, f_zona, f_categoria, f_activo, f_fecha_modificacion`.
///
/// @param location such as `A-01-05`
/// @param modified moves with every change
/// @param raw fields that are sent so whatever the others say: wrong types, fields of one's own; a
///   JSON null empties one
public record SiesaProduct(
    String code,
    @Nullable String externalCode,
    @Nullable String name,
    @Nullable String ean,
    @Nullable BigDecimal quantity,
    @Nullable String tag,
    @Nullable String location,
    @Nullable String zone,
    @Nullable String category,
    boolean active,
    Instant modified,
    Map<String, JsonNode> raw) {

  public SiesaProduct {
    raw = Map.copyOf(raw);
  }

  public SiesaProduct name(String other) {
    return new SiesaProduct(
        code,
        externalCode,
        other,
        ean,
        quantity,
        tag,
        location,
        zone,
        category,
        active,
        modified,
        without("f_nombre"));
  }

  public SiesaProduct quantity(BigDecimal other) {
    return new SiesaProduct(
        code,
        externalCode,
        name,
        ean,
        other,
        tag,
        location,
        zone,
        category,
        active,
        modified,
        without("f_cantidad"));
  }

  public SiesaProduct tag(@Nullable String other) {
    return new SiesaProduct(
        code,
        externalCode,
        name,
        ean,
        quantity,
        other,
        location,
        zone,
        category,
        active,
        modified,
        without("f_tag_rfid"));
  }

  public SiesaProduct location(@Nullable String other) {
    return new SiesaProduct(
        code,
        externalCode,
        name,
        ean,
        quantity,
        tag,
        other,
        zone,
        category,
        active,
        modified,
        without("f_ubicacion"));
  }

  public SiesaProduct active(boolean other) {
    return new SiesaProduct(
        code,
        externalCode,
        name,
        ean,
        quantity,
        tag,
        location,
        zone,
        category,
        other,
        modified,
        without("f_activo"));
  }

  /// Sends a field so, whatever it is otherwise.
  public SiesaProduct raw(String field, JsonNode value) {
    var more = new HashMap<>(raw);
    more.put(field, value);
    return new SiesaProduct(
        code,
        externalCode,
        name,
        ean,
        quantity,
        tag,
        location,
        zone,
        category,
        active,
        modified,
        more);
  }

  private Map<String, JsonNode> without(String field) {
    if (!raw.containsKey(field)) {
      return raw;
    }
    var fewer = new HashMap<>(raw);
    fewer.remove(field);
    return fewer;
  }

  SiesaProduct modified(Instant at) {
    return new SiesaProduct(
        code, externalCode, name, ean, quantity, tag, location, zone, category, active, at, raw);
  }
}
