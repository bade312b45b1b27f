package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.RateTable;
import dev.entrepot.onboarding.catalogue.Slugs;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.CheckedRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a row that passed into what the catalogue would hold. Not safe for use by many threads: it
/// gives out slugs.
final class CandidateMaker {
  private static final int DECIMALS = 2;

  private final RunPlan plan;
  private final CatalogueKeys keys;
  private final Map<String, String> slugsOfChunk = new HashMap<>();
  private final Map<String, String> takenNames = new HashMap<>();

  CandidateMaker(RunPlan plan, CatalogueKeys keys) {
    this.plan = plan;
    this.keys = keys;
  }

  /// Forgets which slugs were given to rows, before each chunk. A chunk that is repeated keeps its
  /// slugs but for those that are known to be taken by then.
  void forgetSlugs() {
    slugsOfChunk.clear();
    takenNames.clear();
  }

  /// The slug of a row's name, when something else had it before; null: the row has it.
  ///
  /// @param sku of a row that was made of since slugs were forgotten
  @Nullable String takenName(String sku) {
    return takenNames.get(sku);
  }

  /// The slugs given to rows since they were forgotten.
  Collection<String> givenSlugs() {
    return slugsOfChunk.values();
  }

  /// @param target the product it would change; null: a new one
  Candidate make(CheckedRow checked, @Nullable Product target, KnownProducts known) {
    MappedRow row = checked.row();
    BigDecimal price = Objects.requireNonNull(checked.price());
    String sku = required(row, Field.SKU);
    String name = required(row, Field.PRODUCT_NAME);
    return new Candidate(
        required(row, Field.VENDOR_PRODUCT_ID),
        sku,
        name,
        target == null ? slug(name, sku, known) : target.slug(),
        Objects.requireNonNull(checked.categoryCode()),
        row.value(Field.SUBCATEGORY),
        row.value(Field.DESCRIPTION),
        row.value(Field.BRAND),
        converted(price),
        checked.compareAtPrice() == null ? null : converted(checked.compareAtPrice()),
        checked.stock(),
        row.value(Field.UNIT),
        checked.weightKg(),
        row.value(Field.DIMENSIONS_CM),
        row.value(Field.IMAGE_URL),
        custom(row),
        plan.conversion() == null ? null : price,
        plan.conversion() == null ? null : plan.vendor().currency().getCurrencyCode());
  }

  /// The names of the custom fields of a file: its kept columns, and fields of ours that have no
  /// column in the catalogue.
  static Set<String> customFields(Set<Field> mapped, Collection<String> kept) {
    Set<String> names = new HashSet<>(kept);
    for (Field field : List.of(Field.EAN, Field.CONTACT_EMAIL, Field.CONTACT_PHONE)) {
      if (mapped.contains(field)) {
        names.add(field.column());
      }
    }
    return names;
  }

  private static Map<String, String> custom(MappedRow row) {
    String ean = row.value(Field.EAN);
    String email = row.value(Field.CONTACT_EMAIL);
    String phone = row.value(Field.CONTACT_PHONE);
    if (ean == null && email == null && phone == null) {
      return row.custom();
    }
    Map<String, String> all = new HashMap<>(row.custom());
    put(all, Field.EAN, ean);
    put(all, Field.CONTACT_EMAIL, email);
    put(all, Field.CONTACT_PHONE, phone);
    return all;
  }

  private static void put(Map<String, String> all, Field field, @Nullable String value) {
    if (value != null) {
      all.put(field.column(), value);
    }
  }

  private static String required(MappedRow row, Field field) {
    return Objects.requireNonNull(row.value(field), field::column);
  }

  private BigDecimal converted(BigDecimal amount) {
    RateTable.Conversion conversion = plan.conversion();
    BigDecimal inCurrency = conversion == null ? amount : conversion.convert(amount);
    return inCurrency.setScale(DECIMALS, RoundingMode.HALF_UP);
  }

  private String slug(String name, String sku, KnownProducts known) {
    String given = slugsOfChunk.get(sku);
    if (given != null && !known.hasSlug(given)) {
      return given;
    }
    String slug = newSlug(name, sku, known);
    slugsOfChunk.put(sku, slug);
    return slug;
  }

  private String newSlug(String name, String sku, KnownProducts known) {
    String base = Slugs.slug(name);
    if (take(base, known)) {
      return base;
    }
    takenNames.put(sku, base);
    String withSku = base + "-" + Slugs.slug(sku);
    for (int attempt = 1; ; attempt++) {
      String slug = attempt == 1 ? withSku : withSku + "-" + attempt;
      if (take(slug, known)) {
        return slug;
      }
    }
  }

  private boolean take(String slug, KnownProducts known) {
    return !known.hasSlug(slug) && keys.takeSlug(slug);
  }
}
