package dev.entrepot.app;

import dev.entrepot.app.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A file's way to a destination on the embedded PostgreSQL.
class PublishingTest extends PublishedFile {
  @TempDir private static Path data;
  private static World world;

  @BeforeAll
  static void open() throws IOException {
    world = World.start(data, Map.of(Setting.PORT, "0"));
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Override
  World world() {
    return world;
  }
}
