package dev.entrepot.console.live;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.flow.RunAnswer;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Json;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.Runs;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A run's progress as server-sent events: `progress` while it goes on, `done` when nothing happens
/// by itself any more. Each listener looks for itself, once a second, so there are few places.
public final class RunEventsApi implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int BEAT_EVERY = 15;
  private static final int RETRY_MILLIS = 2_000;
  private static final int MOST = 200;

  private final Runs runs;
  private final Clock clock;
  private final Json json;
  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  public RunEventsApi(Flows flows, Clock clock, Json json) {
    this.runs = flows.runs();
    this.clock = clock;
    this.json = json;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/flows/runs/{id}/events",
            "watchRun",
            Access.needs(Permission.READ_FLOWS),
            this::watch));
  }

  private Answer watch(Exchange exchange) {
    UUID id = exchange.uuid("id");
    Run run =
        runs.find(id)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no run " + id + "; list the runs to see their ids"));
    if (open.get() >= MOST) {
      throw ProblemException.later(
          Kind.TOO_MANY_REQUESTS,
          "too many event streams are open; close some, or ask for the run now and then",
          EVERY.multipliedBy(BEAT_EVERY));
    }
    return Answer.stream(EventStream.TYPE, out -> listen(run, out)).with("X-Accel-Buffering", "no");
  }

  private void listen(Run first, OutputStream out) throws IOException, InterruptedException {
    open.incrementAndGet();
    try {
      EventStream events = new EventStream(out, RETRY_MILLIS);
      @Nullable Run last = null;
      Run run = first;
      int quiet = 0;
      boolean going = true;
      while (going) {
        RunAnswer answer = RunAnswer.of(run, clock.instant());
        if (!run.equals(last)) {
          events.send(answer.done() ? "done" : "progress", json.write(answer));
          quiet = 0;
        } else if (++quiet % BEAT_EVERY == 0) {
          events.beat();
        }
        last = run;
        going = !answer.done() && !closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        run = going ? runs.find(first.id()).orElse(run) : run;
      }
    } finally {
      open.decrementAndGet();
    }
  }

  /// Ends all streams.
  @Override
  public void close() {
    closing.countDown();
  }
}
