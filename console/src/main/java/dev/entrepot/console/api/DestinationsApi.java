package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.SecretState;
import dev.entrepot.inbox.delivery.Deliveries;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.DestinationDraft;
import dev.entrepot.inbox.delivery.DestinationFigures;
import dev.entrepot.inbox.delivery.Destinations;
import dev.entrepot.model.Actor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Destinations of events, their secrets, and events that test them. The value of a secret is
/// answered once, when it was made here.
public final class DestinationsApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);
  private static final Access MANAGE = Access.needs(Permission.MANAGE_CONNECTIONS);
  private static final Duration OVERLAP = Duration.ofDays(1);

  private record FiguresAnswer(
      long delivered, long pending, long held, long dead, long skipped, @Nullable Instant oldest) {}

  /// @param secret the one that was made; null: none was
  private record DestinationAnswer(
      String name,
      String tenant,
      String title,
      URI url,
      List<String> topics,
      List<String> connections,
      Destination.State state,
      @Nullable String problem,
      List<SecretState> secrets,
      FiguresAnswer figures,
      @Nullable String secret,
      Instant createdAt,
      Instant updatedAt,
      int version) {}

  private record NewDestination(
      String name,
      String tenant,
      @Nullable String title,
      String url,
      @Nullable List<String> topics,
      @Nullable List<String> connections,
      Destination.@Nullable State state,
      @Nullable String secret) {
    DestinationDraft draft() {
      return new DestinationDraft(
          name,
          tenant,
          title == null ? name : title,
          url,
          topics == null ? List.of() : topics,
          connections == null ? List.of() : connections,
          state == null ? Destination.State.ENABLED : state);
    }
  }

  private record ChangedDestination(
      String tenant,
      String title,
      String url,
      List<String> topics,
      List<String> connections,
      Destination.State state,
      @Nullable Integer version) {
    DestinationDraft draft(String name) {
      return new DestinationDraft(name, tenant, title, url, topics, connections, state);
    }
  }

  private record NewSecret(@Nullable String secret, @Nullable Duration overlap) {}

  private record NoWish() {}

  private record TestAnswer(
      boolean taken, @Nullable Integer status, long tookMillis, String answer) {}

  /// Which deliveries are tried.
  private enum Which {
    DEAD,
    WAITING
  }

  private record RetryWish(@Nullable Which state) {}

  private record RetriedAnswer(long retried) {}

  private final Destinations destinations;
  private final Deliveries deliveries;

  public DestinationsApi(Inbox inbox) {
    this.destinations = inbox.destinations();
    this.deliveries = inbox.deliveries();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/destinations");
    String one = all + "/{name}";
    // Answers that hold a secret are not kept for repeated requests.
    return List.of(
        Route.get(all, "listDestinations", READ, this::list),
        Route.post(all, "createDestination", MANAGE, this::create),
        Route.get(one, "getDestination", READ, this::find),
        Route.put(one, "updateDestination", MANAGE, this::update),
        Route.post(one + "/secret", "rotateDestinationSecret", MANAGE, this::rotate),
        Route.post(one + "/test", "testDestination", WRITE, this::test),
        Route.post(one + "/retry", "retryDeliveriesOfDestination", WRITE, this::retry));
  }

  private Answer list(Exchange exchange) {
    Map<String, DestinationFigures> figures = deliveries.figures();
    return Answer.json(
        Items.all(
            destinations.all().stream()
                .map(one -> answer(one, figures.get(one.name()), null))
                .toList()));
  }

  private Answer create(Exchange exchange) {
    NewDestination wanted = exchange.json(NewDestination.class);
    Destinations.WithSecret made =
        destinations.create(exchange.principal().actor(), wanted.draft(), wanted.secret());
    DestinationAnswer answer = answer(made.destination(), null, made.secret());
    return Answer.created(ApiPath.of("/destinations/" + answer.name()), answer)
        .with("ETag", Version.tag(answer.version()));
  }

  private Answer find(Exchange exchange) {
    String name = exchange.variable("name");
    Destination found =
        destinations
            .find(name)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no destination \""
                        + name
                        + "\"; their names: entrepot destination list"));
    return tagged(found, null);
  }

  private Answer update(Exchange exchange) {
    ChangedDestination changed = exchange.json(ChangedDestination.class);
    return tagged(
        destinations.update(
            exchange.principal().actor(),
            changed.draft(exchange.variable("name")),
            Version.of(exchange, changed.version())),
        null);
  }

  private Answer rotate(Exchange exchange) {
    NewSecret wanted = exchange.json(NewSecret.class);
    Destinations.WithSecret rotated =
        destinations.rotate(
            exchange.principal().actor(),
            exchange.variable("name"),
            wanted.secret(),
            Optional.ofNullable(wanted.overlap()).orElse(OVERLAP));
    return tagged(rotated.destination(), rotated.secret());
  }

  private Answer test(Exchange exchange) {
    NoWish _ = exchange.json(NoWish.class);
    Destinations.Tested tested =
        destinations.test(exchange.principal().actor(), exchange.variable("name"));
    return Answer.json(
        new TestAnswer(tested.taken(), tested.status(), tested.took().toMillis(), tested.answer()));
  }

  private Answer retry(Exchange exchange) {
    RetryWish wish = exchange.json(RetryWish.class);
    Actor actor = exchange.principal().actor();
    String name = exchange.variable("name");
    return Answer.json(
        new RetriedAnswer(
            switch (wish.state() == null ? Which.DEAD : wish.state()) {
              case DEAD -> deliveries.retryAll(actor, name);
              case WAITING -> deliveries.hastenAll(actor, name);
            }));
  }

  private Answer tagged(Destination destination, @Nullable String secret) {
    DestinationAnswer answer =
        answer(destination, deliveries.figuresOf(destination.name()), secret);
    return Answer.json(answer).with("ETag", Version.tag(answer.version()));
  }

  private static DestinationAnswer answer(
      Destination destination, @Nullable DestinationFigures figures, @Nullable String secret) {
    return new DestinationAnswer(
        destination.name(),
        destination.tenant(),
        destination.title(),
        destination.url(),
        destination.topics(),
        destination.connections(),
        destination.state(),
        destination.problem(),
        destination.secrets(),
        figures == null
            ? new FiguresAnswer(0, 0, 0, 0, 0, null)
            : new FiguresAnswer(
                figures.delivered(),
                figures.pending(),
                figures.held(),
                figures.dead(),
                figures.skipped(),
                figures.oldest()),
        secret,
        destination.createdAt(),
        destination.updatedAt(),
        Math.toIntExact(destination.revision()));
  }
}
