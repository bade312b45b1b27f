package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.MissedEvents.Missed;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.log.Positions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a destination was not told of while it was disabled, and sending that to it.
public final class MissedEventsApi {
  private static final int SAMPLE = 20;

  /// How much of the log is looked through.
  private enum Look {
    ALL,
    SOME
  }

  /// @param since null: it was never disabled
  /// @param sample of the events, oldest first
  /// @param next where to go on; null: that was all
  private record MissedAnswer(
      @Nullable Instant since,
      @Nullable Instant until,
      int outages,
      int events,
      boolean more,
      List<String> sample,
      @Nullable String next) {}

  /// @param after where a search before came to; null: from the beginning
  private record SendWish(@Nullable String after) {}

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
    Destination destination = destination(exchange);
    Optional<Missed> missed =
        switch (exchange.choice("look", Look.class).orElse(Look.ALL)) {
          case ALL -> inbox.missedEvents().of(destination, InboxFilters.text(exchange, "after"));
          case SOME -> inbox.missedEvents().glance(destination);
        };
    return Answer.json(
        missed
            .map(MissedEventsApi::answer)
            .orElse(new MissedAnswer(null, null, 0, 0, false, List.of(), null)));
  }

  private static MissedAnswer answer(Missed missed) {
    return new MissedAnswer(
        missed.since(),
        missed.until(),
        missed.outages(),
        missed.positions().size(),
        missed.more(),
        missed.positions().stream().limit(SAMPLE).map(Positions::text).toList(),
        missed.next());
  }

  private Answer send(Exchange exchange) {
    SendWish wish = exchange.json(SendWish.class);
    Replay replay =
        inbox.sendMissed(exchange.principal().actor(), destination(exchange), wish.after());
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
