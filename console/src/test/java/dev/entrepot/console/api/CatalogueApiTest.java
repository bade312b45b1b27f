package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Everything but the uploads themselves.
class CatalogueApiTest {
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
  void vendorsAreAddedAndChangedFromTheirVersion() {
    Reply created =
        OPERATOR.post(
            "/api/v1/vendors",
            "{\"code\":\"NORDIC\",\"name\":\"Nordic\",\"limits\":{\"file_rows\":5}}");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    assertThat(created.json().at("/limits/file_rows").intValue()).isEqualTo(5);
    assertThat(created.json().at("/limits/file_bytes").intValue()).isEqualTo(10_000_000);
    assertThat(OPERATOR.post("/api/v1/vendors", "{\"code\":\"NORDIC\",\"name\":\"x\"}").status())
        .isEqualTo(409);
    String path = created.header("Location");
    String changed =
        OPERATOR.get(path).text().replace("\"name\":\"Nordic\"", "\"name\":\"Nordic Home\"");
    assertThat(OPERATOR.put(path, changed).header("ETag")).isEqualTo("\"2\"");
    assertThat(OPERATOR.put(path, changed).status()).isEqualTo(409);
    assertThat(OPERATOR.with("If-Match", "\"2\"").put(path, changed).status()).isEqualTo(200);
    String unversioned = changed.replaceAll(",\"version\":\\d+", "");
    assertThat(OPERATOR.put(path, unversioned).json().at("/errors/0/field").stringValue())
        .isEqualTo("version");
    assertThat(OPERATOR.put(path, changed.replace("NORDIC", "OTHER")).status()).isEqualTo(422);
    assertThat(OPERATOR.put("/api/v1/vendors/NONE", changed.replace("NORDIC", "NONE")).status())
        .isEqualTo(404);
    assertThat(OPERATOR.get("/api/v1/vendors?q=home&status=active").json().path("items"))
        .hasSize(1);
    Reply wrong =
        OPERATOR.post("/api/v1/vendors", "{\"code\":\"x\",\"name\":\"x\",\"currency\":\"EURO\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().at("/errors/0/field").stringValue()).isEqualTo("currency");
    Reply secret = OPERATOR.post(path + "/webhook-secret");
    assertThat(secret.json().path("secret").stringValue()).startsWith("whsec_");
    assertThat(OPERATOR.get(path).json().path("webhook_secret_set").booleanValue()).isTrue();
  }

  @Test
  void categoriesAreAddedAndChanged() {
    Reply created =
        OPERATOR.post(
            "/api/v1/categories", "{\"code\":\"mugs\",\"name\":\"Mugs\",\"parent\":\"kitchen\"}");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String changed = created.text().replace("\"active\":true", "\"active\":false");
    assertThat(
            OPERATOR.put("/api/v1/categories/mugs", changed).json().path("active").booleanValue())
        .isFalse();
    assertThat(
            OPERATOR
                .post(
                    "/api/v1/categories", "{\"code\":\"cups\",\"name\":\"Cups\",\"active\":false}")
                .json()
                .path("active")
                .booleanValue())
        .isFalse();
    assertThat(OPERATOR.get("/api/v1/categories").json().path("items").size())
        .isGreaterThanOrEqualTo(3);
    assertThat(OPERATOR.put("/api/v1/categories/none", changed).status()).isIn(404, 422);
  }

  @Test
  void ratesAreSetAndRemoved() {
    Reply set = OPERATOR.put("/api/v1/rates/EUR/USD", "{\"rate\":1.0842}");
    assertThat(set.json().path("rate").decimalValue()).isEqualByComparingTo("1.0842");
    JsonNode rates = OPERATOR.get("/api/v1/rates").json();
    assertThat(rates.path("currency").stringValue()).isEqualTo("USD");
    assertThat(rates.path("items")).hasSize(1);
    assertThat(OPERATOR.put("/api/v1/rates/EUR/USD", "{\"rate\":0}").status()).isEqualTo(422);
    assertThat(OPERATOR.delete("/api/v1/rates/EUR/USD").status()).isEqualTo(204);
    assertThat(OPERATOR.delete("/api/v1/rates/EUR/USD").status()).isEqualTo(404);
  }

  @Test
  void exportsCarryAllFields() {
    CONSOLE.vendor("FULL");
    Reply sent =
        OPERATOR.send(
            "POST",
            "/api/v1/uploads?vendor=FULL&file_name=full.csv",
            HttpRequest.BodyPublishers.ofString(
                "vendor_product_id,product_name,category,sku,price,stock_quantity,ean,contact_email,"
                    + "Farbe,state\nF-1,Mug,kitchen,FULL-1,1.00,1,4006381333931,a@example.com,rot,new\n"),
            "text/csv");
    ProductFile.finished(OPERATOR, sent.json().path("id").stringValue());
    List<String> lines =
        OPERATOR.get("/api/v1/products/export.csv?vendor=FULL").text().lines().toList();
    assertThat(lines.getFirst()).endsWith(",updated_at,farbe,custom_state");
    List<String> header = List.of(lines.getFirst().split(",", -1));
    List<String> cells = List.of(lines.get(1).split(",", -1));
    assertThat(cells).hasSameSizeAs(header);
    assertThat(cells.get(header.indexOf("ean"))).isEqualTo("4006381333931");
    assertThat(cells.get(header.indexOf("contact_email"))).isEqualTo("a@example.com");
    assertThat(cells.get(header.indexOf("farbe"))).isEqualTo("rot");
    assertThat(cells.get(header.indexOf("custom_state"))).isEqualTo("new");
    assertThat(cells.get(header.indexOf("state"))).isEqualTo("published");
    assertThat(header).contains("source_price", "source_currency", "created_batch");
  }

  @Test
  void parametersThatAreNotKnownAreRefused() {
    Reply refused = OPERATOR.get("/api/v1/uploads?vendor=VEND001&sate=failed");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").stringValue())
        .isEqualTo(
            "there is no parameter \"sate\" here; known are cursor, limit, mendable, q, state, vendor");
    assertThat(OPERATOR.get("/api/v1/categories?foo=1").status()).isEqualTo(422);
    assertThat(OPERATOR.get("/api/v1/uploads?vendor=VEND001&limit=1").status()).isEqualTo(200);
  }

  @Test
  void webhooksAreAsDescribed() {
    assertThat(
            OPERATOR
                .post(
                    "/api/v1/vendors",
                    "{\"code\":\"HOOKED\",\"name\":\"Hooked\","
                        + "\"webhook_url\":\"https://hooked.example.com/in\"}")
                .status())
        .isEqualTo(201);
    new ProductFile().row("H-1", "3.50").row("H-2", "free").verdict(OPERATOR, "HOOKED");
    JsonNode notice = OPERATOR.get("/api/v1/notices?vendor=HOOKED").json().at("/items/0");
    assertThat(notice.path("channel").stringValue()).isEqualTo("webhook");
    CONSOLE
        .description()
        .require(
            CONSOLE.description().component("UploadFinished"),
            notice.path("body").stringValue(),
            "webhook");
  }

  @Test
  void decisionsAreToldAsDescribed() {
    assertThat(
            OPERATOR
                .post(
                    "/api/v1/vendors",
                    "{\"code\":\"DECIDED\",\"name\":\"Decided\",\"approval\":\"required\","
                        + "\"webhook_url\":\"https://hooks.example.com/in\"}")
                .status())
        .isEqualTo(201);
    String id =
        new ProductFile()
            .row("D-1", "3.50")
            .row("D-2", "4.50")
            .verdict(OPERATOR, "DECIDED")
            .path("id")
            .stringValue();
    OPERATOR.post("/api/v1/uploads/" + id + "/approve", "{\"rows\": [1]}");
    OPERATOR.post(
        "/api/v1/uploads/" + id + "/decline", "{\"rows\": [2], \"reason\": \"not ours\"}");
    JsonNode notice = OPERATOR.get("/api/v1/notices?vendor=DECIDED").json().at("/items/0");
    assertThat(notice.path("event").stringValue()).isEqualTo("upload.decided");
    String body = notice.path("body").stringValue();
    assertThat(body)
        .contains(
            "\"decided\":{\"approved\":1,\"declined\":1,\"refused\":0,\"waiting\":0,\"reasons\":");
    CONSOLE
        .description()
        .require(CONSOLE.description().component("UploadDecided"), body, "webhook");
  }

  @Test
  void productsAreListedMovedAndExported() {
    CONSOLE.vendor("EXPORT");
    new ProductFile()
        .row("=1+1", "3.50")
        .row("P/1", "2.00")
        .row("P2", "1.00")
        .verdict(OPERATOR, "EXPORT");
    JsonNode page = OPERATOR.get("/api/v1/products?vendor=EXPORT&limit=2").json();
    assertThat(page.path("items")).hasSize(2);
    JsonNode rest =
        OPERATOR
            .get("/api/v1/products?vendor=EXPORT&limit=2&cursor=" + page.path("next").stringValue())
            .json();
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.path("next").isNull()).isTrue();
    String path = "/api/v1/products/" + rest.at("/items/0/id").asLong();
    assertThat(OPERATOR.get(path).json().path("price").decimalValue()).isEqualByComparingTo("3.50");
    assertThat(OPERATOR.post(path + "/archive").json().path("state").stringValue())
        .isEqualTo("archived");
    assertThat(OPERATOR.post(path + "/restore").json().path("state").stringValue())
        .isEqualTo("published");
    Reply published = OPERATOR.post(path + "/publish");
    assertThat(published.status()).as(published.text()).isIn(200, 409, 422);
    JsonNode history = OPERATOR.get(path + "/history").json().path("items");
    assertThat(history.at("/0/kind").stringValue()).isEqualTo("created");
    assertThat(history.at("/1/kind").stringValue()).isEqualTo("archived");
    assertThat(OPERATOR.get("/api/v1/products/0").status()).isEqualTo(404);
    assertThat(OPERATOR.get("/api/v1/products/x").status()).isEqualTo(404);

    String csv = OPERATOR.get("/api/v1/products/export.csv?vendor=EXPORT").text();
    assertThat(csv.lines()).hasSize(4);
    assertThat(csv).contains("'=1+1");
    String lines = OPERATOR.get("/api/v1/products/export.jsonl?vendor=EXPORT").text();
    lines
        .lines()
        .forEach(line ->
            CONSOLE
                .description()
                .require(CONSOLE.description().component("Product"), line, "export"));
    assertThat(lines.lines()).hasSize(3);
    assertThat(OPERATOR.get("/api/v1/products/export.xlsx?vendor=EXPORT").response().body())
        .startsWith('P', 'K');

    JsonNode story = OPERATOR.get("/api/v1/trace/P%2F1").json();
    assertThat(story.path("key").stringValue()).isEqualTo("P/1");
    assertThat(story.path("steps")).isNotEmpty();
    assertThat(OPERATOR.get("/api/v1/trace/unknown").json().path("steps")).isEmpty();
  }

  @Test
  void mappingsAreSuggestedTriedAndKept() {
    String header =
        "[\"sku\",\"vendor_product_id\",\"product_name\",\"category\",\"Preis\",\"stock_quantity\"]";
    String row = "[\"A\",\"1\",\"Becher\",\"kitchen\",\"12,90\",\"3\"]";
    Reply suggested =
        OPERATOR.post(
            "/api/v1/mappings/suggest",
            """
            {"vendor":"VEND001","header":%s,"rows":[%s]}
            """
                .formatted(header, row));
    assertThat(suggested.status()).as(suggested.text()).isEqualTo(200);
    String mapping = suggested.json().path("mapping").toString();
    String whole = "{\"vendor\":\"VEND001\",\"header\":" + header + ",\"mapping\":" + mapping;
    Reply preview = OPERATOR.post("/api/v1/mappings/preview", whole + ",\"rows\":[" + row + "]}");
    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.json().at("/items/0/values/sku").stringValue()).isEqualTo("A");
    Reply kept = OPERATOR.post("/api/v1/mappings", whole + "}");
    assertThat(kept.status()).as(kept.text()).isEqualTo(201);
    assertThat(OPERATOR.get(kept.header("Location")).json().path("mapping"))
        .isEqualTo(kept.json().path("mapping"));
    assertThat(OPERATOR.get("/api/v1/mappings?vendor=VEND001").json().path("items")).isNotEmpty();
    assertThat(OPERATOR.get("/api/v1/mappings/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(
            OPERATOR.post("/api/v1/mappings", whole.replace("\"name\"", "\"nome\"") + "}").status())
        .isEqualTo(422);
  }

  @Test
  void rulesAreWrittenAndTried() {
    assertThat(
            OPERATOR
                .post("/api/v1/rules/check", "{\"expression\":\"price >\"}")
                .json()
                .path("error")
                .stringValue())
        .isNotBlank();
    String rule =
        """
        {"vendor":"VEND001","name":"Not too cheap","expression":"price > 0.5",
         "message":"The price must be above 0.50","field":"price"}
        """;
    Reply created = OPERATOR.post("/api/v1/rules", rule);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String path = created.header("Location");
    Reply changed = OPERATOR.put(path, created.text().replace("\"reject\"", "\"warn\""));
    assertThat(changed.json().path("severity").stringValue()).isEqualTo("warn");
    assertThat(OPERATOR.put(path, created.text()).status()).isEqualTo(409);
    new ProductFile().row("R1", "0.20").row("R2", "2.00").verdict(OPERATOR, "VEND001");
    Reply tried =
        OPERATOR.post(
            "/api/v1/rules/test", "{\"vendor\":\"VEND001\",\"expression\":\"price > 0.5\"}");
    assertThat(tried.status()).as(tried.text()).isEqualTo(200);
    assertThat(tried.json().path("failed").intValue()).isEqualTo(1);
    assertThat(OPERATOR.get("/api/v1/rules?vendor=VEND001").json().path("items")).hasSize(1);
    assertThat(OPERATOR.get(path).status()).isEqualTo(200);
    assertThat(OPERATOR.delete(path).status()).isEqualTo(204);
    assertThat(OPERATOR.get(path).status()).isEqualTo(404);
    assertThat(OPERATOR.post("/api/v1/rules", rule.replace("price > 0.5", "price >")).status())
        .isEqualTo(422);
  }

  @Test
  void theBooksAreRecounted() {
    JsonNode report = OPERATOR.post("/api/v1/audit", "{}").json();
    assertThat(report.path("clean").booleanValue()).as(report.toString()).isTrue();
    assertThat(report.path("checks")).isNotEmpty();
    JsonNode activities = OPERATOR.get("/api/v1/activities?subject=vendor/&limit=1").json();
    assertThat(activities.at("/items/0/action").stringValue()).startsWith("vendor.");
    assertThat(OPERATOR.get("/api/v1/activities?cursor=x").status()).isEqualTo(422);
    JsonNode figures = OPERATOR.get("/api/v1/overview?days=7").json();
    assertThat(figures.path("products").isNumber()).isTrue();
    assertThat(OPERATOR.get("/api/v1/overview?days=0").status()).isEqualTo(422);
  }

  @Test
  void noticesAreShownAndSentAgain() {
    OPERATOR.post(
        "/api/v1/vendors", "{\"code\":\"MAILED\",\"name\":\"M\",\"email\":\"m@example.com\"}");
    JsonNode upload = new ProductFile().row("N1", "1.00").verdict(OPERATOR, "MAILED");
    JsonNode notices =
        OPERATOR.get("/api/v1/notices?upload=" + upload.path("id").stringValue()).json();
    assertThat(notices.at("/items/0/recipient").stringValue()).isEqualTo("m@example.com");
    String path = "/api/v1/notices/" + notices.at("/items/0/id").stringValue();
    assertThat(OPERATOR.get(path).json().path("subject").stringValue())
        .contains("Product upload complete");
    assertThat(OPERATOR.post(path + "/retry").status()).isIn(200, 409, 422);
    assertThat(OPERATOR.get("/api/v1/notices?upload=x").status()).isEqualTo(422);
    assertThat(OPERATOR.get("/api/v1/notices/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void templatesAreFilledIn() {
    assertThat(OPERATOR.get("/api/v1/template.csv").text()).contains("vendor_product_id");
    assertThat(OPERATOR.get("/api/v1/template.xlsx").response().body()).startsWith('P', 'K');
  }
}
