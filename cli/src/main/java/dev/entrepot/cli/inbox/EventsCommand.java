package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Age;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Moment;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.TargetFile;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot events …`.
@Command(
    name = "events",
    description = "Events of the inbox, and what became of them.",
    footer = {
      "Examples:",
      "  entrepot events list --connection shop-eu --topic orders/create --from 2027-03-01",
      "  entrepot events show 20778-1234",
      "  entrepot events body 20778-1234 | jq ."
    })
public final class EventsCommand {
  /// What came.
  enum What {
    /// What was kept.
    EVENTS,
    /// What was not, because it had come before.
    DUPLICATES,
    BOTH
  }

  /// What an event is in.
  enum State {
    /// Kept, and not handed on yet.
    ACCEPTED,
    /// Its next attempt is due later.
    WAITING,
    /// An earlier event of its key waits.
    BEHIND,
    PARKED,
    WRITTEN,
    UNCHANGED,
    SKIPPED,
    /// A dead letter.
    REJECTED,
    ERASED
  }

  private static final String POSITION = "The event's position, such as 20778-1234.";

  private final Session session;

  public EventsCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = {
        "Lists events, newest first; with --what also deliveries of them that came again, which"
            + " were not kept."
      },
      footer = {
        "Examples:",
        "  entrepot events list --what both --limit 20",
        "  entrepot events list --connection shop-eu --limit 10",
        "  entrepot events list --state waiting",
        "  entrepot events list --key shop.example/orders/123"
      })
  int list(
      @Mixin Narrowing narrowing,
      @Option(names = "--id", paramLabel = "ID", description = "The sender's id of the event.")
          @Nullable String id,
      @Option(names = "--from", paramLabel = "TIME", description = Moment.FROM)
          @Nullable Instant from,
      @Option(names = "--to", paramLabel = "TIME", description = Moment.TO) @Nullable Instant to,
      @Option(
              names = "--what",
              paramLabel = "WHAT",
              description = "Events, duplicates or both, in the order of arrival. Default: events")
          @Nullable What what,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description =
                  "Only events that are in it now: ${COMPLETION-CANDIDATES}. Repeated deliveries"
                      + " are in none.")
          @Nullable State state,
      @Mixin Extent extent) {
    Query query =
        narrowing
            .into(Query.of("/inbox/events"))
            .with("what", lower(what))
            .with("state", lower(state))
            .with("id", id)
            .with("from", from)
            .with("to", to);
    return columns(what)
        .print(
            session,
            extent,
            api -> {
              narrowing.require(api);
              return query;
            },
            "no events; watch for some: entrepot tail");
  }

  private static @Nullable String lower(@Nullable Enum<?> choice) {
    return choice == null ? null : choice.name().toLowerCase(Locale.ROOT);
  }

  private static Listing columns(@Nullable What what) {
    Instant now = Instant.now();
    Listing columns =
        new Listing()
            .id("EVENT", "position")
            .second("RECEIVED", "received_at")
            .number("AGE", event -> Age.of(Values.text(event, "received_at"), now))
            .text("CONNECTION", "connection")
            .text("TOPIC", event -> HandedOn.of(event, "topic"))
            .text("KEY", event -> HandedOn.of(event, "key"))
            .text("ID", "external_id")
            .text("VERIFIED", "verified");
    if (what != null && what != What.EVENTS) {
      columns.id("DUPLICATE OF", "duplicate_of");
    }
    return columns
        .text("STATE", "state")
        .count("ATTEMPTS", "waits", "attempts")
        .count("AGAIN", "duplicates");
  }

  @Command(
      name = "show",
      description =
          "Shows one event: its headers, such as hold secrets masked, and all that happened to it.",
      footer = {"Examples:", "  entrepot events show 20778-1234"})
  int show(@Parameters(paramLabel = "EVENT", description = POSITION) String position) {
    JsonNode event = session.ask(api -> api.get(event(position)));
    JsonNode history = event.path("history");
    if (!session.options().json()) {
      ((ObjectNode) event).remove("history");
    }
    session.printFields(event);
    if (!session.options().json()) {
      session.terminal().print("");
      history(history).print(session.terminal());
      String letter = Values.text(event, "dead_letter");
      session.terminal().note("its body: entrepot events body " + position);
      if (!letter.isEmpty()) {
        session.terminal().note("why it failed: entrepot dead-letters show " + letter);
      }
    }
    return 0;
  }

  private static Table history(JsonNode steps) {
    return new Listing()
        .second("WHEN", "at")
        .text("WHAT", "what")
        .text("DETAIL", "detail")
        .table(steps);
  }

  @Command(
      name = "body",
      description = "Gives an event's body, byte for byte as it came.",
      footer = {
        "Examples:",
        "  entrepot events body 20778-1234 | jq .",
        "  entrepot events body 20778-1234 --to event.json"
      })
  int body(
      @Parameters(paramLabel = "EVENT", description = POSITION) String position,
      @Option(
              names = "--to",
              paramLabel = "FILE",
              description = "A file to write. Default: standard output")
          @Nullable Path target) {
    session.ask(api -> {
      if (target == null) {
        api.download(event(position).segment("body"), session.terminal().out());
        session.terminal().out().flush();
      } else {
        TargetFile.write(target, out -> api.download(event(position).segment("body"), out));
      }
      return true;
    });
    return 0;
  }

  private static Query event(String position) {
    return Query.of("/inbox/events").segment(position);
  }
}
