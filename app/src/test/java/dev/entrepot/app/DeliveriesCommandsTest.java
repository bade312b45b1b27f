package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.connectors.shopify.ShopifyFactory;
import dev.entrepot.spi.event.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands of destinations and deliveries against the real program and a receiver on loopback.
class DeliveriesCommandsTest {
  private static final String SECRET = "a-secret-of-a-shop";
  private static final AtomicInteger STATUS = new AtomicInteger(200);
  private static final List<String> BODIES = new CopyOnWriteArrayList<>();

  @TempDir private static Path data;
  private static Program program;
  private static HttpServer receiver;

  @BeforeAll
  static void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          BODIES.add(
              new String(
                  exchange.getRequestBody().readAllBytes(),
                  java.nio.charset.StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(STATUS.get(), -1);
          exchange.close();
        });
    receiver.start();
    program =
        Program.start(
            new SettingsReader(Map.of())
                .read(data, Map.of(Setting.PORT, "0", Setting.WEBHOOK_REACH, "private-too")),
            Clock.systemUTC());
    program.announce();
    CommandRun added =
        CommandRun.of(
            Map.of("ENTREPOT_DATA", data.toString(), "ENTREPOT_SECRET", SECRET),
            "",
            "connection",
            "add",
            "shop",
            "--kind",
            "shopify",
            "--tenant",
            "acme");
    assertThat(added.code()).as(added.err()).isZero();
  }

  @AfterAll
  static void stop() {
    program.close();
    receiver.stop(0);
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(data, arguments);
  }

  private static CommandRun ok(String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  private static String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in";
  }

  /// As Shopify would send it.
  private static void sale(int number) {
    Delivery sale = new ShopifyFactory().sample(Map.of(), SECRET, number, Instant.now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(program.address().resolve("/hooks/shop"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(sale.body().bytes()));
    sale.headers()
        .values()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void await(int count, String state) {
    Patience.await(
        count + " deliveries that are " + state,
        () ->
            run("deliveries", "list", "--destination", "crm", "--state", state, "-o", "json")
                    .json()
                    .path("items")
                    .size()
                == count);
  }

  @Test
  void eventsAreDeliveredAndDeadDeliveriesRetried() {
    CommandRun added =
        ok("destination", "add", "crm", "--tenant", "acme", "--to", url(), "--title", "The CRM");
    assertThat(added.out()).contains("destination crm added", "shown this once: whsec_");
    assertThat(ok("destination", "show", "crm").out()).contains("The CRM").doesNotContain("whsec_");
    STATUS.set(200);
    assertThat(ok("destination", "test", "crm").out()).contains("taken, answered 200");
    assertThat(BODIES).anyMatch(body -> body.contains("entrepot.test"));

    ok("connection", "test", "shop");
    sale(1);
    await(1, "delivered");

    STATUS.set(410);
    sale(2);
    await(1, "dead");
    assertThat(ok("destination", "list").out()).contains("disabled", "410");
    String dead =
        ok("deliveries", "list", "--state", "dead", "-o", "json")
            .json()
            .at("/items/0/id")
            .asString();
    assertThat(ok("deliveries", "show", dead).out()).contains("410");

    STATUS.set(200);
    ok("destination", "enable", "crm");
    assertThat(ok("deliveries", "retry", dead).out()).contains("is tried again");
    await(2, "delivered");
    assertThat(ok("deliveries", "retry", "--destination", "crm").out()).contains("0 deliveries");
    assertThat(ok("destination", "rotate", "crm", "--overlap", "1h").out())
        .contains("signs with a new secret", "whsec_");
    assertThat(ok("destination", "edit", "crm", "--topic", "orders/*").out()).contains("changed");
    assertThat(ok("destination", "pause", "crm").out()).contains("paused");
  }

  @Test
  void whatCannotBeIsRefusedWithTheNextStep() {
    CommandRun unknown = run("destination", "show", "none");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("there is no destination \"none\"");
    assertThat(run("deliveries", "list", "--destination", "none").code()).isEqualTo(1);
    assertThat(run("deliveries", "retry").err()).contains("give the id of a delivery");
    assertThat(run("deliveries", "show", "x").code()).isEqualTo(1);
    CommandRun plain = run("destination", "add", "bad", "--tenant", "acme", "--to", "nothing");
    assertThat(plain.code()).isEqualTo(1);
    assertThat(plain.err()).contains("nothing");
  }
}
