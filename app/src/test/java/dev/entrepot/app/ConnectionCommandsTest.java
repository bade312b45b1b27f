package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `connection` and `secret` against the real program; see [InboxCommands].
class ConnectionCommandsTest extends InboxCommands {
  @Test
  void aConnectionIsChangedPausedAndDisabled() {
    assertThat(
            with(SECRET, "connection", "add", "other", "--kind", "shopify", "--tenant", "acme")
                .code())
        .isZero();
    ok("connection", "edit", "other", "--title", "Other", "--after-dead-letter", "park");
    ok("connection", "edit", "other", "--max-body-bytes", "60");
    JsonNode shown = json("connection", "show", "other", "-o", "json");
    assertThat(shown.path("title").asString()).isEqualTo("Other");
    assertThat(shown.path("dead_letters").asString()).isEqualTo("park");
    assertThat(send("other", SECRET, "o-1", TOPIC, body(50, 1) + " ".repeat(60)).status())
        .isEqualTo(413);
    refused(1, "no setting \"colour\"", "connection", "edit", "other", "--set", "colour=red");
    ok("connection", "pause", "other");
    assertThat(send("other", SECRET, "o-2", TOPIC, body(50, 1)).status()).isEqualTo(200);
    ok("connection", "disable", "other");
    assertThat(send("other", SECRET, "o-3", TOPIC, body(50, 1)).status()).isEqualTo(403);
    assertThat(run("connection", "test", "other").out()).contains("refused with 403");
    ok("connection", "enable", "other");
    refused(1, "there is no connection \"none\"", "connection", "show", "none");
    refused(1, "there is no connection \"none\"", "connection", "pause", "none");
  }

  @Test
  void settingsOfAKindAreGivenAndTakenBack() {
    CommandRun added =
        with(
            "erp-secret",
            "connection",
            "add",
            "erp",
            "--kind",
            "hmac",
            "--tenant",
            "acme",
            "--set",
            "signature-header=X-Signature",
            "--set",
            "prefix=sha256=",
            "--set",
            "topic=/type");
    assertThat(added.code()).as(added.err()).isZero();
    JsonNode settings = json("connection", "show", "erp", "-o", "json").path("settings");
    assertThat(settings.path("prefix").asString()).isEqualTo("sha256=");
    ok("connection", "edit", "erp", "--unset", "prefix", "--set", "topic=");
    settings = json("connection", "show", "erp", "-o", "json").path("settings");
    assertThat(settings.has("prefix")).isFalse();
    assertThat(settings.path("topic").asString()).isEmpty();
    refused(
        2,
        "senders of kind hmac have no setting \"topc\"; they have signature-header",
        "connection",
        "edit",
        "erp",
        "--unset",
        "topc");
    assertThat(ok("connection", "show", "erp").out())
        .containsPattern("after a dead letter +its key goes on \\(release\\)")
        .containsPattern("largest event +10,485,760 bytes")
        .containsPattern("setting signature-header +X-Signature")
        .doesNotContain("most body bytes", "T0");
    assertThat(with("s", "connection", "add", "bad", "--kind", "hmac", "--tenant", "a").err())
        .contains("signature-header is missing");
    refused(1, "there is no kind", "connection", "add", "bad", "--kind", "fax", "--tenant", "a");
    assertThat(
            with(SECRET, "connection", "add", "shop", "--kind", "shopify", "--tenant", "a").err())
        .contains("shop exists already");
    CommandRun later =
        ok("connection", "add", "later", "--kind", "shopify", "--tenant", "a", "--no-secret");
    assertThat(later.err()).contains("it does not work yet", "has no secret yet");
  }

  @Test
  void secretsAreRotatedAndDroppedAndNeverShown() throws IOException {
    String first = "first-secret-long-enough-aaaa";
    String second = "second-secret-long-enough-bbbb";
    Map<String, String> environment = new HashMap<>();
    environment.put("ENTREPOT_DATA", data.toString());
    environment.put("ENTREPOT_SECRET", first);
    CommandRun added =
        CommandRun.of(
            environment, "", "connection", "add", "keys", "--kind", "shopify", "--tenant", "acme");
    assertThat(added.code()).as(added.err()).isZero();
    Path file = Files.writeString(files.resolve("secret"), second + "\n");
    CommandRun rotated =
        ok("secret", "rotate", "keys", "--secret-file", file.toString(), "--overlap", "1h");
    assertThat(rotated.out()).contains("secret 2 of connection keys is valid now; secret 1 until ");
    assertThat(with(second, "secret", "rotate", "keys").err())
        .contains("this is secret 2 of connection keys already");
    assertThat(with("x", "secret", "rotate", "keys").err()).contains("1 of at least 8 characters");
    assertThat(send("keys", first, "k-1", TOPIC, body(60, 1)).status()).isEqualTo(200);
    assertThat(send("keys", second, "k-2", TOPIC, body(60, 1)).status()).isEqualTo(200);
    CommandRun listed = ok("secret", "list", "keys");
    assertThat(listed.out()).contains("••••aaaa", "••••bbbb", "sealed in the database");
    assertThat(json("secret", "list", "keys", "-o", "json").path("items")).hasSize(2);
    refused(1, "secret 2 is the newest", "secret", "remove", "keys", "2");
    refused(1, "has no secret 7; it has 2 and 1", "secret", "remove", "keys", "7");
    ok("secret", "remove", "keys", "1");
    assertThat(send("keys", first, "k-3", TOPIC, body(60, 1)).status()).isEqualTo(401);
    assertThat(added.out() + rotated.out() + listed.out()).doesNotContain(first, second);
  }

  @Test
  void aSecretIsTakenFromNowhereThatOthersRead() {
    refused(2, "does not belong on a command line", "secret", "rotate", "shop", "--secret-at", "x");
    refused(2, "no secret was given", "secret", "rotate", "shop");
    refused(2, "does not exist", "secret", "rotate", "shop", "--secret-file", files + "/none");
    refused(
        2, "not both", "secret", "rotate", "shop", "--secret-file", "-", "--secret-at", "env:A");
    assertThat(with("env:HOME", "secret", "rotate", "shop").err()).contains("use --secret-at");
    refused(1, "there is no connection \"none\"", "secret", "rotate", "none");
    ok("connection", "add", "outside", "--kind", "shopify", "--tenant", "a", "--no-secret");
    String missing = "env:ENTREPOT_TEST_THAT_IS_NOT_SET";
    CommandRun rotated = ok("secret", "rotate", "outside", "--secret-at", missing);
    assertThat(rotated.err()).contains("it does not work yet", missing);
    assertThat(ok("secret", "list", "outside").out()).contains(missing);
  }

  @Test
  void aConnectionIsRemovedAndItsEventsStay() {
    assertThat(
            with(SECRET, "connection", "add", "leaves", "--kind", "shopify", "--tenant", "acme")
                .code())
        .isZero();
    String event = send("leaves", SECRET, "l-1", TOPIC, body(70, 1)).event();
    refused(1, "connection leaves received an event at", "connection", "remove", "leaves");
    refused(1, "with --yes it is removed now", "connection", "remove", "leaves");
    assertThat(ok("connection", "remove", "leaves", "--yes").out())
        .contains("connection leaves is removed", "410");
    assertThat(send("leaves", SECRET, "l-2", TOPIC, body(70, 1)).status()).isEqualTo(410);
    assertThat(ok("connection", "list").out()).doesNotContain("leaves");
    refused(1, "connection leaves was removed", "connection", "show", "leaves");
    assertThat(ok("events", "list", "--connection", "leaves").out()).contains(event);
    assertThat(settled(event)).isEqualTo(event);
    assertThat(ok("replay", event, "--yes").out()).contains("is done");
  }
}
