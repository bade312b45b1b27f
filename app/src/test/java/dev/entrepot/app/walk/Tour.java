package dev.entrepot.app.walk;

import dev.entrepot.flow.runs.RunState;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The pages a role can open.
final class Tour {
  /// A page.
  ///
  /// @param name for its screenshots
  record Stop(String name, String path) {}

  private static final String PRIVACY = "/inbox/privacy?tenant=demo";

  private Tour() {}

  static List<Stop> administrator(DemoHub hub) {
    List<Stop> stops = new ArrayList<>(operator(hub));
    stops.add(new Stop("users", "/users"));
    stops.add(new Stop("user-new", "/users/new"));
    stops.add(new Stop("user", "/users/" + hub.first("/users")));
    stops.add(new Stop("keys", "/keys"));
    stops.add(new Stop("inbox-connection-new", "/inbox/new-connection"));
    stops.add(new Stop("inbox-connection-new-hmac", "/inbox/new-connection?kind=hmac"));
    stops.add(
        new Stop("inbox-connection-new-queue", "/inbox/new-connection?kind=shopify-eventbridge"));
    stops.add(new Stop("inbox-destination-new", "/inbox/new-destination"));
    return stops;
  }

  static List<Stop> operator(DemoHub hub) {
    List<Stop> stops = new ArrayList<>(viewer(hub));
    String waiting = hub.first("/approvals");
    stops.add(new Stop("upload-new", "/uploads/new"));
    stops.add(new Stop("approvals", "/approvals"));
    stops.add(new Stop("approval", "/approvals/" + waiting));
    stops.add(new Stop("vendor-new", "/vendors/new"));
    stops.add(new Stop("vendor-edit", "/vendors/" + DemoHub.VENDOR + "/edit"));
    stops.add(new Stop("category", "/categories/kitchen"));
    stops.add(new Stop("rule-new", "/rules/new"));
    String event = hub.items("/inbox/dead-letters?state=resolved").at("/0/event").stringValue();
    stops.add(new Stop("inbox-event-again", "/inbox/events/" + event + "/replay"));
    return stops;
  }

  static List<Stop> viewer(DemoHub hub) {
    List<Stop> stops = new ArrayList<>(shared(hub, hub.upload("nordic-home-spring.csv")));
    stops.add(new Stop("refused-files", "/uploads/refused"));
    stops.add(new Stop("vendors", "/vendors"));
    stops.add(new Stop("vendor", "/vendors/" + DemoHub.VENDOR));
    stops.add(new Stop("categories", "/categories"));
    stops.add(new Stop("rates", "/rates"));
    stops.add(new Stop("trace", "/trace?key=" + sku(hub)));
    stops.add(new Stop("audit", "/audit"));
    stops.add(new Stop("activity", "/activity"));
    stops.add(new Stop("notices", "/notices"));
    stops.add(new Stop("notice", "/notices/" + hub.first("/notices")));
    stops.add(new Stop("health", "/health"));
    stops.addAll(inbox(hub));
    return stops;
  }

  private static List<Stop> inbox(DemoHub hub) {
    JsonNode mended = hub.items("/inbox/dead-letters?state=resolved").path(0);
    JsonNode open = hub.items("/inbox/dead-letters?state=open").path(0);
    JsonNode entity = hub.items("/inbox/entities?tenant=demo&type=order&limit=1").path(0);
    String thing = entity.path("account").stringValue() + "/" + entity.path("id").stringValue();
    String order = "demo/order/" + thing;
    return List.of(
        new Stop("inbox", "/inbox"),
        new Stop("inbox-rejected", "/inbox?state=rejected"),
        new Stop("inbox-event-mended", "/inbox/events/" + mended.path("event").stringValue()),
        new Stop("inbox-event-given-up", "/inbox/events/" + open.path("event").stringValue()),
        new Stop("inbox-errors", "/inbox/errors"),
        new Stop("inbox-errors-any", "/inbox/errors?state=any"),
        new Stop("inbox-cause", "/inbox/errors/" + open.path("cause").stringValue()),
        new Stop("inbox-letter-mended", "/inbox/dead-letters/" + mended.path("id")),
        new Stop("inbox-letter", "/inbox/dead-letters/" + open.path("id")),
        new Stop("inbox-keys", "/inbox/keys"),
        new Stop("inbox-replays", "/inbox/replays"),
        new Stop("inbox-replay", "/inbox/replays/" + hub.first("/inbox/replays")),
        new Stop("inbox-entities", "/inbox/entities"),
        new Stop("inbox-entity", "/inbox/entities/" + order),
        new Stop("inbox-alerts", "/inbox/alerts"),
        new Stop(
            "inbox-alert",
            "/inbox/alerts/" + hub.first("/inbox/alerts?tenant=demo") + "?tenant=demo"),
        new Stop("inbox-alert-rules", "/inbox/alert-rules"),
        new Stop("inbox-privacy", "/inbox/privacy"),
        new Stop("inbox-privacy-request", "/inbox/privacy/" + hub.first(PRIVACY) + "?tenant=demo"),
        new Stop("inbox-connections", "/inbox/connections"),
        new Stop("inbox-connection", "/inbox/connections/payments"),
        new Stop("inbox-connection-lacking", "/inbox/connections/" + InboxScene.LACKING),
        new Stop("inbox-connection-fed", "/inbox/connections/" + InboxScene.QUEUE),
        new Stop("inbox-destinations", "/inbox/destinations"),
        new Stop("inbox-destination", "/inbox/destinations/" + InboxScene.DESTINATION),
        new Stop("inbox-delivery", "/inbox/deliveries/" + hub.first("/deliveries")),
        new Stop("inbox-figures", "/inbox/figures"));
  }

  static List<Stop> sync(DemoHub hub) {
    String plan = "/sync/runs/" + hub.run(RunState.PLANNED);
    String partial = "/sync/runs/" + hub.run(RunState.PARTIAL);
    return List.of(
        new Stop("sync", "/sync"),
        new Stop("sync-flows", "/sync/flows"),
        new Stop("sync-runs", "/sync/runs"),
        new Stop("sync-mappings", "/sync/mappings"),
        new Stop("sync-new-mapping", "/sync/new-mapping"),
        new Stop("sync-workspace", "/sync/workspace"),
        new Stop("sync-client", "/sync/clients/aurora"),
        new Stop("sync-client-failing", "/sync/clients/cumbre"),
        new Stop("sync-client-outstanding", "/sync/clients/delta/outstanding"),
        new Stop("sync-client-edit", "/sync/clients/faro/edit"),
        new Stop("sync-client-new", "/sync/new-client"),
        new Stop("sync-client-new-kong", "/sync/new-client?source=siesa&product=kong"),
        new Stop("sync-client-new-wms", "/sync/new-client?source=siesa&product=wms"),
        new Stop("sync-client-revision", "/sync/clients/aurora/revisions/1"),
        new Stop("sync-import", "/sync/import"),
        new Stop("sync-plan", plan),
        new Stop("sync-run", partial),
        new Stop("sync-run-records", partial + "/records?outcome=rejected"),
        new Stop("sync-run-record", partial + "/records/1"),
        new Stop("sync-run-exchanges", partial + "/exchanges"),
        new Stop("sync-run-exchange", partial + "/exchanges/" + hub.exchange(RunState.PARTIAL)),
        new Stop("sync-studio", "/sync/mappings/siesa-kong?client=aurora"));
  }

  static List<Stop> supplier(DemoHub hub) {
    List<Stop> stops = new ArrayList<>(shared(hub, hub.upload("nordic-home-spring.csv")));
    stops.add(new Stop("rule-new", "/rules/new"));
    return stops;
  }

  private static List<Stop> shared(DemoHub hub, String upload) {
    String root = "/uploads/" + upload;
    String row = hub.items("/uploads/" + upload + "/errors").path(0).path("number").toString();
    String product = hub.first("/products?vendor=" + DemoHub.VENDOR);
    return List.of(
        new Stop("home", "/"),
        new Stop("uploads", "/uploads"),
        new Stop("upload", root),
        new Stop("rows", root + "/rows"),
        new Stop("row", root + "/rows/" + row),
        new Stop("warnings", root + "/warnings"),
        new Stop("mapping", root + "/mapping"),
        new Stop("products", "/products"),
        new Stop("product", "/products/" + product),
        new Stop("mappings", "/mappings"),
        new Stop("rules", "/rules"),
        new Stop("account", "/account"));
  }

  private static String sku(DemoHub hub) {
    return hub.items("/products?vendor=" + DemoHub.VENDOR).path(0).path("sku").stringValue();
  }
}
