package dev.entrepot.bench.inbox;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Made-up orders of about 4 KB, signed as Shopify signs, for `deliver.lua`.
///
/// @param orders how many different ones: the number of keys
/// @param bytes about how large each is
record Deliveries(int orders, int bytes, String secret) {
  private static final int SHOPS = 20;
  private static final String UPDATED = "2026-11-21T04:05:06-05:00";

  /// One line for each: signature, shop, body, with tabs between.
  void write(Path file) throws IOException {
    Random random = new Random(20_261_121);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < orders; i++) {
        String body = order(4_500_000_000L + i, random);
        out.write(signature(body) + "\t" + shop(i) + "\t" + body + "\n");
      }
    }
  }

  /// Orders that are signed when they are sent, as of that moment.
  List<String> bodies() {
    Random random = new Random(20_261_121);
    return IntStream.range(0, orders).mapToObj(i -> order(4_500_000_000L + i, random)).toList();
  }

  static String shop(int order) {
    return "shop-" + order % SHOPS + ".example";
  }

  static String asOf(Instant time, String body) {
    return body.replace(UPDATED, time.toString());
  }

  private String order(long id, Random random) {
    StringBuilder order = new StringBuilder(bytes + 400);
    order
        .append("{\"id\":")
        .append(id)
        .append(",\"admin_graphql_api_id\":\"gid://shopify/Order/")
        .append(id)
        .append("\",\"created_at\":\"2026-11-20T09:12:31-05:00\",")
        .append("\"updated_at\":\"")
        .append(UPDATED)
        .append("\",\"name\":\"#")
        .append(id % 1_000_000)
        .append("\",\"email\":\"buyer")
        .append(random.nextInt(100_000))
        .append("@example.com\",\"currency\":\"USD\",\"financial_status\":\"paid\",")
        .append("\"total_price\":\"")
        .append(random.nextInt(1, 900))
        .append(".95\",\"line_items\":[");
    String separator = "";
    while (order.length() < bytes) {
      order
          .append(separator)
          .append("{\"id\":")
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
      separator = ",";
    }
    return order.append("]}").toString();
  }

  String signature(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available in this Java", e);
    }
  }
}
