package dev.entrepot.app.walk;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The demo world, and a browser to look at it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Walk {
  static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /// Milliseconds to wait for what must come.
  static final double PATIENCE = 180_000;

  @TempDir private static Path data;
  private DemoHub hub;
  private Chromium chromium;

  @BeforeAll
  void start() throws IOException {
    Assumptions.assumeTrue(Chromium.present(), "Chromium is absent: apt-get install chromium");
    hub = DemoHub.start(data);
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  Window window(String email) {
    return chromium.window(hub.address(), true).signIn(email);
  }

  /// A window in which nothing moves by itself.
  Window windowWithoutScripts(String email) {
    return chromium.window(hub.address(), false).signIn(email);
  }

  DemoHub hub() {
    return hub;
  }
}
