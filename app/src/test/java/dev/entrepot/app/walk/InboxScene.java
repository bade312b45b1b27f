package dev.entrepot.app.walk;

import dev.entrepot.app.Patience;
import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.simulators.sender.Disorder;
import dev.entrepot.simulators.sender.Pace;
import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.RetryPolicy.Removal;
import dev.entrepot.simulators.shopify.Oddities;
import dev.entrepot.simulators.shopify.ShopifySender;
import dev.entrepot.simulators.shopify.ShopifyWorld;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One of everything that has a page in the inbox, beside what the demo has.
final class InboxScene {
  static final String DESTINATION = "crm";

  /// Whose secret cannot be read.
  static final String LACKING = "lacking";

  /// That somebody removes.
  static final String BYGONE = "bygone";

  /// Whose events are fetched, in vain.
  static final String QUEUE = "queue";

  private static final String SHOPS = "shops";
  private static final String SECRET = "a secret of the demo";
  private static final String TENANT = "demo";

  private final Api api;

  private InboxScene(Api api) {
    this.api = api;
  }

  /// Returns when all of it is there.
  static void furnish(Api api, URI address) {
    InboxScene scene = new InboxScene(api);
    scene.connections();
    JsonNode _ =
        api.post(
            Query.of("/destinations"),
            tenant().put("name", DESTINATION).put("url", "https://crm.invalid/hooks"));
    ObjectNode rule = tenant().put("name", "A shop leaves").put("active", true);
    rule.set("condition", Api.object().put("kind", "app_uninstalled"));
    JsonNode _ = api.post(Query.of("/inbox/alert-rules"), rule);
    tell(address.resolve("/hooks/" + SHOPS));
    scene.await("/inbox/alerts?tenant=" + TENANT);
    scene.await("/inbox/privacy?tenant=" + TENANT);
    scene.await("/deliveries?destination=" + DESTINATION);
    scene.acts();
  }

  private static ObjectNode tenant() {
    return Api.object().put("tenant", TENANT);
  }

  private void connections() {
    JsonNode _ =
        api.post(
            Query.of("/inbox/connections"),
            tenant()
                .put("name", LACKING)
                .put("kind", "shopify")
                .put("secret", "env:ENTREPOT_WALK_NO_SUCH_VARIABLE"));
    JsonNode _ =
        api.post(
            Query.of("/inbox/connections"),
            tenant().put("name", BYGONE).put("kind", "shopify").put("secret", SECRET));
    ObjectNode queue = tenant().put("name", QUEUE).put("kind", "shopify-eventbridge");
    queue.set(
        "settings",
        Api.object()
            .put("queue-url", "https://sqs.eu-central-1.amazonaws.com/123456789012/walk.fifo")
            .put("access-key-id", "env:ENTREPOT_WALK_NO_SUCH_VARIABLE")
            .put("secret-access-key", "env:ENTREPOT_WALK_NO_SUCH_VARIABLE"));
    JsonNode _ = api.post(Query.of("/inbox/connections"), queue);
    JsonNode _ =
        api.post(
            Query.of("/inbox/connections/payments/secret"),
            Api.object().put("secret", "whsec_another_secret_of_the_walk"));
  }

  private static void tell(URI hook) {
    Instant now = Instant.now();
    String shop = ShopifyWorld.shop(1);
    PlannedEvent leaves = Oddities.uninstalled("walk-leaves", shop, now);
    PlannedEvent forget = Oddities.redactCustomer("walk-forget", shop, "77", "1", now);
    try (ShopifySender sender =
        new ShopifySender(List.of(hook), SECRET, Pace.LIFE, 1, Removal.KEPT)) {
      var report =
          sender.send(Disorder.NONE.plan(List.of(leaves, forget), new SplittableRandom(1)));
      if (report.delivered() != 2) {
        throw new IllegalStateException("the shop's events were not taken: " + report.fates());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the shop tells", e);
    }
  }

  /// What operators do: one letter mended, one left open, a key parked, a replay.
  private void acts() {
    JsonNode poison = letter("malformed");
    String letter = "/inbox/dead-letters/" + poison.path("id");
    JsonNode _ =
        api.post(
            Query.of(letter + "/edit"), Api.object().put("body", "{\"id\":1,\"title\":\"Lamp\"}"));
    // What was not handed on yet cannot be replayed.
    Patience.await(
        "the end of the second try",
        () -> !api.get(Query.of(letter)).path("state").stringValue("").equals("retrying"));
    String key = api.get(Query.of("/inbox/events")).at("/items/0/key").stringValue();
    JsonNode _ =
        api.post(
            Query.of("/inbox/keys/park"),
            Api.object().put("key", key).put("reason", "asked the shop"));
    JsonNode _ =
        api.post(
            Query.of("/inbox/replays"), Api.object().put("key", poison.path("key").stringValue()));
  }

  private JsonNode letter(String code) {
    for (JsonNode letter : api.get(Query.of("/inbox/dead-letters")).path("items")) {
      if (letter.path("code").stringValue("").equalsIgnoreCase(code)) {
        return letter;
      }
    }
    throw new IllegalStateException("the demo has no dead letter of " + code);
  }

  private void await(String path) {
    Patience.await("something at " + path, () -> !api.get(Query.of(path)).path("items").isEmpty());
  }
}
