package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.delivery.Deliveries;
import dev.entrepot.inbox.delivery.DeliveryAttempt;
import dev.entrepot.inbox.delivery.DeliveryFilter;
import dev.entrepot.inbox.delivery.DeliveryId;
import dev.entrepot.inbox.delivery.DeliveryState;
import dev.entrepot.inbox.delivery.EventDelivery;
import dev.entrepot.inbox.log.Positions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Deliveries of events to destinations.
public final class DeliveriesApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);

  private record AttemptAnswer(
      int number, Instant at, long tookMillis, @Nullable Integer status, String answer) {
    static AttemptAnswer of(DeliveryAttempt attempt) {
      return new AttemptAnswer(
          attempt.number(),
          attempt.at(),
          attempt.took().toMillis(),
          attempt.status(),
          attempt.answer());
    }
  }

  private record DeliveryAnswer(
      String id,
      String event,
      String webhookId,
      String destination,
      String connection,
      String topic,
      String key,
      @Nullable UUID replay,
      DeliveryState state,
      int attempts,
      @Nullable Integer status,
      @Nullable String reason,
      @Nullable Instant dueAt,
      Instant createdAt,
      @Nullable Instant finishedAt) {
    static DeliveryAnswer of(EventDelivery delivery) {
      return new DeliveryAnswer(
          delivery.id().text(),
          Positions.text(delivery.id().position()),
          delivery.webhookId(),
          delivery.destination(),
          delivery.connection(),
          delivery.topic(),
          delivery.key(),
          delivery.replay(),
          delivery.state(),
          delivery.attempts(),
          delivery.status(),
          delivery.reason(),
          delivery.dueAt(),
          delivery.createdAt(),
          delivery.finishedAt());
    }
  }

  private record WholeDelivery(DeliveryAnswer delivery, List<AttemptAnswer> attempts) {}

  private record NoWish() {}

  private final Deliveries deliveries;

  public DeliveriesApi(Inbox inbox) {
    this.deliveries = inbox.deliveries();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/deliveries");
    String one = all + "/{id}";
    return List.of(
        Route.get(all, "listDeliveries", READ, this::list),
        Route.get(one, "getDelivery", READ, this::find),
        Route.post(one + "/retry", "retryDelivery", WRITE, this::retry));
  }

  private Answer list(Exchange exchange) {
    DeliveryFilter filter =
        new DeliveryFilter(
            InboxFilters.text(exchange, "destination"),
            exchange.choice("state", DeliveryState.class).orElse(null),
            null,
            position(exchange),
            InboxFilters.text(exchange, "key"));
    return Answer.json(
        Items.of(
            deliveries
                .list(filter, InboxFilters.text(exchange, "cursor"), exchange.pageSize())
                .map(DeliveryAnswer::of)));
  }

  private static @Nullable Long position(Exchange exchange) {
    String text = InboxFilters.text(exchange, "event");
    try {
      return text == null ? null : Positions.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("event", String.valueOf(e.getMessage()));
    }
  }

  private Answer find(Exchange exchange) {
    DeliveryId id = DeliveryId.parse(exchange.variable("id"));
    EventDelivery delivery =
        deliveries
            .find(id)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no delivery " + id.text() + "; it was dropped with its event"));
    return Answer.json(
        new WholeDelivery(
            DeliveryAnswer.of(delivery),
            deliveries.attempts(id).stream().map(AttemptAnswer::of).toList()));
  }

  private Answer retry(Exchange exchange) {
    NoWish _ = exchange.json(NoWish.class);
    DeliveryId id = DeliveryId.parse(exchange.variable("id"));
    return Answer.json(DeliveryAnswer.of(deliveries.retry(exchange.principal().actor(), id)));
  }
}
