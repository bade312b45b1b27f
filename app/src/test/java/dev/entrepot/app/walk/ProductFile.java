package dev.entrepot.app.walk;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Product files as a supplier makes them.
final class ProductFile {
  private static final String HEADER =
      "vendor_product_id,product_name,category,sku,price,stock_quantity,description\n";

  private ProductFile() {}

  /// A file of some rows, of which every hundredth has a price with a decimal comma.
  ///
  /// @param name of the file, and the beginning of all its keys
  static FilePayload of(String name, int rows) {
    StringBuilder text = new StringBuilder(HEADER);
    for (int row = 1; row <= rows; row++) {
      String price = String.format(Locale.ROOT, "%d.90", 5 + row % 90);
      text.append(
          "%s-%d,\"Enamel mug, no. %d\",Kitchen,%s-%05d,\"%s\",%d,Made by hand\n"
              .formatted(
                  name,
                  row,
                  row,
                  name.toUpperCase(Locale.ROOT),
                  row,
                  row % 100 == 0 ? price.replace('.', ',') : price,
                  row % 300));
    }
    return payload(name, text.toString());
  }

  /// A file of one row whose texts mean to be run.
  static FilePayload hostile(String name) {
    return payload(
        name,
        HEADER
            + name
            + "-1,\"<img src=x onerror=document.title='owned'>\",Nowhere,"
            + "\"'\"\"><script>document.title='owned'</script>\",javascript:alert(1),-1,"
            + "\"=HYPERLINK(\"\"https://evil.example\"\")\"\n");
  }

  private static FilePayload payload(String name, String text) {
    return new FilePayload(name + ".csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
  }
}
