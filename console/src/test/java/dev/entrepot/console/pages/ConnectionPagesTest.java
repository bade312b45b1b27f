package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of connections over real HTTP, used without scripts.
class ConnectionPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);

  @BeforeAll
  static void furnish() {
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("viewer@example.com", Role.VIEWER, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static Visit by(String name) {
    return Visit.of(CONSOLE, name + "@example.com");
  }

  private static String shown(Visit visit, String path) {
    Reply reply = visit.open(path);
    assertThat(reply.status()).as(path + ": " + reply.text()).isEqualTo(200);
    return reply.text();
  }

  @Test
  void theKindIsChosenFirstAndOnlyItsSettingsAreAsked() {
    Visit admin = by("admin");
    assertThat(shown(admin, "/inbox/new-connection"))
        .contains("/inbox/new-connection?kind=plain", "/inbox/new-connection?kind=waiting")
        .doesNotContain("settings.");
    String plain = shown(admin, "/inbox/new-connection?kind=plain");
    assertThat(plain)
        .contains("name=\"settings.mood\"", "How it sends. Default: calm.", "Shop domain")
        .contains("<option value=\"calm\" selected>", "Anything.", "name=\"secret\"")
        .doesNotContain("settings.place");
    assertThat(shown(admin, "/inbox/new-connection?kind=waiting"))
        .contains("name=\"settings.place\"")
        .doesNotContain("settings.mood", "name=\"secret\"");
    assertThat(admin.open("/inbox/new-connection?kind=none").status()).isEqualTo(404);
  }

  @Test
  void aSettingThatCannotBeIsMarkedAtItsField() {
    Visit admin = by("admin");
    Reply refused =
        admin.post(
            "/inbox/connections",
            "name",
            "moody",
            "kind",
            "plain",
            "tenant",
            "main",
            "settings.mood",
            "grim");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("settings.mood-error", "cannot be \"grim\"");
    Reply missing =
        admin.post(
            "/inbox/connections",
            "name",
            "nowhere",
            "kind",
            "waiting",
            "tenant",
            "main",
            "settings.place",
            " ");
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.text()).contains("settings.place-error");
  }

  @Test
  void settingsAreMadeAndChangedByTheirFields() {
    Visit admin = by("admin");
    admin.post(
        "/inbox/connections",
        "name",
        "fields",
        "kind",
        "plain",
        "tenant",
        "main",
        "secret",
        "hush",
        "settings.mood",
        "calm",
        "settings.shop-domain",
        "a.example");
    assertThat(CONSOLE.inbox().connections().open("fields").orElseThrow().connection().settings())
        .isEqualTo(Map.of("shop-domain", "a.example"));
    String page = shown(admin, "/inbox/connections/fields");
    assertThat(page).contains("value=\"a.example\"", "<option value=\"calm\" selected>");
    Matcher version = Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(page);
    assertThat(version.find()).isTrue();
    Reply changed =
        admin.post(
            "/inbox/connections/fields",
            "kind",
            "plain",
            "tenant",
            "main",
            "title",
            "Fields",
            "version",
            version.group(1),
            "settings.mood",
            "brisk",
            "settings.shop-domain",
            "");
    assertThat(changed.status()).as(changed.text()).isEqualTo(303);
    assertThat(CONSOLE.inbox().connections().open("fields").orElseThrow().connection().settings())
        .isEqualTo(Map.of("mood", "brisk"));
    assertThat(shown(by("viewer"), "/inbox/connections/fields"))
        .contains("<code>brisk</code>")
        .doesNotContain("settings.mood");
  }

  @Test
  void aSecretThatCannotBeReadIsNoValidOne() {
    connection("lacking", "env:ENTREPOT_TEST_NO_SUCH_VARIABLE");
    assertThat(shown(by("viewer"), "/inbox/connections/lacking"))
        .contains("Cannot be read", "has no value for it", "notice is-bad")
        .doesNotContain("> Valid<", ">Valid<");
    assertThat(shown(by("viewer"), "/inbox/connections"))
        .contains("The environment has no value for env:ENTREPOT_TEST_NO_SUCH_VARIABLE");
  }

  @Test
  void secretsAreToldByTheirEndingsAndOlderOnesDropped() {
    connection("dropping", "first-secret-of-some-length-1111");
    CONSOLE
        .inbox()
        .connections()
        .rotate(
            TestConsole.TEST, "dropping", "second-secret-of-some-length-2222", Duration.ofHours(1));
    String drop = "/inbox/connections/dropping/secrets/1/drop";
    Visit admin = by("admin");
    assertThat(shown(admin, "/inbox/connections/dropping"))
        .contains("<code>1111</code>", "<code>2222</code>", drop)
        .doesNotContain("/secrets/2/drop", "some-length");
    assertThat(shown(by("viewer"), "/inbox/connections/dropping")).doesNotContain(drop);
    assertThat(by("viewer").post(drop).status()).isEqualTo(403);
    Reply dropped = admin.post(drop);
    assertThat(shown(admin.carrying(dropped), "/inbox/connections/dropping"))
        .contains("Secret No. 1 was dropped.")
        .doesNotContain("<code>1111</code>");
    assertThat(admin.post("/inbox/connections/dropping/secrets/2/drop").status()).isEqualTo(303);
    assertThat(shown(admin, "/inbox/connections/dropping")).contains("<code>2222</code>");
  }

  @Test
  void theLastDaysDeliveriesOfAConnectionAreCounted() {
    connection("counted", "right");
    post("counted", Map.of("Secret", "right", "Id", "one"));
    post("counted", Map.of("Secret", "right", "Id", "one"));
    post("counted", Map.of("Secret", "wrong", "Id", "two"));
    post("counted", Map.of("Secret", "wrong", "Id", "three"));
    post("counted", Map.of("Secret", "right"));
    var _ = CONSOLE.inbox().intake().tooLarge("counted");
    WORLD.sent("of-another-connection", "{}");
    CONSOLE.inbox().figures().flush();
    String page = shown(by("viewer"), "/inbox/connections/counted").replaceAll("\\s+", " ");
    assertThat(tile(page, "Accepted")).isEqualTo("1");
    assertThat(tile(page, "Repeats")).isEqualTo("1");
    assertThat(tile(page, "Forged")).isEqualTo("2");
    assertThat(tile(page, "Stale")).isEqualTo("0");
    assertThat(tile(page, "Malformed")).isEqualTo("1");
    assertThat(tile(page, "Too large")).isEqualTo("1");
  }

  @Test
  void aConnectionIsRemovedByItsNameAndOnlyWhenItIsMeant() {
    connection("leaving", "right");
    connection("silent", "right");
    post("leaving", Map.of("Secret", "right", "Id", "last"));
    String remove = "/inbox/connections/leaving/remove";
    Visit admin = by("admin");
    assertThat(shown(admin, "/inbox/connections/leaving")).contains(remove);
    assertThat(shown(by("viewer"), "/inbox/connections/leaving")).doesNotContain(remove);
    assertThat(by("viewer").post(remove, "confirmed", "leaving").status()).isEqualTo(403);

    Reply mistaken = admin.post(remove, "confirmed", "leavin");
    assertThat(mistaken.status()).isEqualTo(422);
    assertThat(mistaken.text()).contains("confirmed-error", "“leavin” is not its name");
    Reply lately = admin.post(remove, "confirmed", "leaving");
    assertThat(lately.status()).isEqualTo(409);
    assertThat(lately.text()).contains("recent-error", "received an event at", "value=\"leaving\"");
    assertThat(CONSOLE.inbox().connections().open("leaving")).isPresent();

    Reply removed = admin.post(remove, "confirmed", "leaving", "recent", "true");
    assertThat(shown(admin.carrying(removed), "/inbox/connections"))
        .contains("Connection leaving was removed.")
        .doesNotContain("/inbox/connections/leaving\"");
    assertThat(admin.open("/inbox/connections/leaving").status()).isEqualTo(404);
    assertThat(shown(admin, "/inbox?connection=leaving")).contains("last");
    assertThat(admin.post("/inbox/connections/silent/remove", "confirmed", "silent").status())
        .isEqualTo(303);
  }

  private static String tile(String page, String label) {
    Matcher value =
        Pattern.compile("<dt>" + label + "</dt>.*?<span[^>]*>([\\d,]+)</span>").matcher(page);
    assertThat(value.find()).as(label).isTrue();
    return value.group(1);
  }

  private static void post(String connection, Map<String, String> headers) {
    var _ =
        CONSOLE
            .inbox()
            .intake()
            .accept(connection, new Delivery(Headers.of(headers), Body.of("{}")));
  }

  private static void connection(String name, String secret) {
    var _ =
        CONSOLE
            .inbox()
            .connections()
            .create(TestConsole.TEST, ConnectionDraft.of(name, "main", "plain", Map.of()), secret);
  }
}
