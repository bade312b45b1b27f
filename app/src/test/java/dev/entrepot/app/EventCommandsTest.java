package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `events`, `tail`, `replay` and `trace` against the real program; see [InboxCommands].
class EventCommandsTest extends InboxCommands {
  @Test
  void aNewSenderIsConnectedTriedAndWatched() {
    assertThat(ok("connection", "kinds").out())
        .contains("shopify: Shopify", "the app's client secret", "signature-header=(required)");
    assertThat(ok("connection", "kinds", "recharge").out())
        .contains("store=(required)")
        .doesNotContain("stripe");
    CommandRun tried = ok("connection", "test", "shop");
    assertThat(tried.out()).contains("kept as event ");
    String event = order(1);
    assertThat(send("shop", SECRET, "event-1", TOPIC, body(1, 1)).answer().path("duplicate"))
        .hasToString("true");
    assertThat(send("shop", "forged", "event-x", TOPIC, body(1, 1)).status()).isEqualTo(401);
    assertThat(ok("events", "list", "--key", key(1)).out())
        .contains(event, TOPIC, key(1), "written");
    assertThat(
            json("events", "list", "-c", "shop", "--id", "event-1:" + TOPIC, "-o", "json")
                .at("/items/0/duplicates"))
        .hasToString("1");
    assertThat(ok("events", "list", "--key", key(1), "--what", "duplicates").out())
        .contains("DUPLICATE OF", event, "event-1", "signature", "duplicate")
        .doesNotContain("written");
    assertThat(
            json("events", "list", "--key", key(1), "--what", "both", "-o", "json")
                .path("items")
                .valueStream()
                .map(item -> item.path("state").asString()))
        .containsExactly("duplicate", "written");
    Patience.await(
        "a forged delivery in the count",
        () ->
            json("connection", "show", "shop", "-o", "json")
                    .at("/last_24_hours/refused/forged")
                    .asLong()
                > 0);
    assertThat(ok("connection", "show", "shop").out())
        .contains("/hooks/shop", "1 duplicate, refused: 1 forged", "••••1234")
        .doesNotContain(SECRET);
    assertThat(ok("connection", "list").out()).contains("shop", "shopify", "acme", "enabled");
    assertThat(ok("trace", key(1)).out()).contains("received", "written", "delivered again");
    assertThat(ok("events", "list", "--key", key(1), "--state", "written").out())
        .contains("AGE", "ATTEMPTS", event);
    assertThat(
            json("events", "list", "--key", key(1), "--state", "rejected", "-o", "json")
                .path("items"))
        .isEmpty();
    refused(2, "--state", "events", "list", "--state", "lost");
  }

  @Test
  void anEventIsShownWithItsBodyButNotWhatIsSecret() throws IOException {
    String event = order(2);
    assertThat(ok("events", "show", event).out())
        .contains(key(2), "written", "••••")
        .doesNotContain(signature(SECRET, body(2, 1)));
    assertThat(ok("events", "body", event).out()).isEqualTo(body(2, 1));
    Path file = files.resolve("body.json");
    ok("events", "body", event, "--to", file.toString());
    assertThat(file).hasContent(body(2, 1));
    refused(1, "there is no folder", "events", "body", event, "--to", files + "/none/x.json");
    Path absent = files.resolve("absent.json");
    refused(1, "there is no event 1-1", "events", "body", "1-1", "--to", absent.toString());
    assertThat(absent).doesNotExist();
    refused(1, "there is no event 1-1", "events", "show", "1-1");
    refused(1, "is no position of an event", "events", "show", "nonsense");
    refused(1, "there is no connection \"none\"", "events", "list", "--connection", "none");
    refused(2, "\"soon\" is no time", "events", "list", "--from", "soon");
  }

  @Test
  void eventsAreFollowedInTheOrderTheyCame() {
    String first = order(3);
    String second = order(4);
    assertThat(ok("tail", "--key", key(3), "--count", "1").out()).contains(first, key(3));
    String both = ok("tail", "--last", "100000", "--for", "0s").out();
    assertThat(both.indexOf(first)).isBetween(0, both.indexOf(second));
    CommandRun lines = ok("tail", "-n", "2", "--for", "0s", "--topic", TOPIC, "-o", "json");
    assertThat(lines.out().lines()).hasSize(2);
    assertThat(lines.out().lines())
        .allSatisfy(line ->
            assertThat(JsonMapper.shared().readTree(line).path("topic").asString())
                .isEqualTo(TOPIC));
    assertThat(ok("tail", "-n", "0", "--for", "0s").out()).isEmpty();
    refused(1, "there is no connection \"none\"", "tail", "--connection", "none");
  }

  @Test
  void eventsAreReplayedAfterAPreview() {
    String event = order(40);
    CommandRun preview = ok("replay", event);
    assertThat(preview.out().stripLeading())
        .startsWith("HANDLER")
        .contains("hot-store", "order 40");
    assertThat(preview.err())
        .contains("1 event would be handed on once more", "nothing was done; do it with --yes");
    JsonNode done = json("replay", "--key", key(40), "--yes", "-o", "json");
    assertThat(done.at("/books/unchanged").asInt()).isOne();
    assertThat(done.at("/books/pending").asInt()).isZero();
    String id = done.path("id").asString();
    assertThat(ok("replay", "show", id).out()).contains(key(40));
    assertThat(ok("replay", "list").out()).contains(id, key(40));
    assertThat(ok("replay", "--key", key(40), "--handler", "hot-store", "--yes").out())
        .contains("is done", "1 received = 0 written + 1 unchanged");

    String poison = order(41, "[");
    CommandRun rejected = run("replay", poison, "--yes");
    assertThat(rejected.code()).as(rejected.err()).isEqualTo(3);
    assertThat(rejected.out()).contains("1 rejected");
    refused(1, "no event that was handed on fits", "replay", "--key", "none");
    refused(1, "no event that was handed on fits", "replay", "--key", "none", "--yes");
    refused(1, "there is no connection \"none\"", "replay", "--connection", "none");
    refused(1, "there is no handler \"nosuch\"", "replay", event, "--handler", "nosuch");
    refused(
        1, "not before to", "replay", "--from", "2027-01-01", "--to", "2026-01-01", "--key", "a");
    refused(1, "is no position of an event", "replay", "nonsense");
    refused(1, "there is no replay", "replay", "show", "00000000-0000-7000-8000-000000000000");
  }

  @Test
  void aViewerLooksButDoesNothing() {
    JsonNode key = json("apikey", "add", "looks", "--role", "viewer", "-o", "json");
    Map<String, String> viewer = new HashMap<>();
    viewer.put("ENTREPOT_URL", program.address().toString());
    viewer.put("ENTREPOT_API_KEY", key.path("key").asString());
    assertThat(CommandRun.of(viewer, "", "events", "list").code()).isZero();
    assertThat(CommandRun.of(viewer, "", "tail", "--for", "0s").code()).isZero();
    assertThat(CommandRun.of(viewer, "", "replay", "--key", "a", "--yes").code()).isEqualTo(5);
    assertThat(CommandRun.of(viewer, "", "dead-letters", "retry", "--all").code()).isEqualTo(5);
    assertThat(CommandRun.of(viewer, "x", "secret", "rotate", "shop").code()).isEqualTo(5);
    assertThat(CommandRun.of(viewer, "", "connection", "pause", "shop").code()).isEqualTo(5);
  }
}
