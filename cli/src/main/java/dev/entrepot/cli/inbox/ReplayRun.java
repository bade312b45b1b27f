package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Patience;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Progress;
import dev.entrepot.cli.terminal.Terminal;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Follows a replay to its end, showing how far it is. Events that fail may wait for hours: it is
/// left alone when nothing moves for a while.
final class ReplayRun {
  private static final Duration STANDSTILL = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Api api;
  private final Terminal terminal;

  ReplayRun(Api api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  JsonNode await(JsonNode begun) {
    Query query = Query.of("/inbox/replays").segment(Values.text(begun, "id"));
    long events = Values.number(begun, "events");
    JsonNode now = begun;
    long left = left(now);
    Patience patience = new Patience(STANDSTILL, PAUSE);
    try (Progress progress = new Progress(terminal, "replaying", events, "events", 1)) {
      while (left > 0 && patience.pause()) {
        now = api.get(query);
        if (left(now) != left) {
          left = left(now);
          patience = new Patience(STANDSTILL, PAUSE);
        }
        progress.at(events - left, events);
      }
    }
    if (left > 0) {
      terminal.note(
          Values.grouped(left)
              + " events wait still; see: entrepot dead-letters held, and later: entrepot replay"
              + " show "
              + Values.text(begun, "id"));
    }
    return now;
  }

  private static long left(JsonNode replay) {
    return Values.number(replay, "books", "pending");
  }
}
