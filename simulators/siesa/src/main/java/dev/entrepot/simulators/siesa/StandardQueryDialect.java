package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.Call;
import dev.entrepot.simulators.remote.Refusal;
import dev.entrepot.simulators.remote.Reply;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// `standard-query`: pages of a query that has a name.
final class StandardQueryDialect {
  static final String PATH = "/api/siesa/v3/ejecutarconsultaestandar";
  private static final String ITEMS = "API_v2_Items";
  private static final int LARGEST = 100;

  private final SiesaSystem system;

  StandardQueryDialect(SiesaSystem system) {
    this.system = system;
  }

  Reply query(Call call) {
    var company = call.query("idCompania").orElse("");
    if (!company.equals(system.named(call.tenant()).company())) {
      throw senseless("idCompania", company);
    }
    var name = call.query("descripcion").orElse("");
    if (!name.equals(ITEMS)) {
      throw senseless("descripcion", name);
    }
    var paging = parts("paginacion", call.query("paginacion").orElse(""));
    int page = Queries.number("numPag", paging.getOrDefault("numPag", "1"));
    int size = Queries.number("tamPag", paging.getOrDefault("tamPag", "100"));
    if (size > LARGEST) {
      throw new Refusal(400, "TAM_PAG", "tamPag máximo " + LARGEST + ", no " + size);
    }
    var since = since(call);
    system.watcher().asked(call.tenant(), page);
    var rows = new Rows(system.products(call.tenant()).since(since), system.oddities());
    var answer = JsonNodeFactory.instance.objectNode();
    switch (system.standardQuery().envelope()) {
      case TABLE -> {
        answer.put("codigo", 0).put("mensaje", "Transacción Exitosa");
        answer.putObject("detalle").set("Table", rows.page(page, size));
      }
      case DATOS -> answer.set("Datos", rows.page(page, size));
    }
    return Reply.json(200, answer);
  }

  private static @Nullable Instant since(Call call) {
    var parameters = parts("parametros", call.query("parametros").orElse(""));
    return Optional.ofNullable(parameters.get("modified_since"))
        .map(value -> Queries.instant("modified_since", value))
        .orElse(null);
  }

  /// `numPag=1|tamPag=100`
  private static Map<String, String> parts(String name, String value) {
    var parts = new HashMap<String, String>();
    for (var part : value.split("\\|", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals), part.substring(equals + 1));
      } else if (!part.isEmpty()) {
        throw senseless(name, value);
      }
    }
    return parts;
  }

  private static Refusal senseless(String name, String value) {
    return new Refusal(400, "CONSULTA", "%s no válido: %s".formatted(name, value));
  }
}
