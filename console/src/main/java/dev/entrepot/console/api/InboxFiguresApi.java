package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.intake.MinuteFigures;
import dev.entrepot.inbox.lanes.HandedOn;
import dev.entrepot.inbox.lanes.LaneFigures;
import dev.entrepot.inbox.lanes.LaneState;
import dev.entrepot.inbox.lanes.WaitingAge;
import dev.entrepot.inbox.log.Positions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the inbox does: rates, latency, duplicates, what waits and for how long.
public final class InboxFiguresApi {
  private static final int MINUTES = 60;
  private static final int MOST_MINUTES = 1_440;

  private record Minute(
      Instant minute,
      long accepted,
      long duplicates,
      Map<String, Long> refused,
      Duration median,
      Duration p99) {
    static Minute of(MinuteFigures figures) {
      Map<String, Long> refused = new TreeMap<>();
      figures
          .refused()
          .forEach((reason, count) -> refused.put(reason.name().toLowerCase(Locale.ROOT), count));
      return new Minute(
          figures.minute(),
          figures.accepted(),
          figures.duplicates(),
          refused,
          figures.latency().quantile(0.5),
          figures.latency().quantile(0.99));
    }
  }

  private record Lane(
      int lane, @Nullable String position, @Nullable String node, long waiting, long parked) {
    static Lane of(LaneState state) {
      return new Lane(
          state.lane(),
          state.position() == 0 ? null : Positions.text(state.position()),
          state.node(),
          state.waiting(),
          state.parked());
    }
  }

  private record Figures(
      LaneFigures now,
      List<Minute> intake,
      List<HandedOn> handedOn,
      List<WaitingAge> waiting,
      List<Lane> lanes) {}

  private final Inbox inbox;
  private final Clock clock;

  public InboxFiguresApi(Inbox inbox, Clock clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            ApiPath.of("/inbox/figures"),
            "getInboxFigures",
            Access.needs(Permission.READ_INBOX),
            this::figures));
  }

  private Answer figures(Exchange exchange) {
    int minutes = exchange.integer("minutes", MINUTES, 1, MOST_MINUTES);
    String connection = InboxFilters.text(exchange, "connection");
    Instant to = clock.instant();
    Instant from = to.minus(Duration.ofMinutes(minutes));
    return Answer.json(
        new Figures(
            inbox.states().figures(connection),
            MinuteFigures.together(inbox.figures().between(from, to, connection)).stream()
                .map(Minute::of)
                .toList(),
            inbox.states().handedOn(from, to, Duration.ofMinutes(1)),
            inbox.waitingAges().between(from, to),
            inbox.states().lanes().stream().map(Lane::of).toList()));
  }
}
