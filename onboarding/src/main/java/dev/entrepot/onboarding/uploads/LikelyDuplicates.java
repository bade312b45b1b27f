package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.rules.RuleCode;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// New rows that most likely bring a product of the vendor once more: same name and brand, other
/// keys.
///
/// A name is looked up by the slug made of it, which is unique and so has an index already: asking
/// costs nothing for rows whose name is new, and loading carries no further index. The price is
/// that a product is not found when another one had its name first, and with it the slug.
final class LikelyDuplicates {
  private LikelyDuplicates() {}

  private record Known(
      String slug, String vendorProductId, String sku, String name, String brand) {}

  static List<Judged.RowWarning> find(
      Connection connection, String vendor, List<Judged.Namesake> namesakes) {
    if (namesakes.isEmpty()) {
      return List.of();
    }
    Map<String, Known> known =
        Sql.of(
                """
                select slug, vendor_product_id, sku, name, brand from product
                where slug = any(?) and vendor = ? and brand is not null
                """)
            .with(
                namesakes.stream().map(Judged.Namesake::slug).distinct().toArray(String[]::new),
                vendor)
            .list(
                connection,
                row ->
                    new Known(
                        row.text("slug"),
                        row.text("vendor_product_id"),
                        row.text("sku"),
                        row.text("name"),
                        row.text("brand")))
            .stream()
            .collect(Collectors.toMap(Known::slug, Function.identity()));
    List<Judged.RowWarning> warnings = new ArrayList<>();
    for (Judged.Namesake row : namesakes) {
      Known product = known.get(row.slug());
      if (product != null
          && product.name().equalsIgnoreCase(row.name())
          && product.brand().equalsIgnoreCase(row.brand())) {
        warnings.add(warning(row, product));
      }
    }
    return warnings;
  }

  private static Judged.RowWarning warning(Judged.Namesake row, Known product) {
    return new Judged.RowWarning(
        row.number(),
        row.line(),
        RuleCode.VALUE_TOO_FAR.name(),
        Field.PRODUCT_NAME.column(),
        "likely a duplicate of your product \""
            + product.vendorProductId()
            + "\" with the sku \""
            + product.sku()
            + "\": same name and brand");
  }
}
