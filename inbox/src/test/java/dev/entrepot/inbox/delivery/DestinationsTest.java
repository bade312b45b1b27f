package dev.entrepot.inbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.inbox.FieldFault;
import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.delivery.Destination.State;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.hotstore.DueEvents;
import dev.entrepot.kit.outbound.Receiver;
import dev.entrepot.kit.outbound.WebhookReach;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
  private static final String URL = "https://example.com/hook";

  private final DeliveryWorld world = new DeliveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private static DestinationDraft draft(List<String> topics, List<String> connections) {
    return new DestinationDraft(
        "crm", DueEvents.TENANT, "The CRM", URL, topics, connections, State.ENABLED);
  }

  @Test
  void aSecretIsMadeAndToldOnce() {
    Destinations.WithSecret made =
        world.destinations.create(DeliveryWorld.ANNA, draft(List.of(), List.of()), null);
    assertThat(made.secret()).startsWith("whsec_");
    assertThat(made.toString()).doesNotContain("whsec_");
    assertThat(world.destinations.all()).containsExactly(made.destination());
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(
            () -> world.destinations.create(DeliveryWorld.ANNA, draft(List.of(), List.of()), null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.CONFLICT));
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() ->
            world.destinations.update(
                DeliveryWorld.ANNA, draft(List.of("orders/*"), List.of()), 99))
        .withMessageContaining("revision");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/, url",
    "https://user@example.com/, url",
    "https://example.com/#x, url",
    "ftp://127.0.0.1/, url"
  })
  void addressesThatAreNotTaken(String url, String field) {
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() ->
            world.destinations.create(
                DeliveryWorld.ANNA,
                DestinationDraft.of("crm", DueEvents.TENANT, URI.create(url)),
                null))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://127.0.0.1/", "https://10.1.2.3/", "https://192.168.1.7/hooks"})
  void privateAddressesAreNotTakenUnlessAllowed(String url) {
    DestinationCheck check = new DestinationCheck(WebhookReach.PUBLIC);
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(
            () -> check.require(DestinationDraft.of("crm", DueEvents.TENANT, URI.create(url))));
    world.destinations.create(
        DeliveryWorld.ANNA, DestinationDraft.of("crm", DueEvents.TENANT, URI.create(url)), null);
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithTheSettingThatWouldAllowIt() {
    DestinationCheck check = new DestinationCheck(WebhookReach.PUBLIC);
    DestinationDraft draft =
        DestinationDraft.of("C R M", "no tenant", URI.create("http://127.0.0.1:9190/hooks"));
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() -> check.require(draft))
        .withMessageContaining("--webhook-reach private-too")
        .satisfies(e ->
            assertThat(e.faults())
                .extracting(FieldFault::field)
                .containsExactly("name", "tenant", "url"));
  }

  @Test
  void anAddressThatIsNoneIsToldWithAllElse() {
    DestinationDraft draft =
        new DestinationDraft(
            "C R M",
            DueEvents.TENANT,
            "",
            "https://crm example",
            List.of(),
            List.of("Shop"),
            Destination.State.ENABLED);
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() -> world.destinations.create(DeliveryWorld.ANNA, draft, null))
        .withMessageContaining("\"https://crm example\" is no URL")
        .satisfies(e ->
            assertThat(e.faults())
                .extracting(FieldFault::field)
                .containsExactly("name", "title", "url", "connections"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "orders/*/x", "a\u0000b"})
  void topicsThatAreNone(String topic) {
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() ->
            world.destinations.create(DeliveryWorld.ANNA, draft(List.of(topic), List.of()), null))
        .satisfies(e -> assertThat(e.field()).isEqualTo("topics"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "whsec_!!!", "env:not a name"})
  void secretsThatAreNone(String secret) {
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() ->
            world.destinations.create(DeliveryWorld.ANNA, draft(List.of(), List.of()), secret))
        .satisfies(e -> assertThat(e.field()).isEqualTo("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "orders/*, shop, true",
    "orders/updated, shop, true",
    "*, shop, true",
    "orders, shop, false",
    "products/*, shop, false",
    "orders/*, other, false"
  })
  void onlyWhatItWants(String topic, String connection, boolean wanted) {
    world.destinations.create(DeliveryWorld.ANNA, draft(List.of(topic), List.of(connection)), null);
    long position = world.kept("a", "orders/updated", "{}");
    assertThat(world.handle(world.due(position, "a", "orders/updated", "{}", false, null)))
        .isInstanceOf(wanted ? Handled.Written.class : Handled.NotWanted.class);
  }

  @Test
  void eventsOfOtherTenantsAreNotWanted() {
    world.destinations.create(
        DeliveryWorld.ANNA, DestinationDraft.of("crm", "somebody-else", URI.create(URL)), null);
    long position = world.kept("a", "orders/updated", "{}");
    assertThat(world.handle(world.due(position, "a", "orders/updated", "{}", false, null)))
        .isEqualTo(new Handled.NotWanted());
  }

  @Test
  void aTestIsPostedAtOnce() {
    try (Receiver receiver = new Receiver(Receiver.status(202))) {
      world.destination("crm", receiver.url("/"));
      Destinations.Tested tested = world.destinations.test(DeliveryWorld.ANNA, "crm");
      assertThat(tested.taken()).isTrue();
      assertThat(tested.status()).isEqualTo(202);
      assertThat(receiver.requests().getFirst().body()).contains("\"type\":\"entrepot.test\"");
    }
  }

  @Test
  void theScheduleIsThreeDaysLongAndHonoursWhatIsAsked() {
    RetrySchedule schedule = RetrySchedule.STANDARD;
    Random random = new Random(1);
    Duration sum = Duration.ZERO;
    for (int failures = 1; failures <= schedule.waits().size(); failures++) {
      Duration wait = schedule.next(failures, null, random).orElseThrow();
      Duration planned = schedule.waits().get(failures - 1);
      assertThat(wait)
          .isBetween(planned.multipliedBy(9).dividedBy(10), planned.multipliedBy(11).dividedBy(10));
      sum = sum.plus(planned);
    }
    assertThat(sum).isBetween(Duration.ofDays(3), Duration.ofDays(4));
    assertThat(schedule.next(10, null, random)).isEmpty();
    assertThat(schedule.next(1, Duration.ofMinutes(1), random)).contains(Duration.ofMinutes(1));
    assertThat(schedule.next(1, Duration.ofDays(100), random)).contains(Duration.ofHours(24));
    assertThat(schedule.next(9, Duration.ofSeconds(-5), random).orElseThrow())
        .isGreaterThan(Duration.ofHours(20));
  }

  @Test
  void pagesOfDeliveries() {
    world.destination("crm", URL);
    for (int i = 0; i < 5; i++) {
      world.event("key-" + i % 2, String.valueOf(i));
    }
    var first = world.deliveries.list(DeliveryFilter.ALL, null, 3);
    var second = world.deliveries.list(DeliveryFilter.ALL, first.next(), 3);
    assertThat(first.items()).hasSize(3);
    assertThat(second.items()).hasSize(2);
    assertThat(second.next()).isNull();
    assertThat(
            world
                .deliveries
                .list(new DeliveryFilter("crm", null, false, null, "key-0"), null, 10)
                .items())
        .hasSize(3);
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() -> world.deliveries.list(DeliveryFilter.ALL, "x", 3))
        .satisfies(e -> assertThat(e.field()).isEqualTo("cursor"));
    EventDelivery one = first.items().getFirst();
    assertThatExceptionOfType(InboxException.class)
        .isThrownBy(() -> world.deliveries.retry(DeliveryWorld.ANNA, one.id()))
        .withMessageContaining("is new");
    assertThat(world.deliveries.figuresOf("crm").pending()).isEqualTo(5);
    assertThat(world.findings()).isEmpty();
  }
}
