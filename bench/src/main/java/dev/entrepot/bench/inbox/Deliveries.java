package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Orders;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Deliveries of orders, signed as Shopify signs, for `deliver.lua`.
///
/// @param states how many of each order
record Deliveries(Orders orders, int states, String secret) {
  private static final String ALGORITHM = "HmacSHA256";

  /// First a line for each state: its time. Then one for each order, with tabs between: shop, what
  /// its body begins with, what it ends with, and the signatures of its states, 44 characters each.
  void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(states + "\n");
      for (int state = 0; state < states; state++) {
        out.write(Orders.updatedAt(state) + "\n");
      }
      for (int order = 0; order < orders.count(); order++) {
        out.write(orders.shop(order));
        out.write('\t');
        String beginning = orders.beginning(order);
        out.write(beginning);
        out.write('\t');
        out.write(Orders.end());
        out.write('\t');
        sign(beginning, out);
        out.write('\n');
      }
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available in this Java", e);
    }
  }

  /// What all states begin with is digested once.
  private void sign(String beginning, BufferedWriter out)
      throws IOException, GeneralSecurityException, CloneNotSupportedException {
    Mac begun = begun();
    begun.update(beginning.getBytes(StandardCharsets.UTF_8));
    for (int state = 0; state < states; state++) {
      Mac mac = (Mac) begun.clone();
      String rest = Orders.updatedAt(state) + Orders.end();
      out.write(
          Base64.getEncoder().encodeToString(mac.doFinal(rest.getBytes(StandardCharsets.UTF_8))));
    }
  }

  /// Of a body that is made as it is sent.
  String signature(String body) {
    try {
      Mac mac = begun();
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available in this Java", e);
    }
  }

  private Mac begun() throws GeneralSecurityException {
    Mac mac = Mac.getInstance(ALGORITHM);
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    return mac;
  }
}
