package dev.entrepot.flow.mapping;

import dev.entrepot.flow.config.ConfigPart;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads mappings: the given JSON form (`siesa_field`, `product_field`) and ours (`from`, `to`,
/// `default`, `expr`, `transform`, `rules`) are one model with two names for two of its fields.
/// Whether what is written can be used is [MappingCheck]'s.
public final class MappingReader {
  private static final Set<String> TOP =
      Set.of("version", "product_type", "mappings", "transformations", "rules", "description");
  private static final List<String> FIELD =
      List.of(
          "from",
          "siesa_field",
          "to",
          "product_field",
          "type",
          "required",
          "validation",
          "default",
          "expr",
          "transform",
          "description");

  private MappingReader() {}

  /// All names that a mapping may have.
  public static Set<String> names() {
    return TOP;
  }

  /// All names that a field of a mapping may have.
  public static List<String> fieldNames() {
    return FIELD;
  }

  /// @param problems get all that is wrong; the document is then as far as it could be read
  public static MappingDocument read(ConfigTree tree, ConfigProblems problems) {
    ConfigPart root = tree.root(problems);
    if (!root.isMap()) {
      root.error("there is no mapping", "write version, product_type and mappings");
      return new MappingDocument("", "", List.of(), null, null, List.of());
    }
    root.requireKnown(TOP);
    ConfigPart transformations = root.part("transformations");
    transformations.requireKnown(List.of("date_format", "location_format"));
    return new MappingDocument(
        Optional.ofNullable(root.text("version")).orElse("1"),
        root.required("product_type", "name the kind of destination, such as kong"),
        fields(root.part("mappings")),
        dates(transformations.part("date_format")),
        locations(transformations.part("location_format")),
        checks(root.part("rules")));
  }

  private static List<FieldRule> fields(ConfigPart mappings) {
    if (mappings.absent()) {
      mappings.error("mappings is missing", "write mappings.product with the product's fields");
      return List.of();
    }
    mappings.requireKnown(List.of("product"));
    Map<String, FieldRule> fields = new LinkedHashMap<>();
    mappings
        .part("product")
        .parts()
        .forEach((name, part) -> {
          String canonical = CanonicalField.spelled(name);
          if (fields.put(canonical, field(canonical, part)) != null) {
            part.error(
                "%s and %s are the same field".formatted(name, canonical), "keep one of them");
          }
        });
    return List.copyOf(fields.values());
  }

  private static FieldRule field(String canonical, ConfigPart part) {
    part.requireKnown(FIELD);
    return new FieldRule(
        canonical,
        either(part, "from", "siesa_field"),
        either(part, "to", "product_field"),
        type(canonical, part.part("type")),
        part.part("required").truth().orElse(false),
        part.text("validation"),
        part.text("default"),
        part.text("expr"),
        transforms(part.part("transform")));
  }

  private static @Nullable String either(ConfigPart part, String ours, String given) {
    String one = part.text(ours);
    String other = part.text(given);
    if (one != null && other != null && !one.equals(other)) {
      part.part(given).error("there are both %s and %s".formatted(ours, given), "keep one of them");
    }
    return one != null ? one : other;
  }

  private static FieldType type(String canonical, ConfigPart part) {
    FieldType usual =
        canonical.equals(CanonicalField.STOCK_QUANTITY.word())
            ? FieldType.DECIMAL
            : FieldType.STRING;
    Optional<String> word = part.text();
    Optional<FieldType> type = word.flatMap(FieldType::of);
    if (word.isPresent() && type.isEmpty()) {
      part.error(
          "there is no type " + part.quoted(), NearestName.remedy(word.get(), FieldType.words()));
    }
    return type.orElse(usual);
  }

  private static List<Transform> transforms(ConfigPart part) {
    List<Transform> transforms = new ArrayList<>();
    for (ConfigPart one : part.elements()) {
      one.text()
          .ifPresent(word ->
              Transform.of(word)
                  .ifPresentOrElse(
                      transforms::add,
                      () ->
                          one.error(
                              "there is no transformation " + one.quoted(),
                              NearestName.remedy(word, Transform.words()))));
    }
    return transforms;
  }

  private static @Nullable DateFormat dates(ConfigPart part) {
    if (part.absent()) {
      return null;
    }
    part.requireKnown(List.of("from", "to"));
    try {
      return new DateFormat(
          Optional.ofNullable(part.text("from")).orElse(DateFormat.ISO),
          Optional.ofNullable(part.text("to")).orElse(DateFormat.ISO));
    } catch (IllegalArgumentException e) {
      part.error(
          String.valueOf(e.getMessage()), "write it like YYYY-MM-DD, DD/MM/YYYY HH:mm or ISO8601");
      return null;
    }
  }

  private static @Nullable LocationFormat locations(ConfigPart part) {
    if (part.absent()) {
      return null;
    }
    part.requireKnown(List.of("from", "to"));
    LocationFormat usual = LocationFormat.STANDARD;
    try {
      return new LocationFormat(
          Optional.ofNullable(part.text("from")).orElse(usual.from()),
          Optional.ofNullable(part.text("to")).orElse(usual.to()));
    } catch (IllegalArgumentException e) {
      part.error(String.valueOf(e.getMessage()), "write an example, such as A-01-05 and A0105");
      return null;
    }
  }

  private static List<CheckRule> checks(ConfigPart rules) {
    List<CheckRule> checks = new ArrayList<>();
    for (ConfigPart rule : rules.elements()) {
      rule.requireKnown(List.of("check", "message"));
      String check =
          rule.required(
              "check", "write what is true when all is well: product.stock_quantity >= 0");
      String message = rule.required("message", "write what people are told when it is not");
      checks.add(new CheckRule(check, message));
    }
    return checks;
  }
}
