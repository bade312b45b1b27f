package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.MissedEvents;
import dev.entrepot.inbox.delivery.MissedEvents.Missed;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.lanes.ReplayRequest;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a destination was not told of while it was disabled, and sending that to it.
public final class MissedEventsApi {
  private static final int SAMPLE = 20;

  /// @param since null: it was never disabled
  /// @param sample of the events, oldest first
  private record MissedAnswer(
      @Nullable Instant since,
      @Nullable Instant until,
      int events,
      boolean more,
      List<String> sample) {}

  private record NoWish() {}

  private final Inbox inbox;

  public MissedEventsApi(Inbox inbox) {
    this.inbox = inbox;
  }

  public List<Route> routes() {
    String missed = ApiPath.of("/destinations/{name}/missed");
    return List.of(
        Route.get(missed, "getMissedEvents", Access.needs(Permission.READ_INBOX), this::find),
        Route.post(missed, "sendMissedEvents", Access.needs(Permission.WRITE_INBOX), this::send));
  }

  private Answer find(Exchange exchange) {
    return Answer.json(
        inbox
            .missedEvents()
            .of(destination(exchange))
            .map(MissedEventsApi::answer)
            .orElse(new MissedAnswer(null, null, 0, false, List.of())));
  }

  private static MissedAnswer answer(Missed missed) {
    return new MissedAnswer(
        missed.since(),
        missed.until(),
        missed.positions().size(),
        missed.more(),
        missed.positions().stream().limit(SAMPLE).map(Positions::text).toList());
  }

  private Answer send(Exchange exchange) {
    NoWish _ = exchange.json(NoWish.class);
    Destination destination = destination(exchange);
    ReplayRequest request =
        new ReplayRequest(
            inbox.missedEvents().requireSendable(destination),
            EventFilter.ALL,
            Set.of(MissedEvents.handler(destination)));
    Replay replay = inbox.replays().start(exchange.principal().actor(), request);
    return Answer.created(
        ApiPath.of("/inbox/replays/" + replay.id()), ReplaysApi.ReplayAnswer.of(replay));
  }

  private Destination destination(Exchange exchange) {
    String name = exchange.variable("name");
    return inbox
        .destinations()
        .find(name)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no destination \""
                    + name
                    + "\"; their names: entrepot destination list"));
  }
}
