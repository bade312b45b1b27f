package dev.entrepot.bench.inbox;

import dev.entrepot.spi.event.Body;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Bodies like those of orders: JSON with few names and many different values.
final class OrderBody {

  private OrderBody() {}

  /// The same for the same id.
  ///
  /// @param size of the body in bytes; it is filled up with line items
  static Body of(long id, int size) {
    SplittableRandom random = new SplittableRandom(id);
    StringBuilder json = new StringBuilder(size + 512);
    json.append("{\"id\":")
        .append(random.nextLong(1L << 43))
        .append(",\"email\":\"customer")
        .append(random.nextInt(1_000_000))
        .append("@example.com\",\"created_at\":\"2026-05-01T10:00:00-04:00\",\"currency\":\"EUR\"")
        .append(",\"total_price\":\"")
        .append(random.nextInt(100_000))
        .append(".00\",\"line_items\":[");
    while (json.length() < size) {
      json.append("{\"id\":")
          .append(random.nextLong(1L << 43))
          .append(",\"admin_graphql_api_id\":\"gid://shopify/LineItem/")
          .append(random.nextLong(1L << 43))
          .append("\",\"sku\":\"")
          .append(Long.toString(random.nextLong(1L << 40), 36))
          .append("\",\"quantity\":")
          .append(random.nextInt(9) + 1)
          .append(",\"price\":\"")
          .append(random.nextInt(10_000))
          .append(".95\",\"requires_shipping\":true,\"taxable\":true,\"title\":\"Product ")
          .append(Long.toString(random.nextLong(1L << 30), 36))
          .append("\",\"fulfillment_status\":null,\"gift_card\":false},");
    }
    return Body.of(Arrays.copyOf(json.toString().getBytes(StandardCharsets.US_ASCII), size));
  }
}
