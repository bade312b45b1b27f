package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.onboarding.uploads.Upload;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages over real HTTP and a real database, used without scripts.
class PagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final String HEADER =
      "vendor_product_id,product_name,category,sku,price,stock_quantity\n";
  private static final String HOSTILE = "<script>alert('1')</script>";

  @BeforeAll
  static void furnish() {
    CONSOLE.vendor("ACME");
    CONSOLE.vendor("OTHER");
    CONSOLE.category("kitchen");
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("viewer@example.com", Role.VIEWER, null);
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
  void leadsStrangersToTheSignInAndBack() {
    Visit stranger = Visit.of(CONSOLE);
    Reply reply = stranger.open("/vendors?status=ACTIVE");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("/sign-in?next=%2Fvendors%3Fstatus%3DACTIVE");
    Reply refused =
        stranger.post("/sign-in", "email", "admin@example.com", "password", "wrong", "next", "/");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("wrong").contains("value=\"admin@example.com\"");
    Reply entered =
        stranger.post(
            "/sign-in",
            "email",
            "admin@example.com",
            "password",
            TestConsole.PASSWORD,
            "next",
            "/vendors?status=ACTIVE");
    assertThat(entered.status()).isEqualTo(303);
    assertThat(entered.header("Location")).isEqualTo("/vendors?status=ACTIVE");
    assertThat(entered.header("Set-Cookie")).startsWith("entrepot=").contains("HttpOnly");
  }

  @Test
  void leadsNowhereElseAfterSigningIn() {
    for (String next : List.of("https://evil.example/", "//evil.example", "/\\evil.example")) {
      Reply reply =
          Visit.of(CONSOLE)
              .post(
                  "/sign-in",
                  "email",
                  "viewer@example.com",
                  "password",
                  TestConsole.PASSWORD,
                  "next",
                  next);
      assertThat(reply.header("Location")).as(next).isEqualTo("/");
    }
  }

  @Test
  void showsEachRoleItsOwnPages() {
    assertThat(admin().open("/").text()).contains("Overview", "href=\"/users\"");
    Visit viewer = Visit.of(CONSOLE, "viewer@example.com");
    assertThat(viewer.open("/").text()).contains("Overview").doesNotContain("href=\"/users\"");
    assertThat(viewer.open("/users").status()).isEqualTo(403);
    assertThat(viewer.open("/vendors/ACME").text()).doesNotContain("/vendors/ACME/edit");
    assertThat(viewer.post("/vendors/ACME/status", "status", "SUSPENDED").status()).isEqualTo(403);
    assertThat(supplier().open("/").text()).contains("Send a product file");
    assertThat(supplier().open("/rates").status()).isEqualTo(403);
  }

  @Test
  void aSupplierSeesNothingOfOthers() throws Exception {
    Upload foreign = sent("OTHER", HEADER + "F1,Foreign,kitchen,F1,1.00,1\n");
    for (String page : List.of("", "/rows", "/warnings", "/mapping")) {
      assertThat(supplier().open("/uploads/" + foreign.id() + page).status()).isEqualTo(404);
    }
    assertThat(supplier().open("/vendors/OTHER").status()).isEqualTo(404);
    assertThat(supplier().open("/uploads?vendor=OTHER").text()).doesNotContain(foreign.id() + "");
    assertThat(supplier().open("/products?vendor=OTHER").text()).doesNotContain("Foreign");
    long product = CONSOLE.onboarding().catalogue().findBySku("F1").orElseThrow().id();
    assertThat(supplier().open("/products/" + product).status()).isEqualTo(404);
    assertThat(supplier().post("/uploads/" + foreign.id() + "/rerun").status()).isEqualTo(404);
    assertThat(supplier().post("/uploads/" + foreign.id() + "/cancel").status()).isEqualTo(404);
  }

  @Test
  void aSupplierReadsOfItsOwnThings() throws Exception {
    Upload _ = sent("ACME", HEADER + "OWN1,Own,kitchen,OWN1,1.00,1\n");
    assertThat(supplier().open("/uploads").text()).contains("Every file of yours");
    assertThat(supplier().open("/mappings").text()).contains("the columns of your files");
    assertThat(supplier().open("/products").text()).contains("OWN1").doesNotContain(">Vendor<");
  }

  @Test
  void refusesFormsWithoutTheSessionsToken() {
    Reply reply = admin().open("/categories");
    assertThat(reply.status()).isEqualTo(200);
    Reply forged =
        CONSOLE
            .client()
            .with(
                "Cookie",
                CONSOLE
                    .client()
                    .signedIn("admin@example.com", TestConsole.PASSWORD)
                    .header("Cookie"))
            .send(
                "POST",
                "/categories",
                java.net.http.HttpRequest.BodyPublishers.ofString("name=x&code=x"),
                "application/x-www-form-urlencoded");
    assertThat(forged.status()).isEqualTo(403);
  }

  @Test
  void saysBesideTheFieldWhatIsWrongAndKeepsWhatWasTyped() {
    Reply refused =
        admin()
            .post(
                "/vendors",
                "code",
                "NEW1",
                "name",
                "New one",
                "status",
                "ACTIVE",
                "currency",
                "EURO",
                "knownKey",
                "REJECT",
                "approval",
                "AUTOMATIC",
                "fileBytes",
                "1000",
                "fileRows",
                "10",
                "uploadsPerDay",
                "1",
                "rowsPerDay",
                "10",
                "phoneRegion",
                "DE");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("value=\"New one\"")
        .contains("id=\"currency-error\"")
        .contains("is not a currency");
    Reply taken = admin().post("/categories", "code", "kitchen", "name", "Another");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.text()).contains("id=\"code-error\"");
  }

  @Test
  void showsAMessageOnceOnTheNextPage() {
    Reply added = admin().post("/categories", "code", "garden", "name", "Garden");
    assertThat(added.status()).isEqualTo(303);
    Visit next = admin().carrying(added);
    Reply shown = next.open(added.header("Location"));
    assertThat(shown.text()).contains("The category Garden was added.");
    assertThat(shown.response().headers().allValues("Set-Cookie"))
        .anyMatch(cookie -> cookie.startsWith("flash=;"));
  }

  @Test
  void saysWhichRolesMayDoWhatOneMayNot() {
    assertThat(supplier().open("/users").text())
        .contains("The role supplier may not do that, but admin may; ask an administrator.");
  }

  @Test
  void aLongFormThatIsRefusedNamesTheFieldsAtItsTop() {
    Reply refused = admin().post("/vendors", "code", "HOOKS", "name", "Hooks");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("Nothing was saved. To correct: Status.");
  }

  @Test
  void theAddressOfANewCategoryLeadsToItsForm() {
    assertThat(admin().open("/categories/new").header("Location")).isEqualTo("/categories#add");
  }

  @Test
  void showsSuppliersTextAsText() throws Exception {
    Upload upload =
        sent(
            "ACME",
            HEADER + "H1,\"" + HOSTILE + "\",kitchen,H1,1.00,3\nH2," + HOSTILE + ",x,,y,z\n");
    long product = CONSOLE.onboarding().catalogue().findBySku("H1").orElseThrow().id();
    String root = "/uploads/" + upload.id();
    for (String page :
        List.of(
            root + "/rows",
            root + "/rows/2",
            root + "/mapping",
            "/products/" + product,
            "/products?q=%3Cscript%3E",
            "/trace?key=" + HOSTILE.replace("<", "%3C").replace(">", "%3E"))) {
      Reply reply = admin().open(page);
      assertThat(reply.status()).as(page).isEqualTo(200);
      assertThat(reply.text()).as(page).doesNotContain("<script>alert");
      assertThat(reply.header("Content-Security-Policy")).contains("default-src 'self'");
    }
  }

  @Test
  void showsSecretsOnce() {
    Reply made = admin().post("/keys", "name", "Export", "role", "VIEWER");
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text()).containsPattern("ek_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
    assertThat(admin().open("/keys").text())
        .contains("Export")
        .doesNotContainPattern("ek_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
    assertThat(admin().post("/vendors/ACME/secret").text()).contains("whsec_");
  }
}
