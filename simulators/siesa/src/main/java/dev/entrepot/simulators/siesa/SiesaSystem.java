package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.Call;
import dev.entrepot.simulators.remote.Holding;
import dev.entrepot.simulators.remote.Refusal;
import dev.entrepot.simulators.remote.RemoteSystem;
import dev.entrepot.simulators.remote.Reply;
import dev.entrepot.simulators.remote.Routes;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// What Siesa answers, and what it holds.
final class SiesaSystem implements RemoteSystem {
  private final List<SiesaTenant> tenants;
  private final Map<String, SiesaCatalogue> catalogues = new LinkedHashMap<>();
  private final Routes routes;
  private final Routes operations;
  private volatile Oddities oddities = Oddities.none();
  private volatile StandardQuery standardQuery = StandardQuery.usual();
  private volatile PageWatcher watcher = (tenant, page) -> {};

  SiesaSystem(List<SiesaTenant> tenants, Clock clock) {
    this.tenants = tenants;
    tenants.forEach(tenant -> catalogues.put(tenant.name(), new SiesaCatalogue(clock)));
    var rest = new RestDialect(this);
    var standard = new StandardQueryDialect(this);
    var changes = new Changes(this, clock);
    this.routes =
        Routes.none()
            .on("GET", "/inventory/products", rest::products)
            .on("GET", "/inventory/products/{id}", rest::product)
            .on("GET", "/inventory/stock", rest::stock)
            .on("GET", StandardQueryDialect.PATH, standard::query);
    this.operations =
        Routes.none()
            .on("PUT", "/_products/{tenant}/{id}", changes::put)
            .on("DELETE", "/_products/{tenant}/{id}", changes::remove)
            .on("POST", "/_products/{tenant}", changes::many);
  }

  @Override
  public String title() {
    return "Siesa";
  }

  @Override
  public Optional<String> tenant(Call call) {
    if (standard(call)) {
      var key = call.header("ConniKey").orElse("");
      var token = call.header("ConniToken").orElse("");
      return tenants.stream()
          .filter(tenant -> tenant.apiKey().equals(key) && tenant.token().equals(token))
          .map(SiesaTenant::name)
          .findFirst();
    }
    var key = call.bearer().or(() -> call.header("X-API-Key")).orElse("");
    return tenants.stream()
        .filter(tenant -> tenant.apiKey().equals(key))
        .map(SiesaTenant::name)
        .findFirst();
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public Routes operations() {
    return operations;
  }

  @Override
  public List<? extends Holding> holdings() {
    return List.of(new CatalogueHolding(catalogues));
  }

  @Override
  public Reply error(Call call, Refusal refusal) {
    if (!standard(call)) {
      return RemoteSystem.super.error(call, refusal);
    }
    boolean senseless = refusal.status() == 400;
    boolean fine = senseless && standardQuery.failures() == StandardQuery.Failures.OK_200;
    var body = JsonNodeFactory.instance.objectNode();
    body.put("codigo", senseless ? 1 : refusal.status());
    body.put("mensaje", refusal.reason()).putNull("detalle");
    return Reply.json(fine ? 200 : refusal.status(), body);
  }

  SiesaCatalogue products(String tenant) {
    var catalogue = catalogues.get(tenant);
    if (catalogue == null) {
      throw new IllegalArgumentException(
          "there is no tenant %s, but %s".formatted(tenant, catalogues.keySet()));
    }
    return catalogue;
  }

  SiesaTenant named(String tenant) {
    return tenants.stream().filter(one -> one.name().equals(tenant)).findFirst().orElseThrow();
  }

  Oddities oddities() {
    return oddities;
  }

  void oddities(Oddities next) {
    oddities = next;
  }

  StandardQuery standardQuery() {
    return standardQuery;
  }

  void standardQuery(StandardQuery next) {
    standardQuery = next;
  }

  PageWatcher watcher() {
    return watcher;
  }

  void watcher(PageWatcher next) {
    watcher = next;
  }

  private static boolean standard(Call call) {
    return call.path().equals(StandardQueryDialect.PATH);
  }
}
