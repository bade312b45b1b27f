package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.contract.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UploadsApiTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final TestClient OPERATOR = CONSOLE.program(Role.OPERATOR, null);

  @BeforeAll
  static void prepare() {
    CONSOLE.vendor("VEND001");
    CONSOLE.category("kitchen");
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  @Test
  void aFileIsReceivedCheckedAndItsRowsExplained() throws Exception {
    ProductFile file = new ProductFile().row("A1", "1.50").row("A2", "cheap").row("A3", "2.00");
    JsonNode upload = file.verdict(OPERATOR, "VEND001");
    assertThat(upload.path("state").stringValue()).isEqualTo("partial");
    assertThat(upload.at("/books/received").intValue()).isEqualTo(3);
    assertThat(upload.at("/books/written").intValue()).isEqualTo(2);
    assertThat(upload.at("/books/balanced").booleanValue()).isTrue();
    String path = "/api/v1/uploads/" + upload.path("id").stringValue();

    JsonNode error = OPERATOR.get(path + "/errors").json().at("/items/0");
    assertThat(error.path("error_type").stringValue()).isEqualTo("INVALID_PRICE");
    assertThat(error.at("/problems/0/field").stringValue()).isEqualTo("price");
    assertThat(error.at("/values/price").stringValue()).isEqualTo("cheap");
    assertThat(OPERATOR.get(path + "/errors?code=INVALID_EAN").json().path("items")).isEmpty();
    assertThat(OPERATOR.get(path + "/errors?state=mended").json().path("items")).isEmpty();

    Reply csv = OPERATOR.get(path + "/errors.csv");
    assertThat(csv.text()).contains("INVALID_PRICE", "A2").doesNotContain("A3");
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"products-errors.csv\"");
    assertThat(OPERATOR.get(path + "/errors.xlsx").response().body()).startsWith('P', 'K');
    String original = OPERATOR.get(path + "/file").text();
    assertThat(original).isEqualTo(file.text());
    assertThat(OPERATOR.get(path + "/sample?rows=2").json().path("rows")).hasSize(2);
    assertThat(OPERATOR.get(path + "/warnings").status()).isEqualTo(200);
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void rowsAreMendedInPlace() {
    ProductFile file = new ProductFile().row("B1", "free").row("B2", "free");
    JsonNode upload = file.verdict(OPERATOR, "VEND001");
    assertThat(upload.path("state").stringValue()).isEqualTo("failed");
    String path = "/api/v1/uploads/" + upload.path("id").stringValue();
    JsonNode row = OPERATOR.get(path + "/errors").json().at("/items/0");
    String cells = row.path("cells").toString();
    String wrong = "{\"number\":%d,\"cells\":%s}".formatted(row.path("number").intValue(), cells);
    String right = wrong.replace("free", "9.90");
    assertThat(OPERATOR.post(path + "/check", wrong).json().path("problems")).isNotEmpty();
    assertThat(OPERATOR.post(path + "/check", right).json().path("problems")).isEmpty();
    Reply mended = OPERATOR.post(path + "/mend", "{\"rows\":[" + right + "]}");
    assertThat(mended.status()).isEqualTo(202);
    JsonNode successor = ProductFile.finished(OPERATOR, mended.json().path("id").stringValue());
    assertThat(successor.path("state").stringValue()).isEqualTo("completed");
    assertThat(successor.path("parent").stringValue()).isEqualTo(upload.path("id").stringValue());
    assertThat(OPERATOR.get(path + "/errors?state=mended").json().path("items")).hasSize(1);
    Reply dismissed =
        OPERATOR.post(path + "/dismiss", "{\"rows\":[2],\"reason\":\"not for sale\"}");
    assertThat(dismissed.json().path("dismissed").intValue()).isEqualTo(1);
    assertThat(OPERATOR.get(path).json().path("open_errors").intValue()).isZero();
  }

  @Test
  void aRowIsNamedAsMessagesNameIt() {
    ProductFile file = new ProductFile().row("L1", "free").row("L2", "free").row("L3", "free");
    JsonNode upload = file.verdict(OPERATOR, "VEND001");
    String path = "/api/v1/uploads/" + upload.path("id").stringValue();
    JsonNode row = OPERATOR.get(path + "/errors").json().at("/items/1");
    assertThat(row.path("line").intValue()).isEqualTo(3);
    String cells = row.path("cells").toString().replace("free", "9.90");
    Reply both = OPERATOR.post(path + "/mend", rows("\"number\":2,\"line\":3", cells));
    assertThat(both.status()).isEqualTo(422);
    assertThat(both.text()).contains("either by its number").contains("or by its line");
    assertThat(OPERATOR.post(path + "/mend", rows("\"line\":null", cells)).status()).isEqualTo(422);
    Reply none = OPERATOR.post(path + "/mend", rows("\"line\":5", cells));
    assertThat(none.text()).contains("row 5 of this upload's file was not rejected");
    assertThat(
            OPERATOR
                .post(path + "/check", "{\"line\":3,\"cells\":%s}".formatted(cells))
                .json()
                .path("problems"))
        .isEmpty();
    Reply mended = OPERATOR.post(path + "/mend", rows("\"line\":3", cells));
    assertThat(mended.status()).as(mended.text()).isEqualTo(202);
    ProductFile.finished(OPERATOR, mended.json().path("id").stringValue());
    Reply again = OPERATOR.post(path + "/mend", rows("\"number\":2", cells));
    assertThat(again.text()).contains("row 3 is mended already");
    Reply dismissed = OPERATOR.post(path + "/dismiss", "{\"lines\":[4],\"reason\":\"old\"}");
    assertThat(dismissed.json().path("dismissed").intValue()).isEqualTo(1);
    assertThat(OPERATOR.get(path + "/errors?state=dismissed").json().at("/items/0/line").intValue())
        .isEqualTo(4);
    assertThat(OPERATOR.post(path + "/dismiss", "{\"reason\":\"old\"}").status()).isEqualTo(422);
  }

  private static String rows(String name, String cells) {
    return "{\"rows\":[{%s,\"cells\":%s}]}".formatted(name, cells);
  }

  @Test
  void theSameBytesAreTheSameUpload() {
    ProductFile file = new ProductFile().row("C1", "1.00");
    JsonNode first = file.verdict(OPERATOR, "VEND001");
    Reply again = file.send(OPERATOR, "VEND001");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("already_known").booleanValue()).isTrue();
    assertThat(again.json().path("id")).isEqualTo(first.path("id"));
  }

  @Test
  void anIdempotencyKeyGoesWithTheBytes() {
    TestClient keyed = OPERATOR.with("Idempotency-Key", UUID.randomUUID().toString());
    ProductFile file = new ProductFile().row("D1", "1.00");
    Reply first = file.send(keyed, "VEND001");
    Reply again = file.send(keyed, "VEND001");
    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    Reply multipart = multipart(keyed, file.text(), "products.csv", "VEND001");
    assertThat(multipart.header("Idempotency-Replayed")).isEqualTo("true");
    int before = OPERATOR.get("/api/v1/uploads?limit=500").json().path("items").size();
    assertThat(new ProductFile().row("D2", "1.00").send(keyed, "VEND001").status()).isEqualTo(422);
    assertThat(OPERATOR.get("/api/v1/uploads?limit=500").json().path("items")).hasSize(before);
  }

  @Test
  void filesComeAsMultipartToo() {
    String text = new ProductFile().row("E1", "1.00").text();
    Reply reply = multipart(OPERATOR, text, "C:\\\\lists\\\\für Köln.csv", "VEND001");
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(reply.json().path("file_name").stringValue()).isEqualTo("für Köln.csv");
    assertThat(reply.json().path("source").stringValue()).isEqualTo("api");
    String path = reply.header("Location");
    assertThat(OPERATOR.get(path + "/file").header("Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"f_r K_ln.csv\"; filename*=UTF-8''f%C3%BCr%20K%C3%B6ln.csv");
  }

  @Test
  void namesWhatIsMissing() {
    Reply vendor =
        OPERATOR.send(
            "POST", "/api/v1/uploads?file_name=a.csv", BodyPublishers.ofString("x"), "text/csv");
    assertThat(vendor.json().at("/errors/0/field").stringValue()).isEqualTo("vendor");
    Reply name =
        OPERATOR.send(
            "POST", "/api/v1/uploads?vendor=VEND001", BodyPublishers.ofString("x"), "text/csv");
    assertThat(name.json().at("/errors/0/field").stringValue()).isEqualTo("file_name");
    assertThat(new ProductFile().send(OPERATOR, "NOBODY").status()).isEqualTo(404);
    Reply source =
        OPERATOR.send(
            "POST",
            "/api/v1/uploads?vendor=VEND001&file_name=a.csv&source=folder",
            BodyPublishers.ofString("x"),
            "text/csv");
    assertThat(source.status()).isEqualTo(422);
    assertThat(OPERATOR.get("/api/v1/uploads?state=lost").status()).isEqualTo(422);
    assertThat(OPERATOR.get("/api/v1/uploads?limit=0").status()).isEqualTo(422);
    assertThat(OPERATOR.get("/api/v1/uploads?cursor=%00").status()).isEqualTo(422);
    assertThat(OPERATOR.get("/api/v1/uploads/1-1-1-1-1").status()).isEqualTo(404);
  }

  @Test
  void aSuppliersFileHasItsLimits() {
    CONSOLE.vendor("LIMITED");
    TestClient supplier = CONSOLE.program(Role.SUPPLIER, "LIMITED");
    byte[] large = new byte[11_000_000];
    Arrays.fill(large, (byte) 'x');
    Reply reply =
        supplier.send(
            "POST",
            "/api/v1/uploads?file_name=large.csv",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
            "text/csv");
    assertThat(reply.status()).as(reply.text()).isEqualTo(413);
    assertThat(supplier.get("/api/v1/uploads").json().path("items")).isEmpty();
    String vendor = OPERATOR.get("/api/v1/vendors/LIMITED").text();
    assertThat(
            OPERATOR
                .put("/api/v1/vendors/LIMITED", vendor.replace("\"active\"", "\"suspended\""))
                .status())
        .isEqualTo(200);
    Reply suspended =
        supplier.send(
            "POST",
            "/api/v1/uploads?file_name=small.csv",
            BodyPublishers.ofString(new ProductFile().row("X", "1").text()),
            "text/csv");
    assertThat(suspended.status()).isEqualTo(403);
    assertThat(suspended.json().path("detail").stringValue()).contains("suspended");
  }

  @Test
  void progressIsToldAsEvents() {
    ProductFile file = new ProductFile();
    for (int i = 0; i < 3_000; i++) {
      file.row("F" + i, "1.00");
    }
    Reply received = file.send(OPERATOR, "VEND001");
    Reply events = OPERATOR.get(received.header("Location") + "/events");
    assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
    List<String> data = events.text().lines().filter(line -> line.startsWith("data: ")).toList();
    for (String line : data) {
      CONSOLE
          .description()
          .require(CONSOLE.description().component("UploadProgress"), line.substring(6), "event");
    }
    assertThat(events.text()).contains("event: done");
    assertThat(data.getLast()).contains("\"received\":3000", "\"state\":\"completed\"");
  }

  @Test
  void aFileIsReadOnceMore() {
    JsonNode upload = new ProductFile().row("G1", "1.00").verdict(OPERATOR, "VEND001");
    String path = "/api/v1/uploads/" + upload.path("id").stringValue();
    Reply rerun = OPERATOR.post(path + "/rerun", "{}");
    assertThat(rerun.status()).as(rerun.text()).isEqualTo(202);
    JsonNode repeated = ProductFile.finished(OPERATOR, rerun.json().path("id").stringValue());
    assertThat(repeated.path("source").stringValue()).isEqualTo("rerun");
    JsonNode mapping = OPERATOR.get(path + "/sample").json().at("/suggestion/mapping");
    Reply mapped = OPERATOR.post(path + "/rerun", "{\"mapping\":" + mapping + "}");
    assertThat(mapped.status()).as(mapped.text()).isEqualTo(202);
    Reply wrong = OPERATOR.post(path + "/rerun", "{\"mapping\":{\"nome\":\"x\"}}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text()).contains("nome");
  }

  @Test
  void aFinishedUploadIsNotCancelled() {
    JsonNode upload = new ProductFile().row("K1", "1.00").verdict(OPERATOR, "VEND001");
    String path = "/api/v1/uploads/" + upload.path("id").stringValue();
    Reply cancelled = OPERATOR.post(path + "/cancel", "");
    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(409);
    assertThat(cancelled.text()).contains("is finished already");
  }

  @Test
  void rowsWaitForApproval() {
    String vendor = CONSOLE.vendor("CAREFUL").code();
    String text = OPERATOR.get("/api/v1/vendors/" + vendor).text();
    OPERATOR.put("/api/v1/vendors/" + vendor, text.replace("\"automatic\"", "\"required\""));
    JsonNode upload =
        new ProductFile()
            .row("H1", "1.00")
            .row("H2", "1.00")
            .row("H3", "1.00")
            .verdict(OPERATOR, vendor);
    String path = "/api/v1/uploads/" + upload.path("id").stringValue();
    assertThat(upload.at("/books/pending").intValue()).isEqualTo(3);
    assertThat(OPERATOR.get("/api/v1/approvals").json().at("/items/0/id"))
        .isEqualTo(upload.path("id"));
    assertThat(OPERATOR.get(path + "/pending").json().path("items")).hasSize(3);
    JsonNode declined =
        OPERATOR.post(path + "/decline", "{\"rows\":[2],\"reason\":\"too cheap\"}").json();
    assertThat(declined.path("declined").intValue()).isEqualTo(1);
    JsonNode approved = OPERATOR.post(path + "/approve", "{}").json();
    assertThat(approved.path("approved").intValue()).isEqualTo(2);
    assertThat(approved.path("left").intValue()).isZero();
    assertThat(OPERATOR.get("/api/v1/products?vendor=" + vendor).json().path("items")).hasSize(2);
  }

  @Test
  void rowsOlderThanTheCatalogueAreApprovedOnlyExplicitly() {
    String vendor = CONSOLE.vendor("LATE").code();
    String text = OPERATOR.get("/api/v1/vendors/" + vendor).text();
    OPERATOR.put(
        "/api/v1/vendors/" + vendor,
        text.replace("\"automatic\"", "\"required\"").replace("\"reject\"", "\"update\""));
    JsonNode older = new ProductFile().row("L1", "1.00").verdict(OPERATOR, vendor);
    JsonNode newer = new ProductFile().row("L1", "2.00").verdict(OPERATOR, vendor);
    String path = "/api/v1/uploads/" + older.path("id").stringValue();
    JsonNode waiting = OPERATOR.get(path + "/pending").json().at("/items/0");
    assertThat(waiting.path("product").isNull()).isTrue();
    assertThat(waiting.path("currency").stringValue()).isEqualTo("USD");
    OPERATOR.post("/api/v1/uploads/" + newer.path("id").stringValue() + "/approve", "{}");
    assertThat(OPERATOR.get(path + "/pending").json().at("/items/0/newer"))
        .isEqualTo(newer.path("id"));
    JsonNode left = OPERATOR.post(path + "/approve", "{\"rows\":[1]}").json();
    assertThat(left.path("older").intValue()).isEqualTo(1);
    assertThat(left.at("/newer/0")).isEqualTo(newer.path("id"));
    JsonNode applied = OPERATOR.post(path + "/approve", "{\"even_older\":true}").json();
    assertThat(applied.path("approved").intValue()).isEqualTo(1);
    assertThat(applied.path("older").intValue()).isZero();
  }

  @Test
  void theLinkOfTheMailOpensTheErrorFile() {
    JsonNode upload = new ProductFile().row("I1", "free").verdict(OPERATOR, "VEND001");
    String id = upload.path("id").stringValue();
    String link = CONSOLE.links().errorReport(UUID.fromString(id)).toString();
    Reply reply = CONSOLE.client().get(link.substring(link.indexOf("/api")));
    assertThat(reply.text()).contains("INVALID_PRICE");
    assertThat(CONSOLE.client().get("/api/v1/uploads/" + id + "/errors.csv").status())
        .isEqualTo(401);
  }

  @Test
  void everyShopifyFileBalances() throws IOException {
    Path folder = SharedData.required("shopify_products_csv");
    CONSOLE.vendor("SHOPIFY");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
        Reply reply =
            OPERATOR.send(
                "POST",
                "/api/v1/uploads?vendor=SHOPIFY&file_name=" + file.getFileName(),
                BodyPublishers.ofFile(file),
                "text/csv");
        assertThat(reply.status()).as(file + ": " + reply.text()).isIn(200, 202);
        JsonNode upload = ProductFile.finished(OPERATOR, reply.json().path("id").stringValue());
        assertThat(upload.at("/books/balanced").booleanValue()).as(file.toString()).isTrue();
        assertThat(upload.path("failure").isNull() || upload.at("/books/received").intValue() > 0)
            .as(upload.toString())
            .isTrue();
      }
    }
  }

  private static Reply multipart(TestClient client, String text, String name, String vendor) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"vendor\"\r\n\r\n"
            + vendor
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: text/csv\r\n\r\n"
            + text
            + "\r\n--b--\r\n";
    return client.send(
        "POST",
        "/api/v1/uploads",
        BodyPublishers.ofString(body),
        "multipart/form-data; boundary=b");
  }

  private static List<Path> leftOver() throws IOException {
    try (Stream<Path> files = Files.list(CONSOLE.folder().resolve("outgoing"))) {
      return files.toList();
    }
  }
}
