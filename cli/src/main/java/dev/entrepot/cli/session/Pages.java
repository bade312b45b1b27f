package dev.entrepot.cli.session;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Collects a list that the server hands out in pages.
public final class Pages {
  private static final int LARGEST_PAGE = 200;

  private Pages() {}

  /// The first items of a list.
  ///
  /// @param limit how many at most
  /// @return `{"items": […], "next": cursor or null}`
  public static ObjectNode collect(Api api, Query query, int limit) {
    ObjectNode list = Api.object();
    ArrayNode items = list.putArray("items");
    JsonNode page;
    do {
      page = api.get(query.with("limit", Math.min(limit - items.size(), LARGEST_PAGE)));
      page.path("items").forEach(items::add);
      query.with("cursor", Values.text(page, "next"));
    } while (items.size() < limit && !Values.text(page, "next").isEmpty());
    String next = Values.text(page, "next");
    list.put("next", next.isEmpty() ? null : next);
    return list;
  }
}
