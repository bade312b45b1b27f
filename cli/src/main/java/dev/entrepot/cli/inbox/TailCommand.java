package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Pages;
import dev.entrepot.cli.session.Patience;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `entrepot tail`.
@Command(
    name = "tail",
    description = {
      "Follows events as they come, oldest first, none left out, until Ctrl-C.",
      "With --output json, one document a line."
    },
    footer = {
      "Examples:",
      "  entrepot tail",
      "  entrepot tail --last 20 --connection shop-eu --topic orders/create",
      "  entrepot tail -o json | jq -r .key"
    })
public final class TailCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration WITHOUT_END = Duration.ofDays(365_000);
  private static final int PAGE = 200;

  private final Session session;

  @Mixin private final Narrowing narrowing = new Narrowing();

  @Option(
      names = {"-n", "--last"},
      paramLabel = "N",
      description = "Begins with so many that came before. Default: ${DEFAULT-VALUE}")
  private int last = 10;

  @Option(names = "--count", paramLabel = "N", description = "Ends after so many events.")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Ends after so long, such as 90s, 10m or 2h.")
  private Duration most = WITHOUT_END;

  private @Nullable String after;
  private long shown;

  public TailCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Patience patience = new Patience(most, PAUSE);
    while (!round(patience)) {
      if (!patience.pause()) {
        return ExitCode.OK.code();
      }
    }
    return ExitCode.OK.code();
  }

  /// Follows one server for as long as it answers.
  ///
  /// @return whether enough was shown
  private boolean round(Patience patience) {
    if (session.options().url() == null && session.running().isEmpty()) {
      if (after == null) {
        throw new CommandException(
            ExitCode.NO_ACCESS,
            "no server runs on "
                + session.options().data()
                + ", so no events come; start one with: entrepot serve");
      }
      return false;
    }
    try {
      return session.ask(api -> follow(api, patience));
    } catch (ApiException e) {
      if (after == null || e.kind() != ApiException.Kind.UNREACHABLE) {
        throw e;
      }
      session.terminal().note("the server is gone; following goes on when it is back");
      return false;
    }
  }

  private boolean follow(Api api, Patience patience) {
    if (after == null) {
      narrowing.require(api);
      after = start(api);
    }
    do {
      int found;
      do {
        JsonNode page =
            api.get(
                narrowing.into(Query.of("/inbox/tail")).with("after", after).with("limit", PAGE));
        for (JsonNode event : page.path("items")) {
          print(event);
          if (++shown >= count) {
            return true;
          }
        }
        after = Values.text(page, "after");
        found = page.path("items").size();
        // Whoever read our output is gone.
        if (session.terminal().out().checkError()) {
          return true;
        }
      } while (found == PAGE);
    } while (patience.pause());
    return true;
  }

  /// Behind the event before the first that is to be shown.
  private String start(Api api) {
    if (last <= 0) {
      return Values.text(api.get(Query.of("/inbox/tail")), "after");
    }
    JsonNode before =
        Pages.collect(api, narrowing.into(Query.of("/inbox/events")), last + 1).path("items");
    return before.size() <= last ? "0-0" : Values.text(before.get(last), "position");
  }

  private void print(JsonNode event) {
    if (session.options().json()) {
      session.terminal().print(event.toString());
      return;
    }
    session
        .terminal()
        .print(
            Table.printable(
                "%s  %-12s  %s  %s  %s  %s"
                    .formatted(
                        Values.second(event, "received_at"),
                        Values.text(event, "position"),
                        Values.text(event, "connection"),
                        Values.text(event, "topic"),
                        Values.text(event, "key"),
                        Values.text(event, "state"))));
  }
}
