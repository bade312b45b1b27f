package dev.entrepot.cli.books;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// `entrepot audit`.
@Command(
    name = "audit",
    description = {
      "Recomputes the books from the records themselves and compares them with the running totals.",
      "Ends with 0 when everything agrees, with 1 when anything does not."
    },
    footer = {"Examples:", "  entrepot audit", "  entrepot audit -o json"})
public final class AuditCommand implements Callable<Integer> {
  private final Session session;

  public AuditCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    JsonNode report = session.ask(api -> api.post(Query.of("/audit"), Api.object()));
    boolean clean = report.path("findings").isEmpty();
    if (session.options().json()) {
      session.printJson(report);
    } else {
      print(report, clean);
    }
    return clean ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  private void print(JsonNode report, boolean clean) {
    Terminal terminal = session.terminal();
    for (JsonNode check : report.path("checks")) {
      String name = Values.text(check, "name");
      long faults = 0;
      for (JsonNode finding : report.path("findings")) {
        faults += name.equals(Values.text(finding, "check")) ? 1 : 0;
      }
      terminal.print(
          "%s  %s: %s looked at"
              .formatted(faults == 0 ? "ok  " : "FAIL", name, Values.count(check, "subjects")));
    }
    for (JsonNode finding : report.path("findings")) {
      terminal.print(
          "  " + Values.text(finding, "subject") + ": " + Values.text(finding, "message"));
    }
    terminal.print(
        clean
            ? "the books balance"
            : "THE BOOKS DO NOT BALANCE; keep the data folder as it is and report this");
  }
}
