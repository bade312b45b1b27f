package dev.entrepot.app.walk;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The Chromium of the machine, without a window. Nothing is downloaded.
final class Chromium implements AutoCloseable {
  private static final Path PROGRAM =
      Path.of(System.getProperty("entrepot.chromium", "/usr/bin/chromium"));

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setTimeout(Walk.PATIENCE)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  static boolean present() {
    return Files.isExecutable(PROGRAM);
  }

  /// A new window, in which nobody is signed in.
  Window window(URI address, boolean scripts) {
    return new Window(
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(address.toString())
                .setViewportSize(Look.DESK_LIGHT.width(), Look.DESK_LIGHT.height())
                .setColorScheme(Look.DESK_LIGHT.colours())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setJavaScriptEnabled(scripts)));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
