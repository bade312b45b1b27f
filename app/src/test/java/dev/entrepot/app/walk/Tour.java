package dev.entrepot.app.walk;

import java.util.ArrayList;
import java.util.List;

/// The pages a role can open.
final class Tour {
  /// A page.
  ///
  /// @param name for its screenshots
  record Stop(String name, String path) {}

  private Tour() {}

  static List<Stop> administrator(DemoHub hub) {
    List<Stop> stops = new ArrayList<>(operator(hub));
    stops.add(new Stop("users", "/users"));
    stops.add(new Stop("user-new", "/users/new"));
    stops.add(new Stop("user", "/users/" + hub.first("/users")));
    stops.add(new Stop("keys", "/keys"));
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
    return stops;
  }

  static List<Stop> viewer(DemoHub hub) {
    List<Stop> stops = new ArrayList<>(shared(hub, hub.upload("nordic-home-spring.csv")));
    stops.add(new Stop("vendors", "/vendors"));
    stops.add(new Stop("vendor", "/vendors/" + DemoHub.VENDOR));
    stops.add(new Stop("categories", "/categories"));
    stops.add(new Stop("rates", "/rates"));
    stops.add(new Stop("rules", "/rules"));
    stops.add(new Stop("trace", "/trace?key=" + sku(hub)));
    stops.add(new Stop("audit", "/audit"));
    stops.add(new Stop("activity", "/activity"));
    stops.add(new Stop("notices", "/notices"));
    stops.add(new Stop("notice", "/notices/" + hub.first("/notices")));
    stops.add(new Stop("health", "/health"));
    stops.add(new Stop("inbox", "/inbox"));
    stops.add(new Stop("inbox-replays", "/inbox/replays"));
    stops.add(new Stop("inbox-entities", "/inbox/entities"));
    stops.add(new Stop("inbox-alerts", "/inbox/alerts"));
    stops.add(new Stop("inbox-alert-rules", "/inbox/alert-rules"));
    stops.add(new Stop("inbox-privacy", "/inbox/privacy"));
    return stops;
  }

  static List<Stop> supplier(DemoHub hub) {
    return shared(hub, hub.upload("nordic-home-spring.csv"));
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
        new Stop("account", "/account"));
  }

  private static String sku(DemoHub hub) {
    return hub.items("/products?vendor=" + DemoHub.VENDOR).path(0).path("sku").stringValue();
  }
}
