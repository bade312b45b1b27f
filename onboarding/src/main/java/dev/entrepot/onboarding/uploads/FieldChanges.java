package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.mapping.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a file would change of a product it brings again. Fields the mapping does not fill stay as
/// they are; those it does are cleared where a cell is blank.
final class FieldChanges {
  private final RunPlan plan;
  private final List<FieldChange> changes = new ArrayList<>();

  private FieldChanges(RunPlan plan) {
    this.plan = plan;
  }

  static List<FieldChange> between(Product known, Candidate next, RunPlan plan) {
    FieldChanges found = new FieldChanges(plan);
    found.text(Field.VENDOR_PRODUCT_ID, known.vendorProductId(), next.vendorProductId());
    found.text(Field.PRODUCT_NAME, known.name(), next.name());
    found.text(Field.CATEGORY, known.category(), next.category());
    found.text(Field.SUBCATEGORY, known.subcategory(), next.subcategory());
    found.text(Field.DESCRIPTION, known.description(), next.description());
    found.text(Field.SKU, known.sku(), next.sku());
    found.text(Field.BRAND, known.brand(), next.brand());
    found.number(Field.PRICE, known.price(), next.price());
    found.number(Field.COMPARE_AT_PRICE, known.compareAtPrice(), next.compareAtPrice());
    found.text(
        Field.STOCK_QUANTITY,
        Integer.toString(known.stockQuantity()),
        Integer.toString(next.stockQuantity()));
    found.text(
        Field.UNIT, known.unit(), Objects.requireNonNullElse(next.unit(), Candidate.DEFAULT_UNIT));
    found.number(Field.WEIGHT_KG, known.weightKg(), next.weightKg());
    found.text(Field.DIMENSIONS_CM, known.dimensionsCm(), next.dimensionsCm());
    found.text(Field.IMAGE_URL, known.imageUrl(), next.imageUrl());
    found.custom(known.custom(), next.custom());
    return found.changes;
  }

  private void text(Field field, @Nullable String from, @Nullable String to) {
    if (plan.mapped().contains(field) && !Objects.equals(from, to)) {
      changes.add(new FieldChange(field.column(), from, to));
    }
  }

  private void number(Field field, @Nullable BigDecimal from, @Nullable BigDecimal to) {
    if (plan.mapped().contains(field) && !same(from, to)) {
      changes.add(new FieldChange(field.column(), plain(from), plain(to)));
    }
  }

  private static boolean same(@Nullable BigDecimal from, @Nullable BigDecimal to) {
    if (from == null || to == null) {
      return from == null && to == null;
    }
    return from.compareTo(to) == 0;
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  private void custom(Map<String, String> from, Map<String, String> to) {
    Map<String, String> next = new HashMap<>(to);
    Set<String> names = new TreeSet<>(next.keySet());
    from.keySet().stream().filter(plan.provided()::contains).forEach(names::add);
    for (String name : names) {
      String before = from.get(name);
      String after = next.get(name);
      if (!Objects.equals(before, after)) {
        changes.add(new FieldChange(name, before, after));
      }
    }
  }
}
