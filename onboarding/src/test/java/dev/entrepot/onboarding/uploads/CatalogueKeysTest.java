package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueKeysTest {
  private static final String ROW = "A-%1$s,Red car,Toys,,,SKU-%1$s,Acme,10.00,,5,,\n";

  @TempDir Path folder;

  private boolean held(Database database, @Nullable Long rows) {
    return database.write(connection -> {
      try (CatalogueKeys keys = new CatalogueKeys(folder, SeenKeys.BYTES_IN_MEMORY)) {
        keys.read(connection, "ACME", rows);
        assertThat(keys.mayKnowSku("SKU-1")).isTrue();
        return keys.held();
      }
    });
  }

  @Test
  void aSmallFileDoesNotReadTheWholeCatalogue() {
    try (Database database = TestDatabase.fresh();
        World world =
            new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme")).started()) {
      world.upload("ACME", "one.csv", World.HEADER + ROW.formatted("1"));

      assertThat(held(database, 2L)).isFalse();
      assertThat(held(database, 1_000_000L)).isTrue();
      assertThat(held(database, null)).isTrue();

      Upload again =
          world.upload("ACME", "two.csv", World.HEADER + ROW.formatted("1") + ROW.formatted("2"));
      assertThat(again.books().written()).isEqualTo(1);
      List<Product> products = new ArrayList<>();
      world.catalogue.forEach(Catalogue.Query.ALL, products::add);
      assertThat(products).extracting(Product::slug).containsExactly("red-car", "red-car-sku-2");
    }
  }
}
