package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workbooks in which some numbers are number cells and some are texts with decimal commas.
class WorkbookNumbersTest {
  private static final int PRICE = 7;
  private static final int WEIGHT = 11;

  @TempDir Path data;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world = new World(database, data, "node-1").with(VendorDraft.of("ACME", "Acme")).started();
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private static byte[] workbook(Object[]... pricesAndWeights) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Products");
      String[] header = World.HEADER.strip().split(",", -1);
      for (int column = 0; column < header.length; column++) {
        sheet.value(0, column, header[column]);
      }
      for (int row = 1; row <= pricesAndWeights.length; row++) {
        sheet.value(row, 0, "A-" + row);
        sheet.value(row, 1, "Product " + row);
        sheet.value(row, 2, "Toys");
        sheet.value(row, 5, "SKU-" + row);
        put(sheet, row, PRICE, pricesAndWeights[row - 1][0]);
        sheet.value(row, 9, 5);
        put(sheet, row, WEIGHT, pricesAndWeights[row - 1][1]);
      }
    }
    return bytes.toByteArray();
  }

  private static void put(Worksheet sheet, int row, int column, Object value) {
    if (value instanceof Number number) {
      sheet.value(row, column, number);
    } else {
      sheet.value(row, column, value.toString());
    }
  }

  private Product product(int row) {
    return world.catalogue.findBySku("SKU-" + row).orElseThrow();
  }

  private Upload read(byte[] workbook) {
    return world.await(
        world.submit("ACME", "products.xlsx", workbook, Uploads.Limits.OPERATOR).upload().id());
  }

  @Test
  void eachCellIsReadAsWhatItIs() throws IOException {
    Upload upload =
        read(
            workbook(
                new Object[] {"12,50", 12.345},
                new Object[] {9.9, "0,75"},
                new Object[] {"1.234,50", 1.5},
                new Object[] {1234.5, 2}));
    assertThat(upload.state()).as(upload.toString()).isEqualTo(Upload.State.COMPLETED);
    assertThat(product(1).price()).isEqualByComparingTo("12.50");
    assertThat(product(1).weightKg()).isEqualByComparingTo("12.345");
    assertThat(product(2).price()).isEqualByComparingTo("9.90");
    assertThat(product(2).weightKg()).isEqualByComparingTo("0.75");
    assertThat(product(3).price()).isEqualByComparingTo("1234.50");
    assertThat(product(4).price()).isEqualByComparingTo("1234.50");
  }

  @Test
  void aRejectedRowStandsAsItIsReadAndKeepsItsNumbersWhenItIsMended() throws IOException {
    Upload upload = read(workbook(new Object[] {"12,50", 1.5}, new Object[] {"not known", 12.345}));
    List<String> cells =
        new ArrayList<>(world.uploads.rejectedRow(upload.id(), 2).orElseThrow().cells());
    assertThat(cells.get(WEIGHT)).isEqualTo("12,345");
    cells.set(PRICE, "9,90");
    Upload mended =
        world.await(
            world
                .uploads
                .resubmit(
                    World.ANNA, upload.id(), List.of(new Uploads.MendedRow(2, List.copyOf(cells))))
                .upload()
                .id());
    assertThat(mended.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(product(2).price()).isEqualByComparingTo("9.90");
    assertThat(product(2).weightKg()).isEqualByComparingTo("12.345");
  }

  @Test
  void withoutTextsWithCommasNumberCellsHaveAPoint() throws IOException {
    Upload upload = read(workbook(new Object[] {12.5, 12.345}, new Object[] {9.9, "0.75"}));
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(product(1).weightKg()).isEqualByComparingTo("12.345");
    assertThat(world.uploads.sample(upload.id(), 1, null, null).rows().getFirst().get(PRICE))
        .isEqualTo("12.5");
    assertThat(
            world
                .uploads
                .sample(upload.id(), 1, DecimalStyle.COMMA, null)
                .rows()
                .getFirst()
                .get(PRICE))
        .isEqualTo("12,5");
  }
}
