package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Commands of the inbox against the real program, with a shop that signs as Shopify does.
class InboxCommandsTest {
  private static final String SECRET = "the-shops-client-secret-1234";
  private static final String TOPIC = "orders/create";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path data;
  @TempDir private static Path files;
  private static Program program;

  private record Sent(int status, JsonNode answer) {
    String event() {
      assertThat(status).as(answer.toString()).isEqualTo(200);
      return answer.path("event").asString();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    program =
        Program.start(
            new SettingsReader(Map.of()).read(data, Map.of(Setting.PORT, "0")), Clock.systemUTC());
    program.announce();
    CommandRun added =
        with(SECRET, "connection", "add", "shop", "--kind", "shopify", "--tenant", "acme");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("connection shop added").contains("/hooks/shop");
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    program.close();
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(data, arguments);
  }

  /// @param input on standard input
  private static CommandRun with(String input, String... arguments) {
    return CommandRun.of(Map.of("ENTREPOT_DATA", data.toString()), input, arguments);
  }

  private static CommandRun ok(String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  private static JsonNode json(String... arguments) {
    return ok(arguments).json();
  }

  private static void refused(int code, String message, String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.out()).isEqualTo(code);
    assertThat(ended.err()).contains(message).doesNotContain("Exception");
  }

  private static Sent send(String connection, String secret, String id, String topic, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(program.address().resolve("/hooks/" + connection))
            .header("X-Shopify-Hmac-Sha256", signature(secret, body))
            .header("X-Shopify-Topic", topic)
            .header("X-Shopify-Shop-Domain", "shop.example")
            .header("X-Shopify-Event-Id", id)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return new Sent(response.statusCode(), JsonMapper.shared().readTree(response.body()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String order(long id, String body) {
    return settled(send("shop", SECRET, "event-" + id, TOPIC, body).event());
  }

  private static String order(long id) {
    return order(id, body(id, 1));
  }

  private static String body(long id, int minute) {
    return "{\"id\":%d,\"name\":\"#%d\",\"updated_at\":\"2026-05-01T10:%02d:00Z\"}"
        .formatted(id, id, minute);
  }

  private static String key(long id) {
    return "shop.example/orders/" + id;
  }

  private static String signature(String secret, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String state(String event) {
    return json("events", "show", event, "-o", "json").path("state").asString();
  }

  private static String settled(String event) {
    await(() -> !state(event).equals("accepted"));
    return event;
  }

  private static void await(BooleanSupplier what) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!what.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come about").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static long letter(String event) {
    return json("events", "show", event, "-o", "json").path("dead_letter").asLong();
  }

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
    await(() ->
        json("connection", "show", "shop", "-o", "json")
                .at("/last_24_hours/refused/forged")
                .asLong()
            > 0);
    assertThat(ok("connection", "show", "shop").out())
        .contains("/hooks/shop", "1 duplicate, refused: 1 forged", "••••1234")
        .doesNotContain(SECRET);
    assertThat(ok("connection", "list").out()).contains("shop", "shopify", "acme", "enabled");
    assertThat(ok("trace", key(1)).out()).contains("received", "written", "delivered again");
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
  void aDeadLetterIsMendedFromAFileOrSkipped() throws IOException {
    String poison = order(10, "{\"id\":10,");
    long number = letter(poison);
    assertThat(ok("dead-letters", "show", "" + number).out())
        .contains("MALFORMED", "line 1", key(10));
    assertThat(ok("dead-letters", "list", "--key", key(10)).out()).contains("MALFORMED", "open");
    assertThat(ok("dead-letters", "causes").out()).contains("MALFORMED", "reading");
    CommandRun again = run("dead-letters", "retry", "" + number);
    assertThat(again.code()).as("it fails again").isEqualTo(1);
    assertThat(again.out()).contains("failed again: MALFORMED");
    Path mended = Files.writeString(files.resolve("mended.json"), body(10, 2));
    assertThat(ok("dead-letters", "edit", "" + number, "--file", mended.toString()).out())
        .contains("is resolved");
    assertThat(state(poison)).isEqualTo("written");
    assertThat(ok("events", "body", poison).out()).as("what came is kept").isEqualTo("{\"id\":10,");

    long other = letter(order(11, "{\"id\":11,"));
    assertThat(with(body(11, 2), "dead-letters", "edit", "" + other, "--file", "-").out())
        .contains("is resolved");
    long third = letter(order(12, "{\"id\":12,"));
    assertThat(ok("dead-letters", "skip", "" + third, "--reason", "no use").out())
        .contains("is skipped");
    assertThat(json("dead-letters", "show", "" + third, "-o", "json").path("note").asString())
        .isEqualTo("no use");
    refused(1, "there is no dead letter 99999", "dead-letters", "show", "99999");
    refused(
        1,
        "dead letter " + third + " is skipped since ",
        "dead-letters",
        "skip",
        "" + third,
        "--reason",
        "again");
    assertThat(ok("trace", key(10)).out())
        .containsSubsequence(
            "received", "given up", "tried again", "given up", "mended", "written");
    JsonNode mendedEvent = json("events", "show", poison, "-o", "json");
    assertThat(mendedEvent.path("history").get(5).path("at"))
        .isEqualTo(mendedEvent.path("settled_at"));
    assertThat(ok("events", "show", poison).out())
        .containsSubsequence("given up", "mended", "by API key local", "written");
    refused(2, "is no file that can be read", "dead-letters", "edit", "" + third, "--file", "no");
    Path binary = Files.write(files.resolve("binary"), new byte[] {'"', (byte) 0xff, '"'});
    refused(1, "is no UTF-8", "dead-letters", "edit", "" + third, "--file", binary.toString());
  }

  @Test
  void aDeadLetterIsMendedInAnEditor() throws IOException {
    long number = letter(order(13, "{\"id\":13,"));
    Path editor = files.resolve("editor.sh");
    Files.writeString(editor, "printf '%s' '" + body(13, 3) + "' > \"$1\"\n");
    assertThat(edit("sh " + editor, number).out()).contains("is resolved");
    long unchanged = letter(order(14, "{\"id\":14,"));
    CommandRun left = edit("true", unchanged);
    assertThat(left.code()).isEqualTo(1);
    assertThat(left.err()).contains("the body was not changed; nothing was done");
    assertThat(edit("false", unchanged).err()).contains("ended with 1; nothing was done");
    CommandRun without = edit(" ", unchanged);
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("set EDITOR");
    assertThat(json("dead-letters", "show", "" + unchanged, "-o", "json").path("state").asString())
        .isEqualTo("open");
  }

  private static CommandRun edit(String editor, long number) {
    return CommandRun.of(
        Map.of("ENTREPOT_DATA", data.toString(), "EDITOR", editor),
        "",
        "dead-letters",
        "edit",
        "" + number);
  }

  @Test
  void manyDeadLettersArePlannedFirst() {
    String topic = "nonesuch/created";
    for (int i = 0; i < 3; i++) {
      settled(send("shop", SECRET, "many-" + i, topic, body(20 + i, 1)).event());
    }
    CommandRun plan = ok("dead-letters", "retry", "--topic", topic);
    assertThat(plan.out()).contains("would be tried again: 3", "UNKNOWN_TOPIC");
    assertThat(plan.err()).contains("nothing was done");
    assertThat(json("dead-letters", "list", "--topic", topic, "-o", "json").path("items"))
        .hasSize(3);
    JsonNode skip =
        json("dead-letters", "skip", "--topic", topic, "--reason", "not ours", "-o", "json");
    String id = skip.path("id").asString();
    assertThat(ok("dead-letters", "apply", id).out()).contains("dead letters dealt with: 3");
    refused(1, "there is no plan " + id, "dead-letters", "apply", id);
    assertThat(ok("dead-letters", "list", "--topic", topic, "--state", "skipped").out())
        .contains("skipped");
    assertThat(ok("dead-letters", "skip", "--topic", topic, "--reason", "not ours", "--yes").err())
        .contains("no open dead letter fits");
    refused(1, "state", "dead-letters", "list", "--state", "rotten");
  }

  @Test
  void aKeyIsHeldAndLetGo() {
    refused(1, "no event of key", "dead-letters", "park", key(30), "--reason", "asked the shop");
    ok("dead-letters", "park", key(30), "--reason", "asked the shop", "--force");
    String event = order(30);
    assertThat(state(event)).isEqualTo("parked");
    assertThat(ok("dead-letters", "held").out()).contains(key(30), "parked", "asked the shop");
    refused(1, key(30), "dead-letters", "park", key(30), "--reason", "again");
    ok("dead-letters", "release", key(30));
    await(() -> state(event).equals("written"));
    refused(1, "is not parked", "dead-letters", "release", key(30));
    assertThat(ok("trace", key(30)).out())
        .containsSubsequence(
            "key parked", "asked the shop", "received", "waiting", "key released", "written");
  }

  @Test
  void eventsAreReplayedAfterAPreview() {
    String event = order(40);
    CommandRun preview = ok("replay", event);
    assertThat(preview.out())
        .contains("1 event would be handed on once more", "hot-store", "order 40");
    assertThat(preview.err()).contains("nothing was done; do it with --yes");
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
    refused(1, "secret 2 is the newest", "secret", "drop", "keys", "2");
    refused(1, "has no secret 7; it has 2 and 1", "secret", "drop", "keys", "7");
    ok("secret", "drop", "keys", "1");
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
    assertThat(ok("connection", "remove", "leaves", "--yes").out())
        .contains("connection leaves is removed", "410");
    assertThat(send("leaves", SECRET, "l-2", TOPIC, body(70, 1)).status()).isEqualTo(410);
    assertThat(ok("connection", "list").out()).doesNotContain("leaves");
    refused(1, "connection leaves was removed", "connection", "show", "leaves");
    assertThat(ok("events", "list", "--connection", "leaves").out()).contains(event);
    assertThat(settled(event)).isEqualTo(event);
    assertThat(ok("replay", event, "--yes").out()).contains("is done");
  }

  @Test
  void aViewerLooksButDoesNothing() {
    JsonNode key = json("apikey", "create", "looks", "--role", "viewer", "-o", "json");
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
