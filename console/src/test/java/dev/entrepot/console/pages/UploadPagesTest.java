package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.storage.Sql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of uploads, used without scripts: rows mended, dismissed, mapped, tried by rules.
class UploadPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final String HEADER =
      "vendor_product_id,product_name,category,sku,price,stock_quantity\n";

  @BeforeAll
  static void furnish() {
    CONSOLE.vendor("ACME");
    CONSOLE.category("kitchen");
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("acme@example.com", Role.SUPPLIER, "ACME");
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static Visit admin() {
    return Visit.of(CONSOLE, "admin@example.com");
  }

  private static Visit supplier() {
    return Visit.of(CONSOLE, "acme@example.com");
  }

  private static Upload sent(String vendor, String csv) throws InterruptedException {
    return admin().sent(CONSOLE, vendor, csv);
  }

  @Test
  void mendsRowsCheckedOnTheWay() throws Exception {
    Upload upload = sent("ACME", HEADER + "M1,Mug,kitchen,M1,9.90,3\nM2,Pan,kitchen,M2,cheap,3\n");
    String root = "/uploads/" + upload.id();
    assertThat(supplier().open(root).text()).contains("Mend 1 row", "Invalid price");
    assertThat(supplier().open(root + "/rows").text()).contains("data-column=\"c4\"", "cheap");
    Reply still =
        supplier().postJson(root + "/check", "{\"row\":2,\"values\":{\"c4\":\"1.234,5\"}}");
    assertThat(still.json().at("/problems/0/column").stringValue()).isEqualTo("c4");
    Reply right = supplier().postJson(root + "/check", "{\"row\":2,\"values\":{\"c4\":\"4.50\"}}");
    assertThat(right.json().path("problems")).isEmpty();
    Reply again =
        supplier()
            .postJson(root + "/rows", "{\"rows\":[{\"row\":2,\"values\":{\"c4\":\"4.50\"}}]}");
    assertThat(again.status()).isEqualTo(202);
    UUID id = UUID.fromString(again.json().path("id").stringValue());
    Upload mended = CONSOLE.onboarding().uploads().await(id, TestConsole.PATIENCE);
    assertThat(mended.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(supplier().open(root).text())
        .contains("all of them have been mended, dismissed or sent again")
        .contains("/uploads/" + id);
  }

  @Test
  void leadsToTheUploadInWhichRowsWereSentAgain() throws Exception {
    Upload upload = sent("ACME", HEADER + "R1,Mug,kitchen,R1,cheap,3\n");
    String root = "/uploads/" + upload.id();
    Upload again = sent("ACME", admin().open("/api/v1" + root + "/errors.csv").text());
    assertThat(again.openErrors()).isEqualTo(1);
    assertThat(supplier().open(root).text())
        .contains("rejected again are open in the upload", "Made of this file")
        .containsPattern("<a [^>]*href=\"/uploads/" + again.id() + "\"[^>]*>(?s:.){0,80}Go to ");
  }

  @Test
  void keepsTheTextOfAnUnreadableRowInSightAndCallsItByItsLine() throws Exception {
    Upload upload =
        sent("ACME", HEADER + "\nU1,Mug,kitchen,U1,9.90,3\nU2,\"Pan, six\n\nU3,Pot,kitchen\n");
    String root = "/uploads/" + upload.id();
    assertThat(supplier().open(root + "/rows").text()).contains("aria-label=\"Row 6\"", "U3,Pot");
    Reply checked = supplier().postJson(root + "/check", "{\"row\":3,\"values\":{\"c0\":\"U3\"}}");
    assertThat(checked.json().path("general").toString()).contains("U3,Pot,kitchen");
    Reply done = supplier().post(root + "/dismiss", "rows", "6", "reason", "not sold");
    assertThat(supplier().carrying(done).open(root + "/rows").text())
        .contains("1 row was dismissed.");
  }

  @Test
  void aFileThatFailedAtOnceTookNoTime() throws Exception {
    Upload upload = sent("ACME", "a,b\n1,2\n");
    assertThat(upload.startedAt()).isEqualTo(upload.finishedAt());
    assertThat(admin().open("/uploads/" + upload.id()).text()).doesNotContain("Took");
  }

  @Test
  void dismissesRowsWithAReason() throws Exception {
    Upload upload = sent("ACME", HEADER + "G1,Mug,kitchen,G1,none,3\nG2,Pan,kitchen,G2,none,3\n");
    String root = "/uploads/" + upload.id();
    Reply silent = supplier().post(root + "/dismiss", "rows", "1", "reason", " ");
    assertThat(silent.status()).isEqualTo(422);
    assertThat(silent.text()).contains("filled in", "id=\"rows\" name=\"rows\" value=\"1\"");
    Reply ofType =
        supplier().post(root + "/dismiss", "rows", "", "reason", "", "type", "INVALID_PRICE");
    assertThat(ofType.text())
        .contains("<input type=\"hidden\" name=\"type\" value=\"INVALID_PRICE\">");
    Reply done = supplier().post(root + "/dismiss", "rows", "", "reason", "out of range");
    assertThat(supplier().carrying(done).open(root + "/rows").text())
        .contains("2 rows were dismissed.", "No row is open any more.");
  }

  @Test
  void sumsAllRowsToMendAndLeadsToThem() throws Exception {
    CONSOLE.vendor("SUMS");
    CONSOLE.account("sums@example.com", Role.SUPPLIER, "SUMS");
    sent("SUMS", HEADER + "S0,Mug,kitchen,S0,9.90,3\n");
    for (int i = 1; i <= 9; i++) {
      sent("SUMS", HEADER + "S%1$d,Mug,kitchen,S%1$d,none,3\n".formatted(i));
    }
    Visit sums = Visit.of(CONSOLE, "sums@example.com");
    assertThat(sums.open("/").text())
        .containsPattern("(?s)/uploads\\?mendable=OPEN.{0,200}Rows to mend.{0,200}>9<");
    assertThat(sums.open("/uploads").text()).contains("10 uploads");
    assertThat(sums.open("/uploads?mendable=OPEN").text()).contains("9 uploads");
  }

  @Test
  void showsWhatIsWrongWithAVendorsRowsDayByDay() throws Exception {
    CONSOLE.vendor("TREND");
    assertThat(admin().open("/vendors/TREND").text()).doesNotContain("errors-per-day");
    sent("TREND", HEADER + "E1,Mug,kitchen,E1,none,3\nE2,Mug,kitchen,E2,none,3\nE3,Mug,,E3,1,3\n");
    assertThat(admin().open("/vendors/TREND").text())
        .contains("errors-per-day", "Rejected rows per day by first error")
        .containsPattern("(?s)Invalid price.*Missing required fields");
  }

  @Test
  void tellsOperatorsOfRefusedFilesUntilTheyAreDismissed() {
    UUID id = UUID.fromString("01990000-0000-7000-8000-000000000001");
    CONSOLE
        .database()
        .write(transaction -> {
          Sql.of(
                  """
                  insert into refused_file
                    (id, vendor, file_name, kept_at, code, reason, refused_at)
                  values (?, 'NOBODY', 'spring.csv', '/in/NOBODY/refused/spring.csv', 'NOT_FOUND',
                    'there is no vendor "NOBODY"; check the code', now())
                  """)
              .with(id)
              .updateOne(transaction);
          return id;
        });
    for (String page : List.of("/", "/uploads")) {
      assertThat(admin().open(page).text()).contains("1 file of the watched folder was refused");
      assertThat(supplier().open(page).text()).doesNotContain("watched folder was refused");
    }
    assertThat(supplier().open("/uploads/refused").status()).isEqualTo(403);
    assertThat(admin().open("/uploads/refused").text())
        .contains("spring.csv", "NOBODY", "check the code", "/in/NOBODY/refused/spring.csv");
    Reply done = admin().post("/uploads/refused/" + id + "/dismiss");
    assertThat(admin().carrying(done).open("/uploads/refused").text())
        .contains("spring.csv is off the list", "No refused file");
    assertThat(admin().open("/uploads").text()).doesNotContain("watched folder was refused");
  }

  @Test
  void mapsTheColumnsOfAFileThatFailed() throws Exception {
    Upload failed = sent("ACME", "Nr,Name,Cat,Code,Cost,Left\nR1,Rug,kitchen,R1,12.00,4\n");
    String root = "/uploads/" + failed.id();
    assertThat(admin().open(root + "/mapping").text()).contains("Save and read the file again");
    String[] fields = {
      "name",
      "By hand",
      "decimal",
      "POINT",
      "unknown",
      "IGNORE",
      "f0.field",
      "vendor_product_id",
      "f0.source0",
      "Nr",
      "f1.field",
      "product_name",
      "f1.source0",
      "Name",
      "f2.field",
      "category",
      "f2.source0",
      "Cat",
      "f3.field",
      "sku",
      "f3.source0",
      "Code",
      "f4.field",
      "price",
      "f4.source0",
      "Cost",
      "f5.field",
      "stock_quantity",
      "f5.source0",
      "Left",
      "deed",
      "run"
    };
    Reply preview = admin().post(root + "/mapping/preview", fields);
    assertThat(preview.text()).contains("1 of the first 1 row pass", "12.00");
    Reply run = admin().post(root + "/mapping", fields);
    assertThat(run.status()).as(run.text()).isEqualTo(303);
    UUID id = UUID.fromString(run.header("Location").replace("/uploads/", ""));
    Upload again = CONSOLE.onboarding().uploads().await(id, TestConsole.PATIENCE);
    assertThat(again.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(admin().open("/mappings").text()).contains("By hand");
  }

  @Test
  void triesARuleOnPastRows() throws Exception {
    Upload upload = sent("ACME", HEADER + "T1,Tin,kitchen,T1,1.00,3\nT2,Tub,kitchen,T2,9.00,3\n");
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    Reply wrong = admin().post("/rules/check", "expression", "price >");
    assertThat(wrong.text()).contains("is-bad").doesNotContain("<html");
    Reply trial = admin().post("/rules/try", "expression", "price > 5.0", "rows", "1000");
    assertThat(trial.text()).contains("Rows that fail", "T1", "ACME · file.csv");
    Reply slip = admin().post("/rules/try", "expression", "price > cots * 1.1", "rows", "1000");
    assertThat(slip.text()).contains("No row of the past files has a column cots");
    assertThat(admin().post("/audit").text()).contains("All books balance.");
  }
}
