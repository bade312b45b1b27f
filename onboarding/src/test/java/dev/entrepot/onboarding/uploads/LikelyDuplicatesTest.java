package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A new row that looks like a product known already is accepted and warned of.
class LikelyDuplicatesTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1")
            .with(VendorDraft.of("ACME", "Acme"))
            .with(VendorDraft.of("OTHER", "Other"))
            .started();
    world.upload("ACME", "first.csv", file("A-1,Red car,SKU-1,Acme", "A-2,Blue car,SKU-2,"));
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private static String file(String... rows) {
    StringBuilder text =
        new StringBuilder(
            "vendor_product_id,product_name,sku,brand,category,price,stock_quantity\n");
    for (String row : rows) {
      text.append(row).append(",Toys,10.00,5\n");
    }
    return text.toString();
  }

  private List<Uploads.Warning> warnings(Upload upload) {
    return world.uploads.warnings(upload.id(), null, 10).items();
  }

  @Test
  void aProductOfTheVendorWithTheSameNameAndBrand() {
    Upload upload =
        world.upload(
            "ACME",
            "second.csv",
            file(
                "A-7,RED CAR,SKU-7,acme", "A-8,Red car,SKU-8,Acme", "A-9,Red car,SKU-9,Toymakers"));
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(upload.warnings()).isEqualTo(2);
    assertThat(warnings(upload))
        .extracting(Uploads.Warning::number, Uploads.Warning::code, Uploads.Warning::message)
        .containsExactly(
            tuple(
                1L,
                "VALUE_TOO_FAR",
                "likely a duplicate of your product \"A-1\" with the sku \"SKU-1\": same name and"
                    + " brand"),
            tuple(2L, "VALUE_TOO_FAR", "likely a duplicate of row 2: same name and brand"));
  }

  @Test
  void notWithoutABrandNorOfAnotherVendor() {
    assertThat(warnings(world.upload("ACME", "second.csv", file("A-7,Blue car,SKU-7,")))).isEmpty();
    assertThat(warnings(world.upload("OTHER", "other.csv", file("B-1,Red car,SKU-8,Acme"))))
        .isEmpty();
  }

  @Test
  void inAFileSoLongThatTheCataloguesKeysAreHeld() {
    String[] rows = new String[20_500];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "L-%1$d,Long %1$d,LONG-%1$d,Acme".formatted(i);
    }
    rows[20_400] = "A-7,Red car,SKU-7,Acme";
    Upload upload = world.upload("ACME", "long.csv", file(rows));
    assertThat(upload.books().written()).isEqualTo(20_500);
    assertThat(warnings(upload))
        .singleElement()
        .satisfies(warning -> assertThat(warning.number()).isEqualTo(20_401));
  }
}
