package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot deliveries …`.
@Command(
    name = "deliveries",
    description = "Deliveries of events to destinations, and their attempts.",
    footer = {
      "Examples:",
      "  entrepot deliveries list --destination crm --state dead",
      "  entrepot deliveries show 20778-1234-56",
      "  entrepot deliveries retry 20778-1234-56",
      "  entrepot deliveries retry --destination crm",
      "  entrepot deliveries retry --destination crm --waiting"
    })
public final class DeliveriesCommand {
  private static final String ID = "The delivery's id, such as 20778-1234-56.";

  private final Session session;

  public DeliveriesCommand(Session session) {
    this.session = session;
  }

  enum State {
    NEW,
    WAITING,
    BEHIND,
    DELIVERED,
    DEAD,
    SKIPPED
  }

  @Command(
      name = "list",
      description = "Lists deliveries, newest events first.",
      footer = {
        "Examples:",
        "  entrepot deliveries list --destination crm --state dead",
        "  entrepot deliveries list --key shop.example/orders/123"
      })
  int list(
      @Option(names = "--destination", paramLabel = "NAME", description = "Only to this one.")
          @Nullable String destination,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "Only: new, waiting, behind, delivered, dead, skipped.")
          @Nullable State state,
      @Option(names = "--event", paramLabel = "EVENT", description = "Only of this event.")
          @Nullable String event,
      @Option(names = "--key", paramLabel = "KEY", description = "Only of this key, whole.")
          @Nullable String key,
      @Mixin Extent extent) {
    Query query =
        Query.of("/deliveries")
            .with("destination", destination)
            .with("state", state == null ? null : state.name().toLowerCase(Locale.ROOT))
            .with("event", event)
            .with("key", key);
    return new Listing()
        .id("DELIVERY", "id")
        .text("DESTINATION", "destination")
        .text("TOPIC", "topic")
        .text("KEY", "key")
        .text("STATE", "state")
        .count("ATTEMPTS", "attempts")
        .text("LAST", "status")
        .second("NEXT", "due_at")
        .print(
            session,
            extent,
            api -> {
              if (destination != null) {
                // A misspelt name would look like a destination that has nothing to deliver.
                api.get(Query.of("/destinations").segment(destination));
              }
              return query;
            },
            "no deliveries; see where they go: entrepot destination list");
  }

  @Command(
      name = "show",
      description = "Shows one delivery and its attempts.",
      footer = {"Examples:", "  entrepot deliveries show 20778-1234-56"})
  int show(@Parameters(paramLabel = "DELIVERY", description = ID) String id) {
    JsonNode found = session.ask(api -> api.get(one(id)));
    if (session.options().json()) {
      session.printJson(found);
      return 0;
    }
    session.printFields(found.path("delivery"));
    session.terminal().print("");
    session.printTable(
        new Listing()
            .number("ATTEMPT", attempt -> Values.text(attempt, "number"))
            .second("AT", "at")
            .number("STATUS", attempt -> Values.text(attempt, "status"))
            .number("MS", attempt -> Values.text(attempt, "took_millis"))
            .text("ANSWER", "answer")
            .table(found.path("attempts")),
        "not tried yet");
    return 0;
  }

  @Command(
      name = "retry",
      description = {
        "Has a dead delivery, or all dead ones to a destination, tried again.",
        "One that waits for its next attempt is tried at once; with --waiting, all that wait."
      },
      footer = {
        "Examples:",
        "  entrepot deliveries retry 20778-1234-56",
        "  entrepot deliveries retry --destination crm",
        "  entrepot deliveries retry --destination crm --waiting"
      })
  int retry(
      @Parameters(arity = "0..1", paramLabel = "DELIVERY", description = ID) @Nullable String id,
      @Option(names = "--destination", paramLabel = "NAME", description = "All dead ones to it.")
          @Nullable String destination,
      @Option(
              names = "--waiting",
              description = "With --destination: those that wait for their next attempt, now.")
          boolean waiting) {
    if ((id == null) == (destination == null) || (id != null && waiting)) {
      throw new CommandException(
          ExitCode.USAGE,
          "give the id of a delivery, or --destination NAME for all its dead ones, with --waiting"
              + " for all that wait");
    }
    if (id != null) {
      JsonNode retried = session.ask(api -> api.post(one(id).segment("retry"), Api.object()));
      session.printDone(retried, "delivery " + id + " is tried again");
      return 0;
    }
    Query all = Query.of("/destinations").segment(String.valueOf(destination)).segment("retry");
    ObjectNode wish = Api.object();
    if (waiting) {
      wish.put("state", "waiting");
    }
    JsonNode retried = session.ask(api -> api.post(all, wish));
    session.printDone(
        retried,
        Values.count(retried, "retried")
            + " deliveries to "
            + destination
            + (waiting ? " that waited are tried now" : " are tried again"));
    return 0;
  }

  private static Query one(String id) {
    return Query.of("/deliveries").segment(id);
  }
}
