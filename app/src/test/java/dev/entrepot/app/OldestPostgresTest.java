package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.app.settings.Setting;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file's way to a destination, and an event's, on the oldest PostgreSQL that can be used.
class OldestPostgresTest extends PublishedFile {
  @TempDir private static Path data;
  private static OtherPostgres server;
  private static World world;

  @BeforeAll
  static void open() throws IOException {
    server = OtherPostgres.start(15);
    world = World.start(data, Map.of(Setting.PORT, "0", Setting.DATABASE_URL, server.url()));
  }

  @AfterAll
  static void close() throws IOException {
    // Neither is there where the version is not installed.
    if (world != null) {
      world.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  World world() {
    return world;
  }

  @Test
  void keepsAnEventAndHandsItOn() throws IOException, InterruptedException {
    CommandRun added =
        CommandRun.of(
            Map.of("ENTREPOT_DATA", data.toString()),
            InboxCommands.SECRET,
            "connection",
            "add",
            "shop",
            "--kind",
            "shopify",
            "--tenant",
            "acme");
    assertThat(added.code()).as(added.err()).isZero();
    HttpRequest delivery =
        InboxCommands.delivery(
            world.program().address().resolve("/hooks/shop"),
            InboxCommands.SECRET,
            "event-1",
            InboxCommands.TOPIC,
            InboxCommands.body(1, 1));
    try (HttpClient shop = HttpClient.newHttpClient()) {
      assertThat(shop.send(delivery, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
    Patience.await(
        "the event's end",
        () ->
            !ok("events", "list", "--state", "written", "-o", "json")
                .json()
                .path("items")
                .isEmpty());
    assertThat(ok("audit").out()).contains("balance");
  }
}
