package dev.entrepot.console.api;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.JsonNode;

/// A product file that grows row by row, and its way through the API.
final class ProductFile {
  static final String HEADER =
      "vendor_product_id,product_name,category,subcategory,description,sku,brand,price,"
          + "compare_at_price,stock_quantity,unit,weight_kg,dimensions_cm,image_url";

  private final StringBuilder text = new StringBuilder(HEADER).append("\r\n");

  ProductFile row(String key, String price) {
    text.append("%s,Product %s,kitchen,,,%s,,%s,,5,,,,\r\n".formatted(key, key, key, price));
    return this;
  }

  String text() {
    return text.toString();
  }

  /// Sends it as the raw body.
  Reply send(TestClient client, String vendor) {
    return client.send(
        "POST",
        "/api/v1/uploads?vendor=" + vendor + "&file_name=products.csv",
        BodyPublishers.ofString(text()),
        "text/csv");
  }

  /// Sends it and waits for the verdict.
  JsonNode verdict(TestClient client, String vendor) {
    Reply reply = send(client, vendor);
    if (reply.status() != 202) {
      throw new IllegalStateException("not received: " + reply.text());
    }
    return finished(client, reply.json().path("id").stringValue());
  }

  /// The upload once it is finished.
  static JsonNode finished(TestClient client, String id) {
    long until = System.nanoTime() + TestConsole.PATIENCE.toNanos();
    while (System.nanoTime() - until < 0) {
      // The events end with the upload.
      Reply events = client.get("/api/v1/uploads/" + id + "/events");
      if (events.text().contains("event: done")) {
        return client.get("/api/v1/uploads/" + id).json();
      }
    }
    throw new IllegalStateException(
        "upload " + id + " is not finished after " + TestConsole.PATIENCE);
  }
}
