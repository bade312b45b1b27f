package dev.entrepot.connectors.shopify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// An order for trying a connection.
final class Sample {
  static final String TOPIC = "orders/create";

  private Sample() {}

  static Map<String, String> headers(long number, Instant now) {
    Map<String, String> headers = new HashMap<>();
    headers.put(ShopifySource.TOPIC, TOPIC);
    headers.put(ShopifySource.SHOP, "sample.myshopify.com");
    headers.put(ShopifySource.EVENT_ID, "sample-event-" + number);
    headers.put(ShopifySource.WEBHOOK_ID, "sample-webhook-" + number);
    headers.put(ShopifySource.TRIGGERED_AT, now.toString());
    headers.put("X-Shopify-API-Version", "2026-10");
    headers.put("Content-Type", "application/json");
    return headers;
  }

  static String order(long number, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    return """
    {"id":%d,"name":"#%d","email":"sample@example.com","created_at":"%s","updated_at":"%s",\
    "currency":"EUR","total_price":"19.90","financial_status":"paid","test":true,\
    "customer":{"id":7001,"email":"sample@example.com"},\
    "line_items":[{"id":%d,"sku":"SAMPLE-1","quantity":1,"price":"19.90"}]}\
    """
        .formatted(900_000_000L + number, number, at, at, 910_000_000L + number);
  }
}
