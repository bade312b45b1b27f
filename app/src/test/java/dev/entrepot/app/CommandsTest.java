package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.app.serve.Program;
import dev.entrepot.app.serve.StartException;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Commands against the real program, found through its data folder.
class CommandsTest {
  private static final String HEADER =
      "vendor_product_id,product_name,category,sku,price,stock_quantity\n";

  @TempDir private static Path data;
  @TempDir private static Path files;
  private static Program program;

  @BeforeAll
  static void start() throws IOException {
    program =
        Program.start(
            new SettingsReader(Map.of()).read(data, Map.of(Setting.PORT, "0")), Clock.systemUTC());
    program.announce();
    Path categories = files.resolve("categories.csv");
    Files.writeString(categories, "code,name,parent\nkitchen,Kitchen,\nknives,Knives,kitchen\n");
    assertThat(ok("category", "import", categories.toString()).out()).contains("2 added");
    assertThat(ok("category", "import", categories.toString()).out()).contains("2 unchanged");
  }

  @AfterAll
  static void stop() {
    program.close();
    assertThat(data.resolve("server.json")).doesNotExist();
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(data, arguments);
  }

  private static CommandRun ok(String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended;
  }

  private static String vendor(String code) {
    ok("vendor", "add", code, "Vendor " + code, "--known-key", "update");
    return code;
  }

  private static Path csv(String name, String rows) throws IOException {
    return Files.writeString(files.resolve(name), HEADER + rows);
  }

  @Test
  void anUploadWithMistakesEndsWithThreeAndAFileToMend() throws IOException {
    String vendor = vendor("MIXED");
    Path file =
        csv(
            "mixed.csv",
            "1,Pan,kitchen,MX-1,10.50,3\n2,Pot,kitchen,MX-2,cheap,3\n3,Knife,nives,MX-3,9.99,1\n");
    Path toMend = files.resolve("to-mend.csv");
    CommandRun ended =
        run("upload", file.toString(), "--vendor", vendor, "--errors-to", toMend.toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out())
        .contains("mixed.csv: partial")
        .contains("3 received = 1 written + 0 unchanged + 2 rejected + 0 skipped + 0 pending")
        .contains("1 INVALID_PRICE")
        .contains("1 INVALID_CATEGORY");
    assertThat(Files.readString(toMend)).contains("Row Number").contains("cheap").contains("nives");

    Path mended = files.resolve("mended.csv");
    Files.writeString(
        mended, Files.readString(toMend).replace("cheap", "12.00").replace("nives", "knives"));
    assertThat(ok("upload", mended.toString(), "--vendor", vendor).out())
        .contains("2 received = 2 written");
    assertThat(ok("trace", "MX-2").out()).contains("rejected").contains("INVALID_PRICE");
  }

  @Test
  void ofSeveralFilesTheOthersAreSentWhenOneIsRefused() throws IOException {
    String vendor = vendor("SEVERAL");
    String first = csv("first.csv", "1,Pan,kitchen,SV-1,10.50,3\n").toString();
    String empty = Files.writeString(files.resolve("empty.csv"), "").toString();
    String last = csv("last.csv", "2,Pot,kitchen,SV-2,10.50,3\n").toString();
    CommandRun some = run("upload", first, empty, last, "--vendor", vendor, "-o", "json");
    assertThat(some.code()).isEqualTo(4);
    assertThat(some.err())
        .contains("empty.csv\" was not uploaded: the file \"empty.csv\" is empty");
    assertThat(some.json().path("items"))
        .extracting(upload -> upload.path("file_name").stringValue())
        .containsExactly("first.csv", "last.csv");
    assertThat(some.json().at("/refused/0/file_name").stringValue()).isEqualTo("empty.csv");
    assertThat(run("upload", first, empty, last, "--vendor", vendor).out())
        .contains("3 files: 2 completed; 1 refused")
        .contains("  2 received = 2 written + 0 unchanged");

    CommandRun none = run("upload", first, last, "--vendor", "NOBODY");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err())
        .contains("not done: " + first + ", " + last + "; send them again")
        .contains("there is no vendor \"NOBODY\"");
  }

  @Test
  void jsonIsOneDocumentAndTheSameBytesAreTheSameUpload() throws IOException {
    String vendor = vendor("TWICE");
    Path file = csv("twice.csv", "1,Pan,kitchen,TW-1,10.50,3\n");
    JsonNode first = ok("upload", file.toString(), "--vendor", vendor, "-o", "json").json();
    assertThat(first.path("state").stringValue()).isEqualTo("completed");
    JsonNode second = ok("upload", file.toString(), "--vendor", vendor, "-o", "json").json();
    assertThat(second.path("id")).isEqualTo(first.path("id"));
    assertThat(second.path("already_known").booleanValue()).isTrue();
    String id = first.path("id").stringValue();
    assertThat(ok("uploads", "show", id).out()).contains("twice.csv: completed");
    assertThat(ok("uploads", "wait", id, "-o", "json").json().path("id").stringValue())
        .isEqualTo(id);
    assertThat(ok("uploads", "list", "--vendor", vendor, "-o", "json").json().path("items"))
        .hasSize(1);
    assertThat(ok("uploads", "list", "--vendor", vendor).out()).contains("twice.csv", "completed");
    assertThat(ok("uploads", "errors", id, "--to", files.resolve("none.xlsx").toString()).err())
        .contains("no open rejected rows");
  }

  @Test
  void aMappingOfOnesOwnIsUsed() throws IOException {
    String vendor = vendor("MAPPED");
    Path file = files.resolve("mapped.csv");
    Files.writeString(file, "a;b;c;d;e;f\n1;Pfanne;kitchen;MP-1;10,50;3\n");
    Path mapping = files.resolve("mapping.json");
    Files.writeString(mapping, mapping());
    CommandRun ended =
        run("upload", file.toString(), "--vendor", vendor, "--mapping", mapping.toString());
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ok("export", "--vendor", vendor, "--format", "jsonl").out())
        .contains("\"MP-1\"")
        .contains("10.5");
  }

  private static String mapping() {
    List<String> fields =
        List.of("vendor_product_id", "product_name", "category", "sku", "price", "stock_quantity");
    StringBuilder json =
        new StringBuilder("{\"name\": \"letters\", \"decimal\": \"comma\", \"fields\": [");
    for (int i = 0; i < fields.size(); i++) {
      json.append(i == 0 ? "" : ", ")
          .append(
              "{\"field\": \"%s\", \"sources\": [\"%s\"]}"
                  .formatted(fields.get(i), (char) ('a' + i)));
    }
    return json.append("]}").toString();
  }

  @Test
  void aSuspendedVendorIsRefusedWithTheReason() throws IOException {
    String vendor = vendor("RESTING");
    ok("vendor", "suspend", vendor);
    assertThat(ok("vendor", "show", vendor).out()).contains("suspended");
    Path file = csv("resting.csv", "1,Pan,kitchen,RS-1,10.50,3\n");
    CommandRun refused = run("upload", file.toString(), "--vendor", vendor);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("RESTING").contains("suspended").doesNotContain("Exception");
    ok("vendor", "activate", vendor);
    ok("upload", file.toString(), "--vendor", vendor);
  }

  @Test
  void rowsThatWaitAreApprovedOrDeclined() throws IOException {
    ok("vendor", "add", "ASKING", "Asks first", "--approval", "required");
    Path file = csv("asking.csv", "1,Pan,kitchen,AS-1,10.50,3\n2,Pot,kitchen,AS-2,11.50,3\n");
    JsonNode upload = ok("upload", file.toString(), "--vendor", "ASKING", "-o", "json").json();
    assertThat(upload.path("books").path("pending").intValue()).isEqualTo(2);
    String id = upload.path("id").stringValue();
    // Rows are called by what a spreadsheet shows: the header is row 1.
    CommandRun none = run("uploads", "approve", id, "--rows", "1");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("row 1 of upload " + id).contains("rows 2, 3 do");
    assertThat(ok("uploads", "approve", id, "--rows", "2").out()).contains("approved 1");
    assertThat(ok("export", "--vendor", "ASKING").out()).contains("Pan").doesNotContain("Pot");
    assertThat(ok("uploads", "decline", id, "--reason", "not our range").out())
        .contains("declined 1");
    assertThat(ok("uploads", "show", id).out())
        .contains("2 received = 1 written")
        .contains("0 pending");
  }

  @Test
  void anApprovalThatLeavesOlderRowsWaitingIsNoFailure() throws IOException {
    ok("vendor", "add", "LATE", "Late", "--approval", "required", "--known-key", "update");
    String first = sent("first.csv", "1,Pan,kitchen,LA-1,10.50,3\n2,Pot,kitchen,LA-2,1.50,3\n");
    String second = sent("second.csv", "1,Pan,kitchen,LA-1,12.50,3\n");
    ok("uploads", "approve", second);
    CommandRun approved = ok("uploads", "approve", first);
    assertThat(approved.out()).contains("approved 1").contains("older 1");
    assertThat(approved.err())
        .contains("1 row waits still")
        .contains("entrepot uploads approve " + first + " --even-older");
  }

  private String sent(String name, String rows) throws IOException {
    return ok("upload", csv(name, rows).toString(), "--vendor", "LATE", "-o", "json")
        .json()
        .path("id")
        .stringValue();
  }

  @Test
  void theCatalogueIsExportedInEveryForm() throws IOException {
    String vendor = vendor("EXPORTED");
    ok("upload", csv("exported.csv", "1,Wok,kitchen,EX-1,10.50,3\n").toString(), "-v", vendor);
    assertThat(ok("export", "--vendor", vendor).out()).contains("EX-1").contains("Wok");
    Path workbook = files.resolve("all.xlsx");
    assertThat(ok("export", "--to", workbook.toString()).err()).contains("bytes written");
    assertThat(Files.readAllBytes(workbook)).startsWith('P', 'K');
    assertThat(run("export", "--to", files.resolve("x.pdf").toString()).code()).isEqualTo(2);
    Path nowhere = files.resolve("nonexistent").resolve("x.csv");
    assertThat(run("export", "--to", nowhere.toString()).err())
        .contains(nowhere + " cannot be written: there is no folder " + nowhere.getParent())
        .doesNotContain(".part");
  }

  @Test
  void aListOfAnUnknownVendorIsAMistake() {
    assertThat(run("uploads", "list", "--vendor", "NOPE").code()).isEqualTo(1);
    CommandRun export = run("export", "--vendor", "NOPE");
    assertThat(export.code()).isEqualTo(1);
    assertThat(export.out()).isEmpty();
    assertThat(export.err()).contains("NOPE");
  }

  @Test
  void theBooksAreAudited() {
    CommandRun audit = ok("audit");
    assertThat(audit.out()).contains("the books balance").contains("ok ");
    assertThat(ok("audit", "-o", "json").json().path("findings")).isEmpty();
    CommandRun unknown = run("trace", "no-such-key");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("nothing is known of \"no-such-key\"");
  }

  @Test
  void accountsAreMadeWithAPasswordFromStandardInput() {
    Map<String, String> environment = Map.of("ENTREPOT_DATA", data.toString());
    CommandRun added =
        CommandRun.of(
            environment,
            "correct horse battery\n",
            "user",
            "add",
            "anna@example.com",
            "--role",
            "operator");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(CommandRun.of(environment, "short\n", "user", "password", "anna@example.com").err())
        .contains("shorter than");
    ok("user", "disable", "anna@example.com");
    assertThat(ok("user", "list", "-o", "json").json().path("items").get(0).path("active"))
        .hasToString("false");
    assertThat(run("user", "enable", "nobody@example.com").err()).contains("there is no user");
  }

  @Test
  void anApiKeyOpensTheServerFromElsewhereUntilItIsRevoked() {
    JsonNode key = ok("apikey", "add", "elsewhere", "--role", "viewer", "-o", "json").json();
    Map<String, String> elsewhere = new HashMap<>();
    elsewhere.put("ENTREPOT_DATA", files.resolve("nothing-here").toString());
    elsewhere.put("ENTREPOT_URL", program.address().toString());
    elsewhere.put("ENTREPOT_API_KEY", key.path("key").stringValue());
    assertThat(CommandRun.of(elsewhere, "", "vendor", "list").code()).isZero();
    assertThat(CommandRun.of(elsewhere, "", "vendor", "add", "NOPE", "No").code()).isEqualTo(5);
    ok("apikey", "revoke", key.path("id").stringValue());
    CommandRun refused = CommandRun.of(elsewhere, "", "vendor", "list");
    assertThat(refused.code()).isEqualTo(5);
    assertThat(refused.err()).contains("revoked");
  }

  @Test
  void ratesAreSetAndRemoved() {
    assertThat(ok("rate", "set", "eur", "usd", "1.0842").out()).contains("1 EUR = 1.0842 USD");
    assertThat(ok("rate", "list").out()).contains("1.0842");
    ok("rate", "remove", "EUR", "USD");
  }

  @Test
  void nobodyIsThere() {
    CommandRun ended =
        CommandRun.of(
            Map.of("ENTREPOT_URL", "http://127.0.0.1:1", "ENTREPOT_API_KEY", "ek_x"),
            "",
            "vendor",
            "list");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("http://127.0.0.1:1").contains("entrepot doctor");
  }

  @Test
  void neverTwoProgramsOnOneFolder() {
    assertThatThrownBy(() ->
            Program.start(
                new SettingsReader(Map.of()).read(data, Map.of(Setting.PORT, "0")),
                Clock.systemUTC()))
        .isInstanceOfSatisfying(
            StartException.class,
            e -> assertThat(e.reason()).isEqualTo(StartException.Reason.IN_USE))
        .hasMessageContaining(data.toString());
  }

  @Test
  void theDoctorFindsTheRunningServer() {
    assertThat(ok("doctor").out()).contains("runs at " + program.address());
    assertThat(ok("doctor", "-o", "json").json().path("healthy").booleanValue()).isTrue();
  }
}
