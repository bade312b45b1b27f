package dev.entrepot.flow.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.clients.ClientConfig.Side;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.flow.mapping.KnownFields;
import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.flow.mapping.MappingDocument;
import dev.entrepot.flow.mapping.MappingReader;
import dev.entrepot.spi.record.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Mappings and the connectors that there are.
class ConnectorsTest {
  private static final String MAPPING =
      """
      {"version": "1.0", "product_type": "%s", "mappings": {"product": {
        "id": {"siesa_field": "f_codigo", "product_field": "%s", "type": "string",
               "required": true},
        "external_id": {"siesa_field": "f_codigo_externo", "product_field": "%s",
               "type": "string", "required": true},
        "name": {"siesa_field": "f_nombre", "product_field": "%s", "type": "string",
               "required": true},
        "ean": {"siesa_field": "f_ean", "product_field": "%s", "type": "string",
               "required": false, "validation": "^[0-9]{13}$"},
        "stock_quantity": {"siesa_field": "f_cantidad", "product_field": "%s", "type": "decimal",
               "required": true},
        %s}},
       "transformations": {"date_format": {"from": "YYYY-MM-DD", "to": "ISO8601"},
         "location_format": {"from": "A-01-05", "to": "A0105"}}}
      """;
  private static final Fields PRODUCT =
      new Fields(
          Map.of(
              "f_codigo", "P-1",
              "f_codigo_externo", "EXT-1",
              "f_nombre", "Cafe",
              "f_ean", "7702001042470",
              "f_cantidad", "12,50",
              "f_tag_rfid", "E2000017",
              "f_ubicacion", "A-01-05",
              "f_zona", "Z1"));

  private final FlowSystems systems = FlowSystems.onClassPath();

  @Test
  void areFound() {
    assertThat(systems.productTypes()).contains("kong", "wms");
    assertThat(systems.sourceKinds()).contains("siesa");
  }

  @Test
  void kongGetsProductsAndTags() {
    MappedRecord mapped =
        map(
            "kong",
            MAPPING.formatted(
                "kong",
                "product_id",
                "external_reference",
                "name",
                "barcode",
                "quantity",
                """
                "rfid_tag": {"siesa_field": "f_tag_rfid", "product_field": "rfid_tag_id",
                  "type": "string", "required": false}
                """));

    assertThat(mapped.item().values())
        .containsEntry("rfid_tag_id", "E2000017")
        .containsEntry("quantity", new BigDecimal("12.5"));
  }

  @Test
  void theWmsGetsItemsAndLocations() {
    MappedRecord mapped =
        map(
            "wms",
            MAPPING.formatted(
                "wms",
                "item_id",
                "external_item_code",
                "item_name",
                "ean_code",
                "available_quantity",
                """
                "warehouse_location": {"siesa_field": "f_ubicacion",
                  "product_field": "location_code", "type": "string", "required": false},
                "custom:zone": {"siesa_field": "f_zona", "product_field": "zone_id",
                  "type": "string", "required": false}
                """));

    assertThat(mapped.item().values())
        .containsEntry("location_code", "A0105")
        .containsEntry("zone_id", "Z1");
  }

  private MappedRecord map(String product, String text) {
    var problems = new ConfigProblems();
    MappingDocument document = MappingReader.read(ConfigTree.read(text, problems), problems);
    KnownFields known =
        systems.fields(new Side("siesa", "", "", Map.of()), new Side(product, "", "", Map.of()));
    List<ConfigProblem> found = CompiledMapping.check(document, known);
    assertThat(problems.all()).isEmpty();
    assertThat(found).isEmpty();
    MappedRecord mapped = CompiledMapping.of(document, known).map(PRODUCT);
    assertThat(mapped.problems()).isEmpty();
    return mapped;
  }
}
