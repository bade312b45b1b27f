package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Decisions on rows that wait, made without scripts.
class ApprovalPagesTest {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  /// One more than are decided at a time.
  private static final int MANY = 5_001;

  private static final TestConsole CONSOLE = TestConsole.inSlices();

  @BeforeAll
  static void furnish() {
    VendorDraft base = VendorDraft.of("CAREFUL", "Careful");
    CONSOLE
        .onboarding()
        .vendors()
        .create(
            Actor.system("test"),
            new VendorDraft(
                base.code(),
                base.name(),
                base.status(),
                null,
                base.currency(),
                KnownKeyPolicy.UPDATE,
                ApprovalPolicy.REQUIRED,
                null,
                base.priceMoveShare(),
                base.limits(),
                base.phoneRegion(),
                null));
    CONSOLE.category("kitchen");
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static Visit admin() {
    return Visit.of(CONSOLE, "admin@example.com");
  }

  private static Upload waiting(String prefix) throws InterruptedException {
    String rows =
        """
        vendor_product_id,product_name,category,sku,price,stock_quantity
        %1$s-1,Mug,kitchen,%1$s-1,9.90,3
        %1$s-2,Pan,kitchen,%1$s-2,9.90,3
        %1$s-3,Pot,kitchen,%1$s-3,9.90,3
        """
            .formatted(prefix);
    Upload upload = admin().sent(CONSOLE, "CAREFUL", rows);
    assertThat(upload.books().pending()).isEqualTo(3);
    return upload;
  }

  @Test
  void rowsThatWaitAreNotSaidToBeAccepted() throws InterruptedException {
    Upload upload = waiting("W");
    assertThat(admin().open("/uploads/" + upload.id()).text())
        .contains("3 rows passed the checks and wait", "Waits for approval")
        .doesNotContain("Completed", "100.0 %", "accepted rows");
    assertThat(admin().open("/uploads?vendor=CAREFUL").text())
        .contains("Waits for approval", "0 of 3 so far");
  }

  @Test
  void aDecisionOfSeveralRequestsTellsTheSumOfAll() throws InterruptedException {
    String page = "/approvals/" + waiting("S").id();
    assertThat(admin().open(page).text()).contains("Approve all 3 waiting rows?");
    Reply last =
        admin()
            .post(page, "deed", "approve-all", "approved", "5000", "declined", "0", "refused", "1");
    assertThat(last.status()).isEqualTo(303);
    assertThat(admin().carrying(last).open("/approvals").text())
        .contains("5,003 rows were approved; 1 row could no longer be applied");
  }

  @Test
  void manyRowsAreDecidedRequestAfterRequestUntilNoneIsLeft() throws InterruptedException {
    Upload upload =
        admin()
            .sent(
                CONSOLE,
                "CAREFUL",
                "vendor_product_id,product_name,category,sku,price,stock_quantity\n"
                    + IntStream.range(0, MANY)
                        .mapToObj(i -> "L-%1$d,Mug,kitchen,L-%1$d,9.90,3\n".formatted(i))
                        .collect(Collectors.joining()));
    String page = "/approvals/" + upload.id();
    Reply reply = admin().post(page, "deed", "approve-all");
    assertThat(reply.status()).isEqualTo(200);
    long left = MANY;
    while (reply.status() == 200) {
      assertThat(pending(upload)).isBetween(1L, left - 1);
      left = pending(upload);
      String form = goingOn(reply.text());
      assertThat(form).contains("action=\"" + page + "\"");
      reply = admin().post(page, hidden(form));
    }
    assertThat(reply.status()).isEqualTo(303);
    assertThat(pending(upload)).isZero();
    assertThat(admin().carrying(reply).open("/approvals").text())
        .contains("5,001 rows were approved.");
  }

  private static long pending(Upload upload) {
    return CONSOLE.onboarding().uploads().find(upload.id()).orElseThrow().books().pending();
  }

  /// The form that sends itself where scripts run.
  private static String goingOn(String page) {
    int start = page.indexOf("<div data-going-on>");
    assertThat(start).as(page).isPositive();
    return page.substring(start, page.indexOf("</form>", start));
  }

  /// The hidden fields of a form, names and values in turn.
  private static String[] hidden(String form) {
    return HIDDEN
        .matcher(form)
        .results()
        .filter(field -> !field.group(1).equals("_csrf"))
        .flatMap(field -> Stream.of(field.group(1), field.group(2)))
        .toArray(String[]::new);
  }

  @Test
  void aRefusedDecisionKeepsWhatWasChosen() throws InterruptedException {
    String page = "/approvals/" + waiting("K").id();
    Reply refused = admin().post(page + "?limit=2", "deed", "decline", "row", "2", "reason", " ");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("name=\"row\" value=\"2\" aria-label=\"Row 3\" checked")
        .contains("id=\"reason-error\"")
        .doesNotContain("aria-label=\"Row 2\" checked");
    assertThat(admin().open(page).text())
        .contains("Reason, when you decline</label>")
        .doesNotContain(" checked");
  }

  @Test
  void whatIsNoSumIsRefusedBeforeAnythingIsDecided() throws InterruptedException {
    Upload upload = waiting("M");
    Reply refused =
        admin().post("/approvals/" + upload.id(), "deed", "approve-all", "approved", "many");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(CONSOLE.onboarding().uploads().find(upload.id()).orElseThrow().books().pending())
        .isEqualTo(3);
  }

  @Test
  void rowsOlderThanTheCatalogueAreMarkedAndApprovedOnlyWithATick() throws InterruptedException {
    admin().post("/approvals/" + waiting("P").id(), "deed", "approve-all");
    String head = "vendor_product_id,product_name,category,sku,price,stock_quantity\n";
    Upload older = admin().sent(CONSOLE, "CAREFUL", head + "P-1,Mug,kitchen,P-1,8.50,3\n");
    Upload newer = admin().sent(CONSOLE, "CAREFUL", head + "P-1,Mug,kitchen,P-1,8.90,3\n");
    String page = "/approvals/" + older.id();
    assertThat(admin().open(page).text())
        .contains("8.50 USD", "changes price", "9.90 → 8.50")
        .doesNotContain("this row is older: see the later upload");
    admin().post("/approvals/" + newer.id(), "deed", "approve-all");
    assertThat(admin().open(page).text())
        .contains(
            "8.90 → 8.50", "this row is older: see the later upload", "/uploads/" + newer.id());
    Reply left = admin().post(page, "deed", "approve", "row", "1");
    assertThat(admin().carrying(left).open(page).text())
        .contains("1 row waits still: upload " + newer.id());
    assertThat(pending(older)).isEqualTo(1);
    admin().post(page, "deed", "approve", "row", "1", "even-older", "true");
    assertThat(pending(older)).isZero();
  }
}
