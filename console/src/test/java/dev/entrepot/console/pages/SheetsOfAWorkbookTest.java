package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
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
    return sent(
        "spring.xlsx",
        workbook -> {
          sheet(workbook, "Cover", List.of(List.of("Price list"), List.of("of spring")));
          sheet(
              workbook,
              "Prices & stock",
              List.of(
                  List.of("vendor_product_id", "Q1", "Q2", "sku", "price", "stock_quantity"),
                  List.of("P-1", "Kettle", "kitchen", "S-1", "9.50", "3")));
        });
  }

  private static Upload sent(String name, Consumer<Workbook> sheets)
      throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      sheets.accept(workbook);
    }
    Uploads uploads = CONSOLE.onboarding().uploads();
    Upload upload =
        uploads
            .submit(
                dev.entrepot.model.Actor.system("test"),
                new Uploads.Submission(
                    "ACME", name, Upload.Source.API, Uploads.Limits.OPERATOR, null),
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

  private static void season(Workbook workbook, String name) {
    sheet(
        workbook,
        name,
        List.of(
            List.of(
                "vendor_product_id", "product_name", "category", "sku", "price", "stock_quantity"),
            List.of(name + "-1", "Kettle", "kitchen", name + "-K", "9.50", "3"),
            List.of(name + "-2", "Pan", "kitchen", name + "-P", "19.50", "3")));
  }

  /// The editor's form with every column as the field of its name.
  private static String[] asItStands() {
    List<String> pairs =
        new ArrayList<>(
            List.of("name", "Season", "decimal", "POINT", "unknown", "IGNORE", "deed", "run"));
    List<String> columns =
        List.of("vendor_product_id", "product_name", "category", "sku", "price", "stock_quantity");
    for (int i = 0; i < columns.size(); i++) {
      pairs.addAll(
          List.of("f" + i + ".field", columns.get(i), "f" + i + ".source0", columns.get(i)));
    }
    return pairs.toArray(String[]::new);
  }

  private static String name(String sku) {
    return CONSOLE.onboarding().catalogue().findBySku(sku).orElseThrow().name();
  }

  @Test
  void theSheetThatIsChosenIsReadThoughAnEarlierOneServesToo() throws Exception {
    Upload first =
        sent(
            "seasons.xlsx",
            workbook -> {
              season(workbook, "Spring");
              season(workbook, "Autumn");
              season(workbook, "Winter");
            });
    assertThat(first.books().written()).isEqualTo(2);
    assertThat(name("Spring-K")).isEqualTo("Kettle");

    Visit admin = Visit.of(CONSOLE, "admin@example.com");
    String editor = "/uploads/" + first.id() + "/mapping?sheet=2";
    assertThat(admin.open(editor).text()).contains("It is for the sheet", "Autumn");
    String page = admin.post(editor, asItStands()).header("Location");
    Uploads uploads = CONSOLE.onboarding().uploads();
    UUID chosen = UUID.fromString(page.replaceAll(".*/uploads/([0-9a-f-]{36}).*", "$1"));
    assertThat(uploads.await(chosen, TestConsole.PATIENCE).books().written()).isEqualTo(2);
    assertThat(name("Autumn-P")).isEqualTo("Pan");

    JsonNode again =
        CONSOLE
            .program(Role.OPERATOR, null)
            .post("/api/v1/uploads/" + first.id() + "/rerun", "{\"sheet\": 3}")
            .json();
    UUID winter = UUID.fromString(again.path("id").stringValue());
    assertThat(uploads.await(winter, TestConsole.PATIENCE).books().written()).isEqualTo(2);
    var kept = uploads.rerun(dev.entrepot.model.Actor.system("test"), winter, null).upload();
    assertThat(uploads.await(kept.id(), TestConsole.PATIENCE).books().unchanged()).isEqualTo(2);
    assertThat(name("Winter-K")).isEqualTo("Kettle");
  }
}
