package dev.entrepot.app.doctor;

import dev.entrepot.app.settings.Settings;
import dev.entrepot.app.settings.SettingsException;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot doctor`.
@Command(
    name = "doctor",
    description = {
      "Looks at what a server needs here: Java, memory, disk, rights, port, database, mail.",
      "Ends with 0 when nothing fails, with 1 otherwise; a warning is no failure."
    },
    footer = {"Examples:", "  entrepot doctor", "  entrepot doctor --data /srv/entrepot -o json"})
public final class DoctorCommand implements Callable<Integer> {
  private final Session session;
  private final SettingsReader reader;
  private final Clock clock;

  public DoctorCommand(Session session, SettingsReader reader, Clock clock) {
    this.session = session;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    List<Finding> findings = examine();
    boolean healthy = findings.stream().noneMatch(f -> f.verdict() == Finding.Verdict.FAIL);
    if (session.options().json()) {
      printJson(findings, healthy);
    } else {
      print(findings, healthy);
    }
    return healthy ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  private List<Finding> examine() {
    Settings settings;
    try {
      settings = reader.read(session.options().data(), Map.of());
      settings.database();
    } catch (SettingsException e) {
      return List.of(Finding.fail("settings", String.valueOf(e.getMessage())));
    }
    return new Doctor(settings, session.running(), clock).examine();
  }

  /// Messages are the point here: they are broken into lines rather than cut.
  private void print(List<Finding> findings, boolean healthy) {
    Table table = new Table(Column.text(""), Column.text(""), Column.text(""));
    for (Finding finding : findings) {
      String verdict =
          finding.verdict() == Finding.Verdict.FAIL
              ? "FAIL"
              : finding.verdict().name().toLowerCase(Locale.ROOT);
      table.row(verdict, finding.subject(), finding.message());
    }
    table.lines(Integer.MAX_VALUE).stream().skip(1).forEach(session.terminal()::print);
    session
        .terminal()
        .print(healthy ? "ready: entrepot serve" : "mend what fails, then: entrepot doctor");
  }

  private void printJson(List<Finding> findings, boolean healthy) {
    ObjectNode document = Api.object().put("healthy", healthy);
    ArrayNode list = document.putArray("findings");
    for (Finding finding : findings) {
      list.add(
          Api.object()
              .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
              .put("subject", finding.subject())
              .put("message", finding.message()));
    }
    session.printJson(document);
  }
}
