package dev.entrepot.console.live;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Json;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// An upload's progress as server-sent events: `progress` while it goes on, `done` at its end.
public final class UploadEventsApi {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int RETRY_MILLIS = 2_000;
  private static final int MOST_PER_PRINCIPAL = 20;
  private static final int MOST = 500;

  private final Uploads uploads;
  private final UploadFeed feed;
  private final Json json;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  public UploadEventsApi(Uploads uploads, UploadFeed feed, Json json) {
    this.uploads = uploads;
    this.feed = feed;
    this.json = json;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/uploads/{id}/events",
            "watchUpload",
            Access.needs(Permission.READ_UPLOADS),
            this::watch));
  }

  private Answer watch(Exchange exchange) {
    UUID id = exchange.uuid("id");
    Principal principal = exchange.principal();
    Upload upload =
        uploads
            .find(id)
            .filter(found -> principal.sees(found.vendor()))
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no upload " + id + "; list the uploads to see their ids"));
    String listener = principal.actor().reference();
    requirePlace(listener);
    return Answer.stream(EventStream.TYPE, out -> listen(upload.id(), listener, out))
        .with("X-Accel-Buffering", "no");
  }

  private void listen(UUID id, String listener, OutputStream out)
      throws IOException, InterruptedException {
    open.merge(listener, 1, Integer::sum);
    Subscription subscription = feed.subscribe(id);
    try {
      EventStream events = new EventStream(out, RETRY_MILLIS);
      while (!subscription.ended()) {
        Optional<UploadProgress> progress = subscription.next(HEARTBEAT);
        if (progress.isEmpty()) {
          if (!subscription.ended()) {
            events.beat();
          }
          continue;
        }
        boolean done = progress.get().state().finished();
        events.send(done ? "done" : "progress", json.write(progress.get()));
        if (done) {
          return;
        }
      }
    } finally {
      feed.unsubscribe(id, subscription);
      open.computeIfPresent(listener, (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  private void requirePlace(String listener) {
    int all = open.values().stream().mapToInt(Integer::intValue).sum();
    if (open.getOrDefault(listener, 0) >= MOST_PER_PRINCIPAL || all >= MOST) {
      throw ProblemException.later(
          Kind.TOO_MANY_REQUESTS,
          "too many event streams are open; close some, or ask for the upload now and then",
          HEARTBEAT);
    }
  }
}
