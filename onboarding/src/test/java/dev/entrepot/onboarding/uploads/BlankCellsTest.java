package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a blank cell means for a product that is updated: it is cleared, as far as the file has a
/// column for it.
class BlankCellsTest {
  private static final String HEADER =
      "vendor_product_id,product_name,category,sku,brand,price,stock_quantity,ean,contact_email,"
          + "contact_phone,Colour,Shade\n";
  private static final String FULL =
      HEADER
          + "A-1,Red car,Toys,SKU-1,Acme,10.00,5,4006381333931,a@example.com,+12015550123,red,dark\n";
  private static final String BLANK = HEADER + "A-1,Red car,Toys,SKU-1,,10.00,5,,,,,dark\n";
  private static final List<FieldChange> CLEARED =
      List.of(
          new FieldChange("brand", "Acme", null),
          new FieldChange("colour", "red", null),
          new FieldChange("contact_email", "a@example.com", null),
          new FieldChange("contact_phone", "+12015550123", null),
          new FieldChange("ean", "4006381333931", null));

  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1")
            .with(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC))
            .started();
    world.upload("ACME", "full.csv", FULL);
    assertThat(product().custom())
        .containsOnlyKeys("ean", "contact_email", "contact_phone", "colour", "shade");
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private Product product() {
    return world.catalogue.findBySku("SKU-1").orElseThrow();
  }

  private ProductChange last() {
    return world.catalogue.history(product().id()).getLast();
  }

  @Test
  void columnsTheFileDoesNotHaveStay() {
    Map<String, String> before = product().custom();
    Upload upload =
        world.upload(
            "ACME", "few.csv", World.HEADER + "A-1,Red car,Toys,,,SKU-1,Acme,11.00,,5,,\n");
    assertThat(upload.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(product().custom()).isEqualTo(before);
  }

  @Test
  void blankCellsClearAndTheHistoryTells() {
    Upload upload = world.upload("ACME", "blank.csv", BLANK);
    assertThat(upload.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(product().custom()).isEqualTo(Map.of("shade", "dark"));
    assertThat(last().changes()).containsExactlyElementsOf(CLEARED);

    Upload again = world.upload("ACME", "again.csv", BLANK.replace("10.00", "10.0"));
    assertThat(again.books()).isEqualTo(new Books(1, 0, 1, 0, 0, 0));
    world.audited();
  }

  @Test
  void blankCellsClearWhenTheyAreApproved() {
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.REQUIRED));
    Upload upload = world.upload("ACME", "blank.csv", BLANK);
    assertThat(upload.books().pending()).isEqualTo(1);
    assertThat(world.approve(upload.id(), null).approved()).isEqualTo(1);
    assertThat(product().custom()).isEqualTo(Map.of("shade", "dark"));
    assertThat(last().changes()).containsExactlyElementsOf(CLEARED);
    world.audited();
  }
}
