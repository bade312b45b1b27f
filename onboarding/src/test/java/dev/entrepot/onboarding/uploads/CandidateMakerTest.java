package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.CheckedRow;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateMakerTest {
  private static CheckedRow row(String name, String sku) {
    Map<Field, String> values =
        Map.of(Field.VENDOR_PRODUCT_ID, sku, Field.PRODUCT_NAME, name, Field.SKU, sku);
    MappedRow row = MappedRow.of(values, Map.of());
    return new CheckedRow(row, BigDecimal.ONE, null, null, 1, "toys", List.of(), List.of());
  }

  @Test
  @SuppressWarnings("NullAway") // it does not see that a plan's conversion may be null
  void aRepeatedChunkKeepsItsSlugsButForThoseThatWereTaken(@TempDir Path folder) {
    try (Database database = TestDatabase.fresh();
        World world = new World(database, folder, "n").with(VendorDraft.of("ACME", "Acme"));
        CatalogueKeys keys = new CatalogueKeys(folder, SeenKeys.BYTES_IN_MEMORY)) {
      database.write(connection -> {
        keys.read(connection, "ACME", null);
        return keys;
      });
      Vendor vendor = world.vendors.find("ACME").orElseThrow();
      RunPlan plan =
          new RunPlan(new UUID(0, 1), vendor, Set.of(), Set.of(), "USD", null, null, "test");
      CandidateMaker maker = new CandidateMaker(plan, keys);
      maker.forgetSlugs();
      assertThat(maker.make(row("Red car", "S-1"), null, KnownProducts.NONE).slug())
          .isEqualTo("red-car");
      assertThat(maker.make(row("Blue bus", "S-2"), null, KnownProducts.NONE).slug())
          .isEqualTo("blue-bus");
      assertThat(maker.givenSlugs()).containsExactlyInAnyOrder("red-car", "blue-bus");
      KnownProducts now = new KnownProducts(Map.of(), Map.of(), Set.of("blue-bus"));
      assertThat(maker.make(row("Red car", "S-1"), null, now).slug()).isEqualTo("red-car");
      assertThat(maker.make(row("Blue bus", "S-2"), null, now).slug()).isEqualTo("blue-bus-s-2");
    }
  }
}
