package dev.entrepot.simulators.remote;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the people around a simulated system may do: look into it, arm faults, change the limit.
///
/// `GET /` page; `GET /_state`, `/_calls`, `/_snapshot`, `/_faults`; `POST /_faults`, `/_limit`;
/// `DELETE /_faults`, `/_faults/{id}`, `/_calls`; and what the system itself adds.
final class Operations {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final RemoteServer server;
  private final LookIn page;
  private final Routes routes;

  Operations(RemoteServer server) {
    this.server = server;
    this.page = new LookIn(server);
    this.routes =
        Routes.none()
            .on("GET", "/", page::show)
            .on("GET", "/_state", call -> Reply.json(200, state()))
            .on("GET", "/_calls", call -> Reply.json(200, calls()))
            .on("DELETE", "/_calls", this::forgetCalls)
            .on("GET", "/_snapshot", call -> Reply.json(200, snapshot()))
            .on("GET", "/_faults", call -> Reply.json(200, faults()))
            .on("POST", "/_faults", this::arm)
            .on("DELETE", "/_faults", this::disarmAll)
            .on("DELETE", "/_faults/{id}", this::disarm)
            .on("POST", "/_disarm", this::disarmByForm)
            .on("POST", "/_limit", this::limit);
  }

  void serve(HttpExchange http, Call call) throws IOException {
    var reply = answer(call);
    reply.headers().forEach(http.getResponseHeaders()::set);
    http.getResponseHeaders().set("Content-Type", reply.type());
    int length = reply.body().length;
    http.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
    if (length > 0) {
      http.getResponseBody().write(reply.body());
    }
  }

  private Reply answer(Call call) {
    try {
      return find(call).answer().apply(call);
    } catch (Refusal refusal) {
      return Reply.error(refusal.status(), refusal.code(), refusal.reason());
    }
  }

  private Routes.Route find(Call call) {
    try {
      return routes.find(call);
    } catch (Refusal none) {
      return server.system().operations().find(call);
    }
  }

  private Reply arm(Call call) {
    if (!byForm(call)) {
      int id = server.faults().add(FaultJson.read(call.json()));
      return Reply.json(201, JSON.createObjectNode().put("id", id));
    }
    server.faults().add(FaultJson.read(JSON.valueToTree(Call.form(call.text()))));
    return back();
  }

  private Reply disarm(Call call) {
    if (!server.faults().remove(id(call.variable("id")))) {
      throw new Refusal(404, "NOT_FOUND", "no fault " + call.variable("id") + " is armed");
    }
    return Reply.json(200, faults());
  }

  private Reply disarmAll(Call call) {
    server.faults().clear();
    return Reply.json(200, faults());
  }

  private Reply disarmByForm(Call call) {
    server.faults().remove(id(Call.form(call.text()).getOrDefault("id", "")));
    return back();
  }

  private Reply forgetCalls(Call call) {
    server.log().clear();
    return Reply.json(200, calls());
  }

  /// `{"calls": 100, "per_ms": 60000, "retry_after": true}`; `{"calls": 0}`: none.
  private Reply limit(Call call) {
    var json = call.json();
    int calls = json.path("calls").asInt(0);
    var per = Duration.ofMillis(json.path("per_ms").asLong(60_000));
    var limit = calls < 1 ? RateLimit.none() : new RateLimit(calls, per);
    server.limit(json.path("retry_after").asBoolean(true) ? limit : limit.silent());
    return Reply.json(200, state());
  }

  private ObjectNode state() {
    var state = JSON.createObjectNode();
    state.put("title", server.system().title());
    var limit = state.putObject("limit");
    if (!server.limit().unlimited()) {
      limit.put("calls", server.limit().calls()).put("per_ms", server.limit().per().toMillis());
    }
    var holdings = state.putObject("holdings");
    for (var holding : server.system().holdings()) {
      var effects = holding.effects();
      holdings
          .putObject(holding.name())
          .put("size", holding.size())
          .put("created", effects.created())
          .put("updated", effects.updated())
          .put("unchanged", effects.unchanged());
    }
    var calls = state.putObject("calls");
    calls.put("all", server.log().calls()).put("throttled", server.log().throttled());
    server.log().byRoute().forEach(calls.putObject("by_route")::put);
    state.set("faults", faults().get("faults"));
    return state;
  }

  private ObjectNode faults() {
    var json = JSON.createObjectNode();
    var list = json.putArray("faults");
    server.faults().armed().forEach(armed -> list.add(FaultJson.write(armed)));
    return json;
  }

  private ObjectNode calls() {
    var json = JSON.createObjectNode();
    var list = json.putArray("calls");
    for (var entry : server.log().last().reversed()) {
      list.addObject()
          .put("number", entry.number())
          .put("at", entry.at().toString())
          .put("tenant", entry.tenant())
          .put("method", entry.method())
          .put("address", entry.address())
          .put("status", entry.status())
          .put("ms", entry.took().toMillis())
          .put("fault", entry.fault());
    }
    return json;
  }

  private ObjectNode snapshot() {
    var json = JSON.createObjectNode();
    for (var holding : server.system().holdings()) {
      var things = json.putObject(holding.name());
      holding.snapshot().forEach(things::set);
    }
    return json;
  }

  /// JSON that `curl -d` calls a form is JSON all the same.
  private static boolean byForm(Call call) {
    return call.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")
        && !call.text().stripLeading().startsWith("{");
  }

  private static Reply back() {
    return Reply.text(303, "text/plain", "", Map.of("Location", "/"));
  }

  private static int id(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Refusal(400, "NO_ID", "a fault's id is a number, not " + text);
    }
  }
}
