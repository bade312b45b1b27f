package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.handling.Foreseeing.FieldChange;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.lanes.ReplayPreview;
import dev.entrepot.inbox.lanes.ReplayRequest;
import dev.entrepot.inbox.lanes.Replays;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.model.Books;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Hands events on once more.
public final class ReplaysApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);

  /// @param events positions; null: all that the others say
  /// @param withSkipped whether those are meant, too, that somebody skipped
  private record Wish(
      @Nullable List<String> events,
      @Nullable String tenant,
      @Nullable String connection,
      @Nullable String topic,
      @Nullable String key,
      @Nullable String id,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Set<String> handlers,
      @Nullable Boolean withSkipped) {
    ReplayRequest request() {
      ReplayRequest request = withoutSkipped();
      return Boolean.TRUE.equals(withSkipped) ? request.withSkipped() : request;
    }

    private ReplayRequest withoutSkipped() {
      try {
        return new ReplayRequest(
            events == null ? List.of() : events.stream().map(Positions::parse).toList(),
            new EventFilter(tenant, connection, topic, key, id, from, to),
            handlers == null ? Set.of() : handlers);
      } catch (IllegalArgumentException e) {
        throw ProblemException.invalid("events", String.valueOf(e.getMessage()));
      }
    }
  }

  record ReplayAnswer(
      UUID id,
      @JsonRawValue String asked,
      long events,
      long leftOut,
      String by,
      Instant at,
      Books books) {
    static ReplayAnswer of(Replay replay) {
      return new ReplayAnswer(
          replay.id(),
          replay.asked(),
          replay.events(),
          replay.leftOut(),
          replay.by(),
          replay.at(),
          replay.books());
    }
  }

  private record Effect(
      String event,
      String key,
      String handler,
      String does,
      String what,
      List<FieldChange> changes) {}

  private record SkippedEvent(
      String event,
      String key,
      long letter,
      @Nullable String by,
      @Nullable Instant at,
      @Nullable String reason) {
    static SkippedEvent of(ReplayPreview.SkippedEvent skipped) {
      return new SkippedEvent(
          Positions.text(skipped.position()),
          skipped.key(),
          skipped.letter(),
          skipped.by(),
          skipped.at(),
          skipped.reason());
    }
  }

  private record Skipped(long events, boolean handedOn, List<SkippedEvent> sample) {}

  private record PreviewAnswer(
      long events,
      int tried,
      int unreadable,
      Map<String, ReplayPreview.Figures> handlers,
      List<Effect> sample,
      Skipped skipped,
      ReplayPreview.Parked parked) {
    static PreviewAnswer of(ReplayPreview preview) {
      return new PreviewAnswer(
          preview.events(),
          preview.tried(),
          preview.unreadable(),
          new TreeMap<>(preview.byHandler()),
          preview.sample().stream()
              .map(effect ->
                  new Effect(
                      Positions.text(effect.position()),
                      effect.key(),
                      effect.handler(),
                      InboxWords.handled(effect.code()),
                      effect.what(),
                      effect.changes()))
              .toList(),
          new Skipped(
              preview.skipped().events(),
              preview.skipped().handedOn(),
              preview.skipped().sample().stream().map(SkippedEvent::of).toList()),
          preview.parked());
    }
  }

  private final Replays replays;

  public ReplaysApi(Inbox inbox) {
    this.replays = inbox.replays();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/inbox/replays");
    return List.of(
        Route.get(all, "listReplays", READ, this::list),
        Route.post(all, "startReplay", WRITE, this::start).replayed(),
        Route.post(all + "/preview", "previewReplay", WRITE, this::preview),
        Route.get(all + "/{id}", "getReplay", READ, this::find));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.all(replays.newest(exchange.pageSize()).stream().map(ReplayAnswer::of).toList()));
  }

  private Answer start(Exchange exchange) {
    Replay replay =
        replays.start(exchange.principal().actor(), exchange.json(Wish.class).request());
    return Answer.created(ApiPath.of("/inbox/replays/" + replay.id()), ReplayAnswer.of(replay));
  }

  private Answer preview(Exchange exchange) {
    return Answer.json(PreviewAnswer.of(replays.preview(exchange.json(Wish.class).request())));
  }

  private Answer find(Exchange exchange) {
    return Answer.json(ReplayAnswer.of(replays.find(exchange.uuid("id"))));
  }
}
