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
import dev.entrepot.inbox.lanes.Arrival;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.lanes.EventStates;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Purpose;
import dev.entrepot.inbox.log.Repeat;
import dev.entrepot.spi.event.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
      @Nullable String duplicateOf,
      String connection,
      String topic,
      String key,
      @Nullable HandedAs handedOnAs,
      String externalId,
      @Nullable Integer lane,
      Instant receivedAt,
      @Nullable Instant triggeredAt,
      @Nullable Integer bytes,
      @Nullable String verified,
      @Nullable Integer secret,
      boolean test,
      @Nullable Instant erasedAt,
      String state,
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
                .arrivals(
                    InboxFilters.events(exchange),
                    exchange.choice("what", Arrival.What.class).orElse(Arrival.What.EVENTS),
                    exchange.choice("state", EventState.State.class).orElse(null),
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
                events
                    .repeat(position)
                    .map(InboxEventsApi::notKept)
                    .orElse(
                        "there is no event "
                            + Positions.text(position)
                            + "; it was never kept, or is older than the retention")));
  }

  private static String notKept(Repeat repeat) {
    return "%s is a repeated delivery, which was not kept; look at the event that was: %s"
        .formatted(Positions.text(repeat.position()), Positions.text(repeat.first()));
  }

  private static EventAnswer answer(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Kept(EventState state) -> answer(state);
      case Arrival.Repeated(Repeat repeat) -> answer(repeat);
    };
  }

  /// What it is known by is that of the event that was kept; with which secret it was signed itself
  /// was not noted.
  private static EventAnswer answer(Repeat repeat) {
    EventHead kept = repeat.kept();
    return new EventAnswer(
        Positions.text(repeat.position()),
        Positions.text(repeat.first()),
        repeat.connection(),
        kept == null ? "" : kept.identity().topic(),
        kept == null ? "" : kept.identity().key(),
        kept == null ? null : kept.handedAs(),
        kept == null ? "" : kept.identity().externalId(),
        kept == null ? null : kept.lane(),
        repeat.receivedAt(),
        kept == null ? null : kept.identity().triggeredAt(),
        kept == null ? null : kept.bytes(),
        kept == null ? null : InboxWords.verified(kept),
        null,
        kept != null && kept.purpose() == Purpose.TEST,
        kept == null ? null : kept.erasedAt(),
        "duplicate",
        Map.of(),
        null,
        null,
        null,
        0);
  }

  private static EventAnswer answer(EventState state) {
    EventHead event = state.event();
    Map<String, String> handlers = new TreeMap<>();
    state
        .handlers()
        .forEach((name, code) -> handlers.put(name, InboxWords.handled(state.state(), code)));
    return new EventAnswer(
        Positions.text(event.position()),
        null,
        event.connection(),
        event.identity().topic(),
        event.identity().key(),
        event.handedAs(),
        event.identity().externalId(),
        event.lane(),
        event.receivedAt(),
        event.identity().triggeredAt(),
        event.bytes(),
        InboxWords.verified(event),
        event.secret(),
        event.purpose() == Purpose.TEST,
        event.erasedAt(),
        state.state().name().toLowerCase(Locale.ROOT),
        handlers,
        state.settledAt(),
        state.waits(),
        state.letter(),
        state.duplicates());
  }
}
