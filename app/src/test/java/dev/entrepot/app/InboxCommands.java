package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real program with a shop that signs as Shopify does, for tests of commands of the inbox: one
/// program for each class of tests.
abstract class InboxCommands {
  static final String SECRET = "the-shops-client-secret-1234";
  static final String TOPIC = "orders/create";

  static HttpClient client;

  @TempDir static Path data;
  @TempDir static Path files;
  static Program program;

  record Sent(int status, JsonNode answer) {
    String event() {
      assertThat(status).as(answer.toString()).isEqualTo(200);
      return answer.path("event").asString();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    client = HttpClient.newHttpClient();
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
    client.close();
    program.close();
  }

  static CommandRun run(String... arguments) {
    return CommandRun.of(data, arguments);
  }

  /// @param input on standard input
  static CommandRun with(String input, String... arguments) {
    return CommandRun.of(Map.of("ENTREPOT_DATA", data.toString()), input, arguments);
  }

  static CommandRun ok(String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  static JsonNode json(String... arguments) {
    return ok(arguments).json();
  }

  static void refused(int code, String message, String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.out()).isEqualTo(code);
    assertThat(ended.err()).contains(message).doesNotContain("Exception");
  }

  /// What a shop sends to a connection's address.
  static HttpRequest delivery(URI hook, String secret, String id, String topic, String body) {
    return HttpRequest.newBuilder(hook)
        .header("X-Shopify-Hmac-Sha256", signature(secret, body))
        .header("X-Shopify-Topic", topic)
        .header("X-Shopify-Shop-Domain", "shop.example")
        .header("X-Shopify-Event-Id", id)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  static Sent send(String connection, String secret, String id, String topic, String body) {
    HttpRequest request =
        delivery(program.address().resolve("/hooks/" + connection), secret, id, topic, body);
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Sent(response.statusCode(), JsonMapper.shared().readTree(response.body()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String order(long id, String body) {
    return settled(send("shop", SECRET, "event-" + id, TOPIC, body).event());
  }

  static String order(long id) {
    return order(id, body(id, 1));
  }

  static String body(long id, int minute) {
    return "{\"id\":%d,\"name\":\"#%d\",\"updated_at\":\"2026-05-01T10:%02d:00Z\"}"
        .formatted(id, id, minute);
  }

  static String key(long id) {
    return "shop.example/orders/" + id;
  }

  static String signature(String secret, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String state(String event) {
    return json("events", "show", event, "-o", "json").path("state").asString();
  }

  static String settled(String event) {
    Patience.await("an outcome of " + event, () -> !state(event).equals("accepted"));
    return event;
  }

  static long letter(String event) {
    return json("events", "show", event, "-o", "json").path("dead_letter").asLong();
  }
}
