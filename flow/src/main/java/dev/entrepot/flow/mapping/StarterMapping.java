package dev.entrepot.flow.mapping;

import dev.entrepot.spi.record.FieldSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A mapping to begin with, made of the names that both sides give their fields.
///
/// @param name that it is usually kept under
/// @param source the kind of source it reads
/// @param tree as it is written
public record StarterMapping(
    String name, String source, String productType, Map<String, @Nullable Object> tree) {
  /// The kind of source that names leave out.
  private static final String USUAL_SOURCE = "siesa";

  private static final String BARCODE = "ean13";

  /// A field of the product and the words that fields for it are called by, those that tell more
  /// first.
  private record Meaning(CanonicalField field, List<List<String>> names) {}

  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(
              CanonicalField.EXTERNAL_ID,
              List.of(
                  List.of("externo"),
                  List.of("external"),
                  List.of("extern"),
                  List.of("vendor", "product", "id"))),
          new Meaning(CanonicalField.RFID_TAG_ID, List.of(List.of("rfid"), List.of("tag"))),
          new Meaning(
              CanonicalField.EAN, List.of(List.of("ean"), List.of("barcode"), List.of("barras"))),
          new Meaning(CanonicalField.SKU, List.of(List.of("sku"))),
          new Meaning(
              CanonicalField.STOCK_QUANTITY,
              List.of(
                  List.of("cantidad"),
                  List.of("quantity"),
                  List.of("stock"),
                  List.of("existencia"))),
          new Meaning(
              CanonicalField.WAREHOUSE_LOCATION,
              List.of(List.of("ubicacion"), List.of("location"))),
          new Meaning(CanonicalField.CATEGORY, List.of(List.of("categoria"), List.of("category"))),
          new Meaning(CanonicalField.NAME, List.of(List.of("nombre"), List.of("name"))),
          new Meaning(
              CanonicalField.ID,
              List.of(List.of("codigo"), List.of("product", "id"), List.of("item", "id"))));

  public StarterMapping {
    tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
  }

  /// One that fits both sides.
  public static StarterMapping of(KnownFields known, String source, String productType) {
    String from = source.equals(USUAL_SOURCE) ? "" : source + "-";
    return new StarterMapping(
        from + productType + "-standard", source, productType, tree(known, productType));
  }

  private static Map<String, @Nullable Object> tree(KnownFields known, String productType) {
    Map<CanonicalField, FieldSpec> from = found(known.source());
    Map<CanonicalField, FieldSpec> to = found(known.destination());
    Map<String, Object> product = new LinkedHashMap<>();
    for (CanonicalField field : CanonicalField.values()) {
      FieldSpec source = from.get(field);
      FieldSpec target = to.get(field);
      if (source != null) {
        product.put(field.word(), rule(field, source, target));
      }
    }
    rest(known, from, to, product);
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("version", "1.0");
    tree.put("product_type", productType);
    tree.put("mappings", Map.of("product", product));
    return tree;
  }

  private static Map<String, Object> rule(
      CanonicalField field, FieldSpec source, @Nullable FieldSpec target) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("from", source.name());
    if (target != null) {
      rule.put("to", target.name());
    }
    if (field == CanonicalField.STOCK_QUANTITY) {
      rule.put("type", "decimal");
    }
    if (field.required()) {
      rule.put("required", true);
    }
    if (field == CanonicalField.EAN) {
      rule.put("validation", BARCODE);
    }
    if (field == CanonicalField.WAREHOUSE_LOCATION) {
      rule.put("transform", List.of("location"));
    }
    return rule;
  }

  /// Fields of the destination that are none of the product's own, where the source has one of a
  /// similar name.
  private static void rest(
      KnownFields known,
      Map<CanonicalField, FieldSpec> from,
      Map<CanonicalField, FieldSpec> to,
      Map<String, Object> product) {
    for (FieldSpec target : known.destination()) {
      if (to.containsValue(target)) {
        continue;
      }
      String stem = stem(target);
      known.source().stream()
          .filter(source -> !from.containsValue(source))
          .filter(source -> stem(source).startsWith(stem.substring(0, Math.min(3, stem.length()))))
          .findFirst()
          .ifPresent(source ->
              product.put(
                  CanonicalField.CUSTOM + target.name(),
                  Map.of("from", source.name(), "to", target.name())));
    }
  }

  /// The first word of a name that says something: `zona` of `f_zona`.
  private static String stem(FieldSpec field) {
    return words(field).stream().filter(word -> word.length() > 2).findFirst().orElse(field.name());
  }

  private static Map<CanonicalField, FieldSpec> found(List<FieldSpec> fields) {
    Map<CanonicalField, FieldSpec> found = new LinkedHashMap<>();
    for (Meaning meaning : MEANINGS) {
      meaning.names().stream()
          .flatMap(name -> called(fields, name, found).stream())
          .findFirst()
          .ifPresent(field -> found.put(meaning.field(), field));
    }
    // Where a thing has no other id, its SKU is that.
    if (!found.containsKey(CanonicalField.ID)) {
      FieldSpec sku = found.remove(CanonicalField.SKU);
      if (sku != null) {
        found.put(CanonicalField.ID, sku);
      }
    }
    return found;
  }

  private static Optional<FieldSpec> called(
      List<FieldSpec> fields, List<String> name, Map<CanonicalField, FieldSpec> taken) {
    return fields.stream()
        .filter(field -> !taken.containsValue(field))
        .filter(field -> words(field).containsAll(name))
        .findFirst();
  }

  private static List<String> words(FieldSpec field) {
    return Arrays.asList(field.name().toLowerCase(Locale.ROOT).split("[_.-]", -1));
  }
}
