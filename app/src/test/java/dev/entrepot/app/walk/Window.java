package dev.entrepot.app.walk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A browser's window, in which somebody is signed in.
final class Window implements AutoCloseable {
  /// Rules whose answer depends on width and colours. The others read the same page alike.
  private static final List<String> LOOK = List.of("color-contrast", "target-size");

  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private final BrowserContext context;
  private final Page page;
  private ColorScheme colours = Look.DESK_LIGHT.colours();
  private final List<String> complaints = new ArrayList<>();

  Window(BrowserContext context) {
    this.context = context;
    context.setDefaultTimeout(Walk.PATIENCE);
    context.setDefaultNavigationTimeout(Walk.PATIENCE);
    this.page = context.newPage();
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onConsoleMessage(message -> {
      // A sealed mail may run nothing, and the browser says so.
      if (message.type().equals("error") && !message.text().contains("sandboxed")) {
        complaints.add(page.url() + ": " + message.text());
      }
    });
  }

  Page page() {
    return page;
  }

  Window signIn(String email) {
    page.navigate("/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password").fill(DemoHub.PASSWORD);
    page.locator("form [type=submit]").first().click();
    page.waitForURL(url -> !url.contains("sign-in"));
    return this;
  }

  /// Opens a page and waits until its charts are drawn.
  ///
  /// @return its HTTP status
  int open(String path) {
    Response response = page.navigate(path);
    settle();
    return response.status();
  }

  /// Drags a file from the desktop over a place, and lets it fall there.
  void drop(Locator place, FilePayload file) {
    JSHandle dragged =
        page.evaluateHandle(
            """
            ([name, type, text]) => {
              const dragged = new DataTransfer();
              dragged.items.add(new File([text], name, { type }));
              return dragged;
            }
            """,
            List.of(file.name, file.mimeType, new String(file.buffer, StandardCharsets.UTF_8)));
    Map<String, Object> with = Map.of("dataTransfer", dragged);
    place.dispatchEvent("dragenter", with);
    assertThat(page.locator(".drop.is-over")).isVisible();
    place.dispatchEvent("dragover", with);
    place.dispatchEvent("drop", with);
  }

  private void settle() {
    page.waitForFunction(
        "[...document.querySelectorAll('[data-chart]')].every(chart => chart.querySelector('canvas'))");
  }

  /// Looks at the page in another way, and lets it be laid out anew.
  void as(Look look) {
    page.setViewportSize(look.width(), look.height());
    if (look.colours() != colours) {
      // Loaded anew: Chromium is late with colours that change under a page.
      colours = look.colours();
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
      page.reload();
      settle();
    }
    page.evaluate(
        "new Promise(laid => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(laid))))");
  }

  /// What axe finds to be a serious or critical fault of the page's structure.
  List<String> faults() {
    return grave(axe().disableRules(LOOK));
  }

  /// The same of its colours and sizes.
  List<String> faultsOfLook() {
    return grave(axe().withRules(LOOK));
  }

  private AxeBuilder axe() {
    // The usual mode opens a second page each time, only to put frames' results together.
    return new AxeBuilder(page).exclude("iframe").setLegacyMode(true);
  }

  private List<String> grave(AxeBuilder axe) {
    List<String> faults = new ArrayList<>();
    for (Rule rule : axe.analyze().getViolations()) {
      if (GRAVE.contains(rule.getImpact())) {
        faults.add(
            "%s: %s (%s) %s"
                .formatted(
                    page.url(),
                    rule.getId(),
                    rule.getImpact(),
                    rule.getNodes().getFirst().getHtml()));
      }
    }
    return faults;
  }

  /// Whether the page is wider than the window.
  boolean tooWide() {
    return (Boolean)
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }

  /// Errors of scripts and of the console since the window was opened.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }
}
