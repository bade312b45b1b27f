package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workbooks whose products are not on the first sheet.
class CoverPageTest {
  private static final List<String> COVER =
      List.of("Price list of Acme", "Valid from 1 January", "Questions to,sales@acme.example");

  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme")).started();
  }

  @AfterEach
  void close() {
    world.audited();
    world.close();
    database.close();
  }

  private record Sheet(String name, List<String> lines) {}

  private Upload sent(Sheet... sheets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      for (Sheet sheet : sheets) {
        Worksheet worksheet = workbook.newWorksheet(sheet.name);
        for (int row = 0; row < sheet.lines.size(); row++) {
          String[] cells = sheet.lines.get(row).split(",", -1);
          for (int column = 0; column < cells.length; column++) {
            worksheet.value(row, column, cells[column]);
          }
        }
      }
    }
    return world.await(
        world
            .submit("ACME", "list.xlsx", bytes.toByteArray(), Uploads.Limits.SUPPLIER)
            .upload()
            .id());
  }

  private static Sheet products() {
    return new Sheet("Products", World.GOOD.lines().toList());
  }

  @Test
  void theSheetWithTheRequiredColumnsIsRead() throws IOException {
    Upload upload =
        sent(new Sheet("Read me", COVER), new Sheet("Terms", COVER.subList(0, 2)), products());
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(upload.books()).isEqualTo(new Books(3, 3, 0, 0, 0, 0));
    assertThat(world.uploads.sample(upload.id(), 10, null).header()).contains("vendor_product_id");
  }

  @Test
  void aCoverOfOneLineIsNoTable() throws IOException {
    assertThat(sent(new Sheet("Read me", COVER.subList(0, 1)), products()).state())
        .isEqualTo(Upload.State.COMPLETED);
  }

  @Test
  void withoutSuchASheetTheMessageNamesTheOneThatWasRead() throws IOException {
    Upload upload = sent(new Sheet("Read me", COVER), new Sheet("Terms", COVER));
    assertThat(upload.failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("MISSING_COLUMN");
          assertThat(failure.message())
              .contains("are missing")
              .contains("on every other sheet")
              .contains("the sheet \"Read me\" has: Price list of Acme");
        });
  }
}
