package dev.entrepot.flow.mapping;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Two systems for tests of mappings, and a mapping between them as it is given.
final class KongFields {
  static final KnownFields KNOWN =
      new KnownFields(
          List.of(
              field("f_codigo", FieldSpec.Type.TEXT, true),
              field("f_codigo_externo", FieldSpec.Type.TEXT, false),
              field("f_nombre", FieldSpec.Type.TEXT, true),
              field("f_ean", FieldSpec.Type.TEXT, false),
              field("f_cantidad", FieldSpec.Type.DECIMAL, false),
              field("f_color", FieldSpec.Type.TEXT, false),
              field("f_tag_rfid", FieldSpec.Type.TEXT, false)),
          List.of(
              field("product_id", FieldSpec.Type.TEXT, true),
              field("external_reference", FieldSpec.Type.TEXT, false),
              field("name", FieldSpec.Type.TEXT, true),
              field("barcode", FieldSpec.Type.TEXT, false),
              field("quantity", FieldSpec.Type.DECIMAL, false),
              field("rfid_tag_id", FieldSpec.Type.TEXT, false)));

  static final String GIVEN =
      """
      {"version": "1.0", "product_type": "kong",
       "mappings": {"product": {
         "id": {"siesa_field": "f_codigo", "product_field": "product_id", "type": "string",
                "required": true},
         "external_id": {"siesa_field": "f_codigo_externo", "product_field": "external_reference",
                "type": "string", "required": true},
         "name": {"siesa_field": "f_nombre", "product_field": "name", "type": "string",
                "required": true},
         "ean": {"siesa_field": "f_ean", "product_field": "barcode", "type": "string",
                "required": false, "validation": "^[0-9]{13}$"},
         "stock_quantity": {"siesa_field": "f_cantidad", "product_field": "quantity",
                "type": "integer", "required": true},
         "rfid_tag": {"siesa_field": "f_tag_rfid", "product_field": "rfid_tag_id",
                "type": "string", "required": false},
         "warehouse_location": {"siesa_field": "f_ubicacion", "type": "string", "required": false},
         "custom:since": {"siesa_field": "f_alta", "type": "date", "required": false}}},
       "transformations": {
         "date_format": {"from": "YYYY-MM-DD", "to": "ISO8601"},
         "location_format": {"from": "A-01-05", "to": "A0105"}}}
      """;

  private KongFields() {}

  static FieldSpec field(String name, FieldSpec.Type type, boolean mandatory) {
    return new FieldSpec(name, type, mandatory, name);
  }

  static CompiledMapping compile(String text) {
    return CompiledMapping.of(read(text, new ConfigProblems()), KNOWN);
  }

  static MappingDocument read(String text, ConfigProblems problems) {
    return MappingReader.read(ConfigTree.read(text, problems), problems);
  }

  /// All problems of a mapping, of reading and of checking it.
  static List<ConfigProblem> problems(String text) {
    var problems = new ConfigProblems();
    MappingDocument document = read(text, problems);
    List<ConfigProblem> all = new ArrayList<>(problems.all());
    all.addAll(CompiledMapping.check(document, KNOWN));
    return all;
  }

  /// A product that the given mapping takes, with other values of some fields.
  static Fields product(@Nullable Object... changes) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("f_codigo", "P-1");
    values.put("f_codigo_externo", "EXT-1");
    values.put("f_nombre", "Cafe 500 g");
    values.put("f_ean", "7702001042470");
    values.put("f_cantidad", 12L);
    for (int at = 0; at < changes.length; at += 2) {
      values.put(String.valueOf(changes[at]), changes[at + 1]);
    }
    return new Fields(values);
  }
}
