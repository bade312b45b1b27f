package dev.entrepot.cli.flows;

import dev.entrepot.cli.session.BooksLine;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What became of a run, in a few lines.
final class RunReport {
  private final JsonNode run;

  /// @param run as the API describes it
  RunReport(JsonNode run) {
    this.run = run;
  }

  String id() {
    return Values.text(run, "id");
  }

  private String state() {
    return Values.text(run, "state");
  }

  /// Whether nothing happens by itself any more.
  boolean finished() {
    return switch (state()) {
      case "queued", "running" -> false;
      default -> true;
    };
  }

  boolean planned() {
    return state().equals("planned");
  }

  /// The run because of which a plan cannot be applied any more; empty: there is none.
  String overtakenBy() {
    return Values.text(run, "overtaken_by");
  }

  /// What is to be done with such a plan.
  String overtaken() {
    return "run %s of %s has begun since this plan was made; plan again: entrepot plan --client %s"
        .formatted(overtakenBy(), Values.text(run, "client"), Values.text(run, "client"));
  }

  /// The state of a run in a list.
  static String state(JsonNode run) {
    return Values.text(run, "overtaken_by").isEmpty() ? Values.text(run, "state") : "overtaken";
  }

  /// How the command that waited for it ends.
  ExitCode exitCode() {
    return switch (state()) {
      case "partial" -> ExitCode.PARTIAL;
      case "failed", "cancelled" -> ExitCode.FAILED;
      default -> ExitCode.OK;
    };
  }

  /// Prints it, as JSON or in lines.
  ///
  /// @return how the command ends
  ExitCode print(Session session) {
    if (session.options().json()) {
      session.printJson(run);
    } else {
      lines().forEach(session.terminal()::print);
    }
    return exitCode();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    String since = Values.second(run, "since");
    lines.add(
        "%s, %s run: %s in %s"
            .formatted(
                Values.text(run, "client"),
                Values.text(run, "mode"),
                state(),
                length(Values.text(run, "duration"))));
    if (!Values.text(run, "reason").isEmpty()) {
      lines.add("  " + Values.text(run, "reason"));
    }
    if (!overtakenBy().isEmpty()) {
      lines.add("  " + overtaken());
    }
    if (!since.isEmpty()) {
      lines.add("  what changed since " + since);
    }
    lines.add("  " + BooksLine.of(run.path("books")));
    for (JsonNode step : run.path("steps")) {
      lines.add(
          "  %s: %s of %s accepted in %s"
              .formatted(
                  Values.text(step, "title"),
                  Values.count(step, "accepted"),
                  Values.count(step, "wanted"),
                  Values.counted(Values.number(step, "calls"), "call")));
    }
    if (Values.number(run, "books", "rejected") > 0) {
      lines.add("  why: entrepot run records " + id() + " --outcome rejected");
    }
    if (state().equals("failed")) {
      lines.add("  " + nextStep());
    }
    lines.add("  run " + id());
    return lines;
  }

  /// A run that could not begin said nothing to anybody: its client is where to look.
  private String nextStep() {
    String client = Values.text(run, "client");
    return switch (Values.text(run, "code")) {
      case "CONFIGURATION" ->
          "next: entrepot client secret list %s, client secret set %s SYSTEM, then: entrepot client check %s"
              .formatted(client, client, client);
      case "DENIED" ->
          "next: entrepot client secret set %s SYSTEM, then: entrepot client check %s"
              .formatted(client, client);
      default -> "what was said: entrepot run exchanges " + id() + " --failures";
    };
  }

  /// A length of time as people say it.
  static String length(String iso) {
    if (iso.isEmpty()) {
      return "";
    }
    Duration duration = Duration.parse(iso);
    if (duration.toMinutes() >= 60) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    if (duration.toSeconds() >= 60) {
      return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
    return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
  }
}
