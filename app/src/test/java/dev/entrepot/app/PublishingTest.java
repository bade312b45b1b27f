package dev.entrepot.app;

import dev.entrepot.app.settings.Setting;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// A file's way to a destination on the embedded PostgreSQL.
class PublishingTest extends PublishedFile {
  @BeforeAll
  static void open() throws IOException {
    start(Map.of(Setting.PORT, "0"));
  }

  @AfterAll
  static void close() {
    stop();
  }
}
