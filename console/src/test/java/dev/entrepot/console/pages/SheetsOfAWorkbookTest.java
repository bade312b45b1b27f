package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The mapping of a workbook whose products lie behind a cover.
class SheetsOfAWorkbookTest {
  private static final TestConsole CONSOLE = new TestConsole();

  @BeforeAll
  static void furnish() {
    CONSOLE.vendor("ACME");
    CONSOLE.category("kitchen");
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static void sheet(Workbook workbook, String name, List<List<String>> rows) {
    Worksheet sheet = workbook.newWorksheet(name);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        sheet.value(row, column, rows.get(row).get(column));
      }
    }
  }

  private static Upload sent() throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      sheet(workbook, "Cover", List.of(List.of("Price list"), List.of("of spring")));
      sheet(
          workbook,
          "Prices & stock",
          List.of(
              List.of("vendor_product_id", "Q1", "Q2", "sku", "price", "stock_quantity"),
              List.of("P-1", "Kettle", "kitchen", "S-1", "9.50", "3")));
    }
    Uploads uploads = CONSOLE.onboarding().uploads();
    Upload upload =
        uploads
            .submit(
                dev.entrepot.model.Actor.system("test"),
                new Uploads.Submission(
                    "ACME", "spring.xlsx", Upload.Source.API, Uploads.Limits.OPERATOR, null),
                new ByteArrayInputStream(bytes.toByteArray()))
            .upload();
    return uploads.await(upload.id(), TestConsole.PATIENCE);
  }

  @Test
  void theEditorMapsTheSheetThatComesNearestAndSaysWhich() throws Exception {
    Upload upload = sent();
    String page = "/uploads/" + upload.id() + "/mapping";
    Visit admin = Visit.of(CONSOLE, "admin@example.com");
    assertThat(admin.open(page).text())
        .contains("It is for the sheet", "Prices &amp; stock", ">Q1<")
        .contains("href=\"" + page + "?sheet=1\"");
    assertThat(admin.open(page + "?sheet=1").text()).contains("Price list").doesNotContain(">Q1<");
    assertThat(admin.open(page + "?sheet=7").text()).contains("has no sheet 7 with content");
    JsonNode sample =
        CONSOLE
            .program(Role.OPERATOR, null)
            .get("/api/v1/uploads/" + upload.id() + "/sample")
            .json();
    assertThat(sample.at("/sheet/name").stringValue()).isEqualTo("Prices & stock");
    assertThat(sample.path("sheets")).hasSize(2);
  }
}
