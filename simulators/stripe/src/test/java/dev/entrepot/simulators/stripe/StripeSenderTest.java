package dev.entrepot.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.connectors.stripe.StripeFactory;
import dev.entrepot.simulators.sender.Disorder;
import dev.entrepot.simulators.sender.Pace;
import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.Report;
import dev.entrepot.simulators.sender.Story;
import dev.entrepot.simulators.sender.Story.Ending;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StripeSenderTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private final EventSource source = new StripeFactory().open(Map.of("account", "acct_1"));

  @Test
  void deliveriesAreGenuine() throws IOException, InterruptedException {
    Story story = StripeWorld.story("acct_1", 5, 40, 1, START);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Body body = Body.of(exchange.getRequestBody().readAllBytes());
            Verdict verdict =
                source.verify(
                    new Delivery(new Headers(exchange.getRequestHeaders()), body),
                    List.of("secret"),
                    Instant.now());
            exchange.sendResponseHeaders(verdict instanceof Verdict.Genuine ? 200 : 401, -1);
          }
        });
    server.start();
    URI endpoint =
        URI.create(
            "http://%s:%d/"
                .formatted(
                    server.getAddress().getAddress().getHostAddress(),
                    server.getAddress().getPort()));
    try (StripeSender sender =
        new StripeSender(
            List.of(endpoint),
            "secret",
            new Pace(1_000_000_000, 1_000_000_000),
            4,
            StripeSender.POLICY)) {
      Report report = sender.send(Disorder.NONE.plan(story.events(), new Random(1)));
      assertThat(report.delivered()).isEqualTo(story.events().size());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theStoryIsReadAsItWasTold() {
    Story story = StripeWorld.story("acct_1", 20, 500, 2, START);
    assertThat(story).isEqualTo(StripeWorld.story("acct_1", 20, 500, 2, START));

    Map<String, String> heard = new HashMap<>();
    int incidents = 0;
    for (PlannedEvent event : story.events()) {
      Delivery delivery = new Delivery(Headers.of(event.headers()), Body.of(event.body()));
      Message message =
          new Message(source.identify(delivery), delivery.headers(), delivery.body(), START);
      assertThat(message.identity().key()).isEqualTo(event.key());
      Facts facts = source.read(message);
      incidents += facts.incidents().size();
      for (EntityChange change : facts.changes()) {
        heard.put(event.key(), ((EntityChange.Present) change).document());
      }
    }

    Map<String, String> told = new HashMap<>();
    story
        .endings()
        .forEach((thing, ending) -> told.put(thing.key(), ((Ending.Stands) ending).body()));
    assertThat(heard).isEqualTo(told);
    assertThat(incidents).isPositive();
  }

  @Test
  void troublesAreReadAsWhatTheyAre() {
    assertThat(incident(Troubles.paymentFailed("evt_1", "acct_1", "pi_1", "eur", 250_000, START)))
        .extracting(Incident::kind, incident -> String.valueOf(incident.amount()))
        .containsExactly(Incident.Kind.CHARGE_FAILED, "2500.00 EUR");
    assertThat(incident(Troubles.disputed("evt_2", "acct_1", "dp_1", "usd", 12_900, START)))
        .extracting(Incident::kind, Incident::subject)
        .containsExactly(Incident.Kind.DISPUTE_OPENED, "dp_1");
  }

  private Incident incident(PlannedEvent event) {
    Delivery delivery = new Delivery(Headers.of(event.headers()), Body.of(event.body()));
    return source
        .read(new Message(source.identify(delivery), delivery.headers(), delivery.body(), START))
        .incidents()
        .getFirst();
  }
}
