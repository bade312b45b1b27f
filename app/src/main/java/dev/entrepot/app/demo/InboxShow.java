package dev.entrepot.app.demo;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Pages;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Lets shops send events while the database is killed, and shows what became of them.
final class InboxShow {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Api api;
  private final DemoSenders senders;
  private final Path data;
  private final Clock clock;
  private final Terminal terminal;

  InboxShow(Api api, DemoSenders senders, Path data, Clock clock, Terminal terminal) {
    this.api = api;
    this.senders = senders;
    this.data = data;
    this.clock = clock;
    this.terminal = terminal;
  }

  void play() {
    terminal.note("");
    terminal.note(
        "shops send events, repeated and out of order; PostgreSQL is killed meanwhile and starts"
            + " again, which two warnings tell of");
    senders.connect();
    Instant begin = clock.instant();
    OwnBooks before = settled(Duration.ZERO).own();
    DemoSenders.Sent sent = senders.tellAll(new Outage(data.resolve("postgres")));
    boolean refused = senders.forge();
    Seen seen = settled(PATIENCE);
    OwnBooks own = seen.own().since(before);
    JsonNode now = seen.figures().path("now");
    JsonNode books = now.path("books");
    terminal.print("");
    terminal.print(
        "inbox: %d events were told in %d deliveries; %d of them met an outage and came again"
            .formatted(sent.events(), sent.deliveries(), sent.refused()));
    terminal.print(
        "  %d kept%s; a delivery with a false signature was %s"
            .formatted(
                own.received(),
                own.received() == sent.events() ? ", each once" : "",
                refused ? "refused" : "not refused"));
    terminal.print(
        "  %d deliveries were recognised as duplicates; %d events came late and changed nothing"
            .formatted(duplicates(begin), own.unchanged()));
    terminal.print(
        "  all so far: %d received = %d written + %d unchanged + %d rejected + %d skipped + %d pending%s"
            .formatted(
                books.path("received").asLong(),
                books.path("written").asLong(),
                books.path("unchanged").asLong(),
                books.path("rejected").asLong(),
                books.path("skipped").asLong(),
                books.path("pending").asLong(),
                books.path("balanced").asBoolean() ? ", balanced" : ", NOT BALANCED"));
    terminal.print(
        "  %d wait to be mended (%s): Inbox, then Errors, in the console"
            .formatted(now.path("open_letters").asLong(), causes()));
    terminal.print("  %d alerts are open: Inbox, then Alerts".formatted(alerts()));
    own.more(sent.events()).ifPresent(terminal::note);
    if (own.lacks(sent.events())) {
      throw new CommandException(
          ExitCode.FAILED,
          "the senders know of %d events, but only %d were kept; run entrepot audit on this data"
              .formatted(sent.events(), own.received()));
    }
  }

  private long duplicates(Instant since) {
    return DemoSenders.CONNECTED.stream()
        .mapToLong(connection ->
            count(
                Query.of("/inbox/events")
                    .with("what", "duplicates")
                    .with("connection", connection)
                    .with("from", since.toString())))
        .sum();
  }

  private long alerts() {
    return count(
        Query.of("/inbox/alerts").with("tenant", DemoSenders.TENANT).with("state", "open"));
  }

  private long count(Query list) {
    return Pages.collect(api, list, Integer.MAX_VALUE).path("items").size();
  }

  /// Such as `malformed, unknown_topic`.
  private String causes() {
    return api.get(Query.of("/inbox/dead-letters/causes"))
        .path("items")
        .valueStream()
        .map(cause -> cause.path("code").stringValue("").toLowerCase(Locale.ROOT))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /// All figures of the inbox, and the books of the demo's connections.
  private record Seen(JsonNode figures, OwnBooks own) {
    boolean settled() {
      return figures.at("/now/backlog").asLong() == 0 && own.pending() == 0;
    }
  }

  /// What is seen when all that came was handed on, or after so long.
  private Seen settled(Duration patience) {
    Instant end = clock.instant().plus(patience);
    Optional<Seen> seen = seen();
    while (!seen.map(Seen::settled).orElse(false) && clock.instant().isBefore(end)) {
      pause();
      seen = seen();
    }
    return seen.orElseThrow(
        () -> new CommandException(ExitCode.FAILED, "the inbox's figures cannot be had"));
  }

  /// Empty while the database is away.
  private Optional<Seen> seen() {
    try {
      JsonNode figures = api.get(Query.of("/inbox/figures"));
      return Optional.of(new Seen(figures, OwnBooks.read(api, DemoSenders.CONNECTED)));
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while events are handed on", e);
    }
  }
}
