package dev.entrepot.onboarding.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingJsonTest {

  @Test
  void writesForPeople() {
    var mapping =
        new Mapping(
            "Price list",
            DecimalStyle.COMMA,
            List.of(
                FieldMapping.direct(Field.SKU, "Artikel"),
                new FieldMapping(
                    Field.PRODUCT_NAME,
                    List.of("Name", "Farbe"),
                    " - ",
                    List.of(Conversion.TRIM),
                    Map.of("ohne", ""),
                    "unnamed",
                    "row.Name + '!'")),
            Map.of("EK", "cost"),
            UnknownColumns.KEEP,
            List.of("Name"),
            "Gruppe",
            List.of("Preis"),
            "heading");

    assertThat(MappingJson.write(mapping))
        .isEqualToIgnoringWhitespace(
            """
            {"name": "Price list", "decimal": "comma",
             "fields": [
               {"field": "sku", "sources": ["Artikel"]},
               {"field": "product_name", "sources": ["Name", "Farbe"], "join": " - ",
                "conversions": ["trim"], "values": {"ohne": ""}, "fallback": "unnamed",
                "expression": "row.Name + '!'"}],
             "custom": {"EK": "cost"}, "unknown": "keep",
             "fill_down": ["Name"], "fill_down_by": "Gruppe",
             "skip_when_blank": ["Preis"], "skip_reason": "heading"}
            """);
    assertThat(MappingJson.read(MappingJson.write(mapping))).isEqualTo(mapping);
  }

  @Test
  void readsTheLeast() {
    assertThat(
            MappingJson.read(
                "{\"name\": \"m\", \"fields\": [{\"field\": \"sku\", \"fallback\": 0}]}"))
        .isEqualTo(
            new Mapping(
                "m",
                DecimalStyle.POINT,
                List.of(
                    new FieldMapping(Field.SKU, List.of(), " ", List.of(), Map.of(), "0", null)),
                Map.of(),
                UnknownColumns.IGNORE,
                List.of(),
                null,
                List.of(),
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | it is not an object: write it in { }",
        "3 | it is not an object: write it in { }",
        "{ | the mapping is not JSON at line 1, column",
        "{\"name\":\"m\",\"fields\":[]} x | the mapping is not JSON at line 1, column",
        "{\"name\":\"m\",\"name\":\"n\",\"fields\":[]} | the mapping is not JSON at line 1, column",
        "{} | name is missing: give it a text",
        "{\"name\":\"m\"} | fields is missing: give it a list",
        "{\"name\":\"m\",\"fields\":{}} | fields is not a list: write it in [ ]",
        "{\"name\":\"m\",\"fields\":[\"sku\"]} | fields[0] is not an object: write it in { }",
        "{\"name\":\"m\",\"fields\":[{}]} | fields[0].field is missing: use one of vendor_product_id, product_name",
        "{\"name\":\"m\",\"fields\":[{\"field\":\"colour\"}]} | fields[0].field is \"colour\": use one of vendor_product_id",
        "{\"name\":\"m\",\"fields\":[{\"field\":\"sku\",\"sorces\":[]}]} | fields[0].sorces is not known: use one of field, sources, join",
        "{\"name\":\"m\",\"fields\":[{\"field\":\"sku\",\"sources\":[[]]}]} | fields[0].sources[0] is not a text",
        "{\"name\":\"m\",\"fields\":[{\"field\":\"sku\",\"conversions\":[\"shout\"]}]} | fields[0].conversions[0] is \"shout\": use one of trim, upper_case",
        "{\"name\":\"m\",\"fields\":[],\"filldown\":[]} | filldown is not known: use one of name, decimal, fields",
        "{\"name\":\"m\",\"fields\":[],\"decimal\":\"dot\"} | decimal is \"dot\": use one of point, comma",
        "{\"name\":\"m\",\"fields\":[],\"custom\":[]} | custom is not an object",
        "{\"name\":\"m\",\"fields\":[],\"custom\":{\"a\":{}}} | custom.a is not a text",
      })
  void saysWhatDoesNotFit(String json, String message) {
    assertThatThrownBy(() -> MappingJson.read(json))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.INVALID))
        .hasMessageContaining(message);
  }

  @Property(tries = 300)
  void roundTrips(@ForAll("mappings") Mapping mapping) {
    assertThat(MappingJson.read(MappingJson.write(mapping))).isEqualTo(mapping);
  }

  @Provide
  Arbitrary<Mapping> mappings() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20);
    Arbitrary<List<String>> texts = text.list().ofMaxSize(3);
    Arbitrary<Map<String, String>> map = Arbitraries.maps(text, text).ofMaxSize(3);
    Arbitrary<String> name = text.filter(value -> !value.isBlank());
    Arbitrary<FieldMapping> field =
        Combinators.combine(
                Arbitraries.of(Field.class),
                texts,
                text,
                Arbitraries.of(Conversion.class).list().ofMaxSize(3),
                map,
                text.injectNull(0.5),
                text.injectNull(0.5))
            .as(FieldMapping::new);
    return Combinators.combine(
            Combinators.combine(name, Arbitraries.of(DecimalStyle.class), field.list().ofMaxSize(4))
                .as(Head::new),
            map,
            Arbitraries.of(UnknownColumns.class),
            texts,
            text.injectNull(0.5),
            texts,
            text.injectNull(0.5))
        .as((head, custom, unknown, fillDown, by, skip, reason) ->
            new Mapping(
                head.name, head.decimal, head.fields, custom, unknown, fillDown, by, skip, reason));
  }

  private record Head(String name, DecimalStyle decimal, List<FieldMapping> fields) {}
}
