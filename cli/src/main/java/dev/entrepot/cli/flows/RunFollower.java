package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Progress;
import dev.entrepot.cli.terminal.Terminal;
import tools.jackson.databind.JsonNode;

/// Follows a run to its end, showing how far it is.
final class RunFollower {
  private static final int FRUITLESS_LISTENS = 3;

  private final Api api;
  private final Terminal terminal;

  RunFollower(Api api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  JsonNode await(JsonNode begun) {
    String id = Values.text(begun, "id");
    JsonNode now = begun;
    int fruitless = 0;
    String task = Values.text(begun, "mode").equals("plan") ? "planning " : "syncing ";
    try (Progress progress =
        new Progress(terminal, task + Values.text(begun, "client"), -1, "records", 1)) {
      while (!new RunReport(now).finished()) {
        boolean heard = listen(id, progress);
        now = api.get(one(id));
        fruitless = heard ? 0 : fruitless + 1;
        if (fruitless == FRUITLESS_LISTENS && !new RunReport(now).finished()) {
          throw new CommandException(
              ExitCode.FAILED,
              "the server says nothing about run %s; it goes on without this command: entrepot run"
                      .formatted(id)
                  + " show "
                  + id);
        }
      }
    }
    return now;
  }

  static Query one(String id) {
    return Query.of("/flows/runs").segment(id);
  }

  /// @return whether there was any event
  private boolean listen(String id, Progress progress) {
    boolean[] heard = {false};
    api.listen(
        one(id).segment("events"),
        event -> {
          heard[0] = true;
          progress.at(
              Values.number(event, "books", "received") - Values.number(event, "books", "pending"),
              Values.number(event, "source_total"));
          return !new RunReport(event).finished();
        });
    return heard[0];
  }
}
