package dev.entrepot.bench.springbatch;

import dev.entrepot.onboarding.catalogue.Slugs;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.CheckedRow;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RowChecker;
import dev.entrepot.onboarding.rules.RuleCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.file.transform.FieldSet;
import tools.jackson.databind.json.JsonMapper;

/// Entrepot's rules as an item processor. The keys and slugs of the file are kept in memory: quick,
/// though a restarted job would have lost them.
final class ProductProcessor implements ItemProcessor<FieldSet, Checked> {
  static final List<String> COLUMNS =
      List.of(
          "vendor_product_id",
          "product_name",
          "category",
          "subcategory",
          "description",
          "sku",
          "brand",
          "price",
          "compare_at_price",
          "stock_quantity",
          "weight_kg",
          "image_url");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RowChecker checker;
  private final List<Field> fields =
      COLUMNS.stream().map(column -> Field.ofColumn(column).orElseThrow()).toList();
  private final Set<String> skus = new HashSet<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<String> slugs = new HashSet<>();
  private long record;

  ProductProcessor(RowChecker checker) {
    this.checker = checker;
  }

  @Override
  public Checked process(FieldSet row) {
    record++;
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (int i = 0; i < fields.size(); i++) {
      values.put(fields.get(i), row.readString(i));
    }
    CheckedRow checked = checker.check(MappedRow.of(values, Map.of()));
    List<Problem> problems = new ArrayList<>(checked.problems());
    duplicate(skus, Field.SKU, RuleCode.DUPLICATE_SKU, checked, problems);
    duplicate(
        ids, Field.VENDOR_PRODUCT_ID, RuleCode.DUPLICATE_VENDOR_PRODUCT_ID, checked, problems);
    return problems.isEmpty() ? good(checked) : bad(row, checked, problems);
  }

  private static void duplicate(
      Set<String> seen, Field field, RuleCode code, CheckedRow row, List<Problem> problems) {
    String key = row.row().value(field);
    if (key != null && !seen.add(key)) {
      problems.add(
          new Problem(code.name(), field, field.column() + " is twice in the file", key, null));
    }
  }

  private Checked good(CheckedRow checked) {
    MappedRow row = checked.row();
    String name = required(row, Field.PRODUCT_NAME);
    String sku = required(row, Field.SKU);
    return new Checked.Good(
        record,
        required(row, Field.VENDOR_PRODUCT_ID),
        sku,
        name,
        slug(name, sku),
        Objects.requireNonNull(checked.categoryCode()),
        row.value(Field.SUBCATEGORY),
        row.value(Field.DESCRIPTION),
        row.value(Field.BRAND),
        Objects.requireNonNull(checked.price()),
        checked.compareAtPrice(),
        checked.stock(),
        checked.weightKg(),
        row.value(Field.IMAGE_URL));
  }

  private Checked bad(FieldSet cells, CheckedRow checked, List<Problem> problems) {
    Problem first = problems.getFirst();
    List<Map<String, @Nullable String>> entries = new ArrayList<>();
    for (Problem problem : problems) {
      Map<String, @Nullable String> entry = new java.util.LinkedHashMap<>();
      entry.put("code", problem.code());
      entry.put("field", problem.field() == null ? null : problem.field().column());
      entry.put("message", problem.message());
      entry.put("value", problem.value());
      entry.put("suggestion", problem.suggestion());
      entries.add(entry);
    }
    return new Checked.Bad(
        record,
        checked.row().value(Field.VENDOR_PRODUCT_ID),
        checked.row().value(Field.SKU),
        first.code(),
        first.message(),
        JSON.writeValueAsString(entries),
        List.of(cells.getValues()));
  }

  private String slug(String name, String sku) {
    String base = Slugs.slug(name);
    if (slugs.add(base)) {
      return base;
    }
    String withSku = base + "-" + Slugs.slug(sku);
    String slug = withSku;
    for (int attempt = 2; !slugs.add(slug); attempt++) {
      slug = withSku + "-" + attempt;
    }
    return slug;
  }

  private static String required(MappedRow row, Field field) {
    return Objects.requireNonNull(row.value(field), field::column);
  }
}
