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
    JsonNode before = settled(Duration.ZERO).at("/now/books");
    DemoSenders.Sent sent = senders.tellAll(new Outage(data.resolve("postgres")));
    boolean refused = senders.forge();
    JsonNode now = settled(PATIENCE).path("now");
    JsonNode books = now.path("books");
    long kept = books.path("received").asLong() - before.path("received").asLong();
    terminal.print("");
    terminal.print(
        "inbox: %d events were told in %d deliveries; %d of them met an outage and came again"
            .formatted(sent.events(), sent.deliveries(), sent.refused()));
    terminal.print(
        "  %d kept, each once; a delivery with a false signature was %s"
            .formatted(kept, refused ? "refused" : "not refused"));
    terminal.print(
        "  %d deliveries were recognised as duplicates; %d events came late and changed nothing"
            .formatted(
                duplicates(begin),
                books.path("unchanged").asLong() - before.path("unchanged").asLong()));
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
    if (kept != sent.events()) {
      throw new CommandException(
          ExitCode.FAILED,
          "the senders know of %d events, but %d were kept; run entrepot audit on this data"
              .formatted(sent.events(), kept));
    }
  }

  private long duplicates(Instant since) {
    return count(
        Query.of("/inbox/events").with("what", "duplicates").with("from", since.toString()));
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

  /// The inbox's figures when all that came was handed on, or after so long.
  private JsonNode settled(Duration patience) {
    Instant end = clock.instant().plus(patience);
    Optional<JsonNode> figures = figures();
    while (figures.map(InboxShow::unsettled).orElse(true) && clock.instant().isBefore(end)) {
      pause();
      figures = figures();
    }
    return figures.orElseThrow(
        () -> new CommandException(ExitCode.FAILED, "the inbox's figures cannot be had"));
  }

  private static boolean unsettled(JsonNode figures) {
    return figures.at("/now/backlog").asLong() > 0 || figures.at("/now/books/pending").asLong() > 0;
  }

  /// Empty while the database is away.
  private Optional<JsonNode> figures() {
    try {
      return Optional.of(api.get(Query.of("/inbox/figures")));
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
