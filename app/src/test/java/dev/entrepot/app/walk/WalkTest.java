package dev.entrepot.app.walk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import dev.entrepot.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// People at work with the console.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class WalkTest extends Walk {
  /// Keeps what a page says last of the rows read, and its states, for the page that comes after
  /// it.
  private static final String REMEMBERS_ROWS_READ =
      """
      new MutationObserver(() => {
        for (const place of document.querySelectorAll("[data-live-text='books.received']")) {
          sessionStorage.rowsRead = place.textContent;
        }
        const badge = document.querySelector("#page-head .badge")?.textContent.trim();
        if (badge && sessionStorage.lastBadge !== badge) {
          sessionStorage.lastBadge = badge;
          sessionStorage.badges = `${sessionStorage.badges ?? ""}${badge}; `;
        }
      }).observe(document, { childList: true, characterData: true, subtree: true });
      """;

  @Test
  void aSupplierDropsAFileMendsACellAndSendsItAgain() throws IOException {
    try (Window window = window(DemoHub.SUPPLIER)) {
      Page page = window.page();
      page.addInitScript(REMEMBERS_ROWS_READ);
      window.open("/");
      // Nothing is read before the page listens.
      try (VendorHold _ = hub().hold(DemoHub.VENDOR)) {
        Request _ =
            page.waitForRequest(
                request -> request.url().endsWith("/events"),
                () -> window.drop(page.locator(".drop-call"), ProductFile.of("mugs", 300)));
        assertThat(page.getByRole(AriaRole.HEADING, heading(1, "mugs.csv"))).isVisible();
        assertThat(page.locator("[data-live-text='books.received']")).hasText("0");
      }
      assertThat(page.getByText("Partial", new Page.GetByTextOptions().setExact(true))).isVisible();
      assertThat(page.locator(".books [data-books-count=rejected]")).hasText("3");
      assertThat(page.evaluate("sessionStorage.rowsRead")).isEqualTo("300");
      String verdict = page.url();

      page.getByRole(AriaRole.LINK, link("Mend 3 rows")).click();
      // The cells are there before the script that edits them: the page has to be loaded wholly.
      page.waitForURL(Pattern.compile(".*/rows.*"));
      page.keyboard().press("Tab");
      Locator wrong = page.locator("td[aria-invalid=true]").first();
      assertThat(wrong).containsText("is not a number");
      wrong.click();
      page.keyboard().type("15.90");
      page.keyboard().press("Enter");
      assertThat(page.locator("[data-grid-count]")).hasText("1 cell in 1 row mended");
      // The server was asked while the row was edited.
      assertThat(page.locator("tr[data-row='100']")).hasClass(Pattern.compile("is-right"));

      page.getByRole(AriaRole.BUTTON, button("Resubmit 1 row")).click();
      assertThat(page.getByText("Every row was accepted: 1 row.")).isVisible();
      assertThat(page.url()).isNotEqualTo(verdict);

      page.navigate(verdict);
      assertThat(page.getByRole(AriaRole.LINK, link("Mend 2 rows"))).isVisible();
      Download errors =
          page.waitForDownload(
              () -> page.getByRole(AriaRole.LINK, link("Error file (CSV)")).click());
      assertThat(errors.suggestedFilename()).isEqualTo("mugs-errors.csv");
      assertThat(Files.readAllLines(errors.path()))
          .hasSize(3)
          .first()
          .asString()
          .contains("Row Number,Vendor Product ID,SKU");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void anOperatorWatchesALargeFileAsItIsRead() {
    try (Window window = window(DemoHub.OPERATOR)) {
      Page page = window.page();
      page.addInitScript(REMEMBERS_ROWS_READ);
      window.open("/uploads/new?vendor=" + DemoHub.VENDOR);
      // Nothing is read before the page listens.
      try (VendorHold _ = hub().hold(DemoHub.VENDOR)) {
        Request _ =
            page.waitForRequest(
                request -> request.url().endsWith("/events"),
                () -> page.locator("#drop-file").setInputFiles(ProductFile.of("large", 60_000)));
        assertThat(page.locator("[data-live-text='books.received']")).hasText("0");
      }
      assertThat(page.getByText("Partial", new Page.GetByTextOptions().setExact(true))).isVisible();
      assertThat(page.locator(".books [data-books-count=received]")).hasText("60,000");
      assertThat(page.getByText("Balanced")).isVisible();
      assertThat(page.evaluate("sessionStorage.rowsRead")).isEqualTo("60,000");
      assertThat(page.evaluate("sessionStorage.badges"))
          .isEqualTo("Received; Checking rows; Partial; ");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void worksWithoutScripts() {
    try (Window window = windowWithoutScripts(DemoHub.SUPPLIER)) {
      Page page = window.page();
      page.locator("#drop-file").setInputFiles(ProductFile.of("plain", 100));
      page.getByRole(AriaRole.BUTTON, button("Upload")).click();
      assertThat(page.getByRole(AriaRole.HEADING, heading(1, "plain.csv"))).isVisible();
      String verdict = page.url();
      // Without scripts a page is renewed by loading it again.
      hub().settled(verdict.substring(verdict.lastIndexOf('/') + 1));
      page.reload();
      page.getByRole(AriaRole.LINK, link("Mend 1 row")).click();
      page.getByRole(AriaRole.LINK, link("Row 101")).click();
      page.getByLabel("price").fill("not a price");
      page.getByRole(AriaRole.BUTTON, button("Check first")).click();
      assertThat(page.locator(".field.is-wrong")).containsText("price");
      page.getByLabel("price").fill("15.90");
      page.getByRole(AriaRole.BUTTON, button("Send the row again")).click();
      assertThat(page.getByText("The row was sent again.")).isVisible();
      assertThat(page.url()).isNotEqualTo(verdict);
    }
  }

  @Test
  void aConnectionIsMadeWithoutScripts() {
    try (Window window = windowWithoutScripts(DemoHub.ADMIN)) {
      Page page = window.page();
      window.open("/inbox/connections");
      page.getByRole(AriaRole.LINK, link("New connection")).click();
      page.getByRole(AriaRole.LINK, link("Webhooks signed with an HMAC")).click();
      assertThat(page.getByLabel("Queue URL")).hasCount(0);
      page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("shop-bell");
      page.getByLabel("Tenant").fill("demo");
      page.getByLabel("Signature header").fill("X-Bell-Signature");
      page.getByLabel("Algorithm").selectOption("sha512");
      page.getByRole(AriaRole.BUTTON, button("Make the connection")).click();
      assertThat(page.getByRole(AriaRole.HEADING, heading(1, "shop-bell"))).isVisible();
      assertThat(page.getByText("Connection shop-bell has no secret yet")).isVisible();
      assertThat(page.getByLabel("Algorithm")).hasValue("sha512");
    }
  }

  @Test
  void aConnectionIsRemovedByItsName() {
    try (Window window = window(DemoHub.ADMIN)) {
      Page page = window.page();
      window.open("/inbox/connections/" + InboxScene.BYGONE);
      page.getByRole(AriaRole.BUTTON, button("Send a test event")).click();
      assertThat(page.getByText("The test event was taken; this is it.")).isVisible();
      window.open("/inbox/connections/" + InboxScene.BYGONE);

      Locator panel = page.locator("#remove");
      panel.getByLabel("Its name, to confirm").fill("by gone");
      List<String> faults = new ArrayList<>(removed(window, panel));
      assertThat(panel).containsText("“by gone” is not its name");
      assertThat(panel.getByLabel("Its name, to confirm")).isFocused();
      faults.addAll(seen(window, "removal-refused"));

      panel.getByLabel("Its name, to confirm").fill(InboxScene.BYGONE);
      faults.addAll(removed(window, panel));
      assertThat(panel).containsText("received an event at");
      assertThat(panel.getByLabel("Even if events came in the last 24 hours")).isFocused();
      assertThat(panel.getByLabel("Its name, to confirm")).hasValue(InboxScene.BYGONE);

      panel.getByLabel("Even if events came in the last 24 hours").check();
      faults.addAll(removed(window, panel));
      assertThat(page.getByText("Connection bygone was removed.")).isVisible();
      assertThat(page.locator("a[href='/inbox/connections/bygone']")).hasCount(0);
      assertThat(faults).isEmpty();
      assertThat(window.complaints())
          .allMatch(complaint -> complaint.contains("422") || complaint.contains("409"));
    }
  }

  /// Asks for the removal, and says yes.
  ///
  /// @return what axe finds of the question
  private static List<String> removed(Window window, Locator panel) {
    panel.getByRole(AriaRole.BUTTON, inPanel("Remove the connection")).click();
    Locator question = window.page().getByRole(AriaRole.DIALOG);
    assertThat(question).containsText("Remove connection bygone? This cannot be undone.");
    List<String> faults = window.faults();
    question.getByRole(AriaRole.BUTTON, inPanel("Remove the connection")).click();
    assertThat(question).hasCount(0);
    return faults;
  }

  /// What axe finds of the page as it is: its structure, and its look on a desk.
  private static List<String> seen(Window window, String name) {
    List<String> faults = new ArrayList<>(window.faults());
    faults.addAll(window.faultsOfLook());
    window.screenshot(SCREENSHOTS.resolve(name + ".png"));
    return faults;
  }

  private static Locator.GetByRoleOptions inPanel(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void theChartOfTimesBeginsAtNothingAndNamesItsUnit() {
    try (Window window = window(DemoHub.VIEWER)) {
      window.open("/inbox/figures");
      String scale = "Chart.getChart(document.querySelector('[data-chart=line] canvas')).scales.y";
      Page page = window.page();
      assertThat(page.evaluate(scale + ".min")).isEqualTo(0);
      assertThat((List<?>) page.evaluate(scale + ".ticks.map(tick => tick.label)"))
          .isNotEmpty()
          .allMatch(label -> label.toString().endsWith(" ms"));
    }
  }

  @Test
  void showsHostileTextHarmlessly() {
    try (Window window = window(DemoHub.SUPPLIER)) {
      Page page = window.page();
      page.locator("#drop-file").setInputFiles(ProductFile.hostile("hostile"));
      page.getByRole(AriaRole.LINK, link("Mend 1 row")).click();
      assertThat(page.locator("td[data-column=c1]"))
          .containsText("<img src=x onerror=document.title='owned'>");
      assertThat(page.title()).doesNotContain("owned");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void anOperatorDecidesOnWaitingRows() {
    try (Window window = window(DemoHub.OPERATOR)) {
      Page page = window.page();
      window.open("/approvals");
      page.locator("#approvals a").first().click();
      assertThat(page.getByRole(AriaRole.BUTTON, button("Approve chosen"))).isDisabled();
      page.locator("[data-choice]").first().check();
      page.getByRole(AriaRole.BUTTON, button("Approve chosen")).click();
      assertThat(page.getByText("1 row was approved.")).isVisible();
      page.locator("[data-choice]").first().check();
      page.getByRole(AriaRole.BUTTON, button("Decline chosen")).click();
      assertThat(page.locator("#reason-error")).containsText("Say why");
      assertThat(page.locator("[data-choice]").first()).isChecked();
      assertThat(window.complaints()).allMatch(complaint -> complaint.contains("422"));
    }
  }

  @Test
  void aMappingIsTriedWhileItIsEdited() {
    try (Window window = window(DemoHub.ADMIN)) {
      window.open("/sync/mappings/siesa-kong");
      Page page = window.page();
      page.locator("input[name='f0.from']").fill("f_nowhere");
      assertThat(page.locator("#studio-preview")).containsText("would be rejected");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void aMistakeInAMappingIsMarkedWhereItIsAndNothingFolds() {
    try (Window window = window(DemoHub.ADMIN)) {
      window.open("/sync/mappings/siesa-kong");
      Page page = window.page();
      Locator folded = page.locator(".map-more").first();
      folded.locator("summary").click();
      page.locator("input[name='f1.to']").fill("nowhere");
      page.getByRole(AriaRole.BUTTON, button("Preview")).click();
      assertThat(page.locator("[id='f1.to-error']")).containsText("nowhere");
      assertThat(page.locator("[id='f0.name-error']")).hasCount(0);
      assertThat(page.locator("#studio-word")).containsText("nowhere");
      assertThat(folded).hasAttribute("open", "");
      page.getByRole(AriaRole.BUTTON, button("Save as a revision")).click();
      assertThat(page.locator("#studio-messages")).containsText("Nothing was saved");
      assertThat(page.locator("[id='f1.to']")).isFocused();
      assertThat(page.locator("[id='f1.to']")).hasValue("nowhere");
      // A preview that is asked for again before it came is given up for the newer one.
      assertThat(window.complaints())
          .allMatch(complaint -> complaint.matches(".*(422|htmx:(sendAbort|afterRequest)).*"));
    }
  }

  @Test
  void aClientThatIsRefusedKeepsWhatWasTyped() {
    try (Window window = window(DemoHub.ADMIN)) {
      window.open("/sync/new-client?source=siesa&product=kong");
      Page page = window.page();
      page.locator("#client_id").fill("kept");
      page.locator("#siesa_api_url").fill("http://127.0.0.1:1");
      page.locator("[id='source.api_key']").fill("key-of-siesa");
      page.locator("#product_api_url").fill("http://127.0.0.1:1");
      page.locator("[id='product.api_key']").fill("key-of-kong");
      page.locator("#sync_schedule").fill("rate(6 hurs)");
      page.getByRole(AriaRole.BUTTON, button("Make the client")).click();
      assertThat(page.locator("#sync_schedule-error")).containsText("hurs");
      assertThat(page.locator("#sync_schedule")).isFocused();
      page.locator("#sync_schedule").fill("");
      page.getByRole(AriaRole.BUTTON, button("Make the client")).click();
      assertThat(page.locator("#siesa_api_url")).isFocused();
      assertThat(page.locator("#sync_schedule-error")).hasCount(0);
      assertThat(page.locator("#client-messages")).containsText("Siesa cannot be reached");
      assertThat(page.locator("[id='source.api_key']")).hasValue("key-of-siesa");
      assertThat(page.locator("[id='product.api_key']")).hasValue("key-of-kong");
      page.getByRole(AriaRole.BUTTON, button("Make it anyway")).click();
      assertThat(page.getByRole(AriaRole.HEADING, heading(1, "kept"))).isVisible();
      assertThat(page.getByText("The client was made.")).isVisible();
      assertThat(window.complaints()).allMatch(complaint -> complaint.contains("422"));
    }
  }

  @Test
  void theHeadOfARunFollowsItsState() {
    UUID run = hub().fruitless("cumbre");
    try (Window window = window(DemoHub.ADMIN)) {
      window.open("/sync/runs/" + run);
      Page page = window.page();
      Locator state = page.locator("#page-head .badge");
      assertThat(state).hasText("Running");
      var _ = hub().runs().pause(run, Actor.system("test"));
      assertThat(state).hasText("Paused");
      assertThat(page.getByRole(AriaRole.BUTTON, button("Resume"))).isVisible();
      window.open("/sync/runs/" + run + "/exchanges");
      var _ = hub().runs().cancel(run, Actor.system("test"));
      assertThat(state).hasText("Cancelled");
      assertThat(page.getByRole(AriaRole.BUTTON, button("Resume"))).hasCount(0);
      assertThat(window.complaints()).isEmpty();
    }
  }

  private static Page.GetByRoleOptions link(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions heading(int level, String name) {
    return new Page.GetByRoleOptions().setName(name).setLevel(level);
  }
}
