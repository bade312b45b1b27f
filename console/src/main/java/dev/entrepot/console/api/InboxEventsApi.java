package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.MaskedHeaders;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.lanes.EventStates;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Purpose;
import dev.entrepot.spi.event.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events of the inbox as they came, and what became of them.
public final class InboxEventsApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);

  private record EventAnswer(
      String position,
      String connection,
      String topic,
      String key,
      String externalId,
      int lane,
      Instant receivedAt,
      @Nullable Instant triggeredAt,
      int bytes,
      @Nullable Integer secret,
      boolean test,
      @Nullable Instant erasedAt,
      EventState.State state,
      Map<String, String> handlers,
      @Nullable Instant settledAt,
      EventState.@Nullable Waits waits,
      @Nullable Long deadLetter,
      long duplicates) {}

  /// @param after where to follow from next
  private record FollowedAnswer(List<EventAnswer> items, String after) {}

  private record StepAnswer(
      Instant at, String what, @Nullable UUID replay, @Nullable Long deadLetter, String detail) {}

  private record WholeEvent(
      @JsonUnwrapped EventAnswer event,
      Map<String, List<String>> headers,
      List<StepAnswer> history) {}

  private final EventStates states;
  private final EventLog events;

  public InboxEventsApi(Inbox inbox) {
    this.states = inbox.states();
    this.events = inbox.events();
  }

  public List<Route> routes() {
    String one = ApiPath.of("/inbox/events/{position}");
    return List.of(
        Route.get(ApiPath.of("/inbox/events"), "listEvents", READ, this::list),
        Route.get(ApiPath.of("/inbox/tail"), "followEvents", READ, this::follow),
        Route.get(one, "getEvent", READ, this::find),
        Route.get(one + "/body", "getEventBody", READ, this::body));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.of(
            states
                .list(
                    InboxFilters.events(exchange),
                    InboxFilters.text(exchange, "cursor"),
                    exchange.pageSize())
                .map(InboxEventsApi::answer)));
  }

  private Answer follow(Exchange exchange) {
    EventStates.FollowedStates followed =
        states.follow(
            InboxFilters.followed(exchange), InboxFilters.after(exchange), exchange.pageSize());
    return Answer.json(
        new FollowedAnswer(
            followed.events().stream().map(InboxEventsApi::answer).toList(),
            Positions.text(followed.until())));
  }

  private Answer find(Exchange exchange) {
    EventState state = required(exchange);
    Headers headers = whole(state).map(LoggedEvent::headers).orElse(Headers.NONE);
    List<StepAnswer> history =
        states.history(state).stream()
            .map(step ->
                new StepAnswer(step.at(), step.what(), step.replay(), step.letter(), step.detail()))
            .toList();
    return Answer.json(new WholeEvent(answer(state), MaskedHeaders.of(headers), history));
  }

  /// As a file of bytes, whatever it holds: no browser shows it as a page of ours.
  private Answer body(Exchange exchange) {
    EventState state = required(exchange);
    byte[] bytes = whole(state).map(event -> event.body().bytes()).orElse(new byte[0]);
    return Answer.bytes(200, "application/octet-stream", bytes)
        .download("event-" + Positions.text(state.event().position()) + ".json");
  }

  /// Empty when it was dropped this very moment.
  private Optional<LoggedEvent> whole(EventState state) {
    return events.find(state.event().position());
  }

  private EventState required(Exchange exchange) {
    long position = InboxFilters.position(exchange);
    return states
        .find(position)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no event "
                    + Positions.text(position)
                    + "; it was never kept, or is older than the retention"));
  }

  private static EventAnswer answer(EventState state) {
    EventHead event = state.event();
    Map<String, String> handlers = new TreeMap<>();
    state.handlers().forEach((name, code) -> handlers.put(name, InboxWords.handled(code)));
    return new EventAnswer(
        Positions.text(event.position()),
        event.connection(),
        event.identity().topic(),
        event.identity().key(),
        event.identity().externalId(),
        event.lane(),
        event.receivedAt(),
        event.identity().triggeredAt(),
        event.bytes(),
        event.secret(),
        event.purpose() == Purpose.TEST,
        event.erasedAt(),
        state.state(),
        handlers,
        state.settledAt(),
        state.waits(),
        state.letter(),
        state.duplicates());
  }
}
