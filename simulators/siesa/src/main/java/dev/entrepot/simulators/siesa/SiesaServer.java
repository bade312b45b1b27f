package dev.entrepot.simulators.siesa;

import dev.entrepot.simulators.remote.RemoteServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.remote.Simulator;
import java.util.Collection;
import java.util.List;

/// Siesa, the ERP, over HTTP, in both dialects at the same time.
///
/// `rest` (contract):
/// - `Authorization: Bearer <key>` or `X-API-Key: <key>`; 401 otherwise.
/// - `GET /inventory/products?page&limit&modified_since`: `{data: […], page, limit, total}`; pages
///   from 1, limit 100 unless given and at most 1,000 (otherwise 400 `LIMIT_TOO_LARGE`), a page
///   behind the last has no rows. `modified_since` is an ISO instant or date and inclusive.
/// - `GET /inventory/products/{f_codigo}`: the row, or 404. `GET /inventory/stock?warehouse_id&
///   product_id`: `{data: [{product_id, warehouse_id, quantity}]}`, a warehouse being a zone.
/// - Errors: `{error: {code, message}}`.
///
/// `standard-query` (parameters and envelopes as published, the rest contract):
/// - `GET /api/siesa/v3/ejecutarconsultaestandar?idCompania=1&descripcion=API_v2_Items&
///   paginacion=numPag=1|tamPag=100`, headers `ConniKey`, `ConniToken`; 401 otherwise. Pages from
///   1, of at most 100.
/// - `parametros=modified_since=<ISO instant>` leaves out what was not changed since (contract).
/// - A query that makes no sense has a `codigo` of 1 and a `mensaje`, with 200 or 400 by setting;
///   for all else `codigo` is the status.
///
/// Rows are in the order in which the products came; new ones come last, and those behind one that
/// is removed move forward. Times are ISO instants. Safe for many threads.
///
/// Below `/_`: `PUT /_products/{tenant}/{f_codigo}` with any fields of a row changes or adds a
/// product, `DELETE` removes it; `POST /_products/{tenant} {"count": n, "sold": n}` adds generated
/// ones, and sells one each of others.
public final class SiesaServer implements Simulator {
  private final SiesaSystem system;
  private final RemoteServer server;

  private SiesaServer(SiesaSystem system, RemoteSettings settings) {
    this.system = system;
    this.server = RemoteServer.start(system, settings);
  }

  public static SiesaServer start(RemoteSettings settings, Collection<SiesaTenant> tenants) {
    return new SiesaServer(new SiesaSystem(List.copyOf(tenants), settings.clock()), settings);
  }

  @Override
  public RemoteServer server() {
    return server;
  }

  /// The products of a tenant, to fill and to change.
  ///
  /// @throws IllegalArgumentException when there is no such tenant
  public SiesaCatalogue products(String tenant) {
    return system.products(tenant);
  }

  public void oddities(Oddities oddities) {
    system.oddities(oddities);
  }

  /// How `standard-query` answers; [StandardQuery#usual] unless changed.
  public void standardQuery(StandardQuery manner) {
    system.standardQuery(manner);
  }

  /// Who is told of pages; the one before is no longer.
  public void watcher(PageWatcher watcher) {
    system.watcher(watcher);
  }
}
