package dev.entrepot.flow.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.mapping.MappingCoverage.Absent;
import dev.entrepot.spi.record.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingCoverageTest {
  private static final List<Fields> RECORDS =
      List.of(KongFields.product(), KongFields.product("f_codigo", "P-2", "f_grado_alcohol", "12"));

  private static MappingCoverage coverage(String text, List<Fields> records) {
    return MappingCoverage.of(KongFields.compile(text), KongFields.KNOWN, records);
  }

  private static String mapping(String name, String more) {
    return """
    product_type: kong
    mappings:
      product:
        id: {from: f_codigo, to: product_id}
        external_id: {from: f_codigo_externo, to: external_reference}
        name: {from: %s, to: name}
        stock_quantity: {from: f_cantidad, to: quantity, type: decimal}
    %s
    """
        .formatted(name, more);
  }

  @Test
  void aFieldThatNoRecordHasIsToldWithTheOneThatIsProbablyMeant() {
    MappingCoverage typo = coverage(mapping("f_nombrex", ""), RECORDS);
    assertThat(typo.absent()).containsExactly(new Absent("f_nombrex", "f_nombre"));
    assertThat(typo.rejected()).isEqualTo(2);
    assertThat(typo.mostlyRejected()).isTrue();
    assertThat(coverage(mapping("zzzz", ""), RECORDS).absent())
        .containsExactly(new Absent("zzzz", null));
  }

  @Test
  void aFieldThatIsKnownOrThatSomeRecordHasIsNotMissed() {
    String more = "    ean: {from: f_ean, to: barcode}\n    custom:grade: {from: f_grado_alcohol}";
    MappingCoverage well = coverage(mapping("f_nombre", more), RECORDS);
    assertThat(well.absent()).isEmpty();
    assertThat(well.mostlyRejected()).isFalse();
  }

  @Test
  void nothingIsMissedInNoRecordAtAll() {
    MappingCoverage nothing = coverage(mapping("f_nombrex", ""), List.of());
    assertThat(nothing.absent()).isEmpty();
    assertThat(nothing.mostlyRejected()).isFalse();
  }
}
