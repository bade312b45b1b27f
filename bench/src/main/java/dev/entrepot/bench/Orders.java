package dev.entrepot.bench;

import java.time.Instant;
import java.util.SplittableRandom;

/// Made-up orders as Shopify's webhooks tell them, each in as many states as wanted: every later
/// one has a later `updated_at`, the last member, and is otherwise the same.
///
/// @param count how many different ones; the number of keys
/// @param bytes about how large each is
public record Orders(int count, int bytes) {
  private static final Instant FIRST = Instant.parse("2026-11-20T00:00:00Z");
  private static final long FIRST_ID = 4_500_000_000L;
  private static final int SHOPS = 20;
  private static final String END = "\"}";

  public String id(int order) {
    return Long.toString(FIRST_ID + order);
  }

  /// The shop it belongs to.
  public String shop(int order) {
    return "shop-" + order % SHOPS + ".example";
  }

  /// The body in one of its states, from 0.
  public String body(int order, int state) {
    return beginning(order) + updatedAt(state) + END;
  }

  /// What all states of an order begin with; its time and [#end] follow.
  public String beginning(int order) {
    SplittableRandom random = new SplittableRandom(order);
    StringBuilder body = new StringBuilder(bytes + 400);
    body.append("{\"id\":")
        .append(id(order))
        .append(",\"admin_graphql_api_id\":\"gid://shopify/Order/")
        .append(id(order))
        .append("\",\"created_at\":\"2026-11-19T09:12:31-05:00\",\"name\":\"#")
        .append(1_000 + order)
        .append("\",\"email\":\"buyer")
        .append(random.nextInt(100_000))
        .append("@example.com\",\"currency\":\"USD\",\"financial_status\":\"paid\",")
        .append("\"total_price\":\"")
        .append(random.nextInt(1, 900))
        .append(".95\",\"line_items\":[");
    String separator = "";
    while (body.length() < bytes) {
      body.append(separator);
      item(body, random);
      separator = ",";
    }
    return body.append("],\"updated_at\":\"").toString();
  }

  private static void item(StringBuilder body, SplittableRandom random) {
    body.append("{\"id\":")
        .append(random.nextLong(1L << 40))
        .append(",\"sku\":\"SKU-")
        .append(Integer.toHexString(random.nextInt()))
        .append("\",\"title\":\"Mug no. ")
        .append(random.nextInt(10_000))
        .append("\",\"quantity\":")
        .append(random.nextInt(1, 5))
        .append(",\"price\":\"")
        .append(random.nextInt(1, 99))
        .append(".50\",\"grams\":")
        .append(random.nextInt(900))
        .append(",\"taxable\":true,\"requires_shipping\":true,\"properties\":[]}");
  }

  /// The time of a state, a second after the one before, always of the same length.
  public static String updatedAt(int state) {
    return FIRST.plusSeconds(state).toString();
  }

  public static String end() {
    return END;
  }
}
