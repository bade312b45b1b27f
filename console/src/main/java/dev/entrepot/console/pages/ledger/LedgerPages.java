package dev.entrepot.console.pages.ledger;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.Trace;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.ArrayList;
import java.util.List;

/// The books, looked into: a record's story, a recount, what was done by whom.
public final class LedgerPages {
  private static final String ACTIVITIES = "activities";

  private final Shell shell;
  private final TracePage tracing;
  private final Audit audit;
  private final ActivityLog activities;

  public LedgerPages(
      Shell shell, Trace trace, Uploads uploads, Audit audit, ActivityLog activities) {
    this.shell = shell;
    this.tracing = new TracePage(shell, trace, uploads);
    this.audit = audit;
    this.activities = activities;
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_LEDGER);
    Access recount = Access.needs(Permission.AUDIT);
    return List.of(
        Route.get("/trace", "pages.trace", read, tracing::show),
        Route.get("/audit", "pages.audit", recount, this::audit),
        Route.post("/audit", "pages.audit.run", recount, this::recount).taking(Body.form()),
        Route.get("/activity", "pages.activity", read, this::activity));
  }

  private Answer audit(Exchange exchange) {
    return shell.show(exchange, auditPage());
  }

  private static Page auditPage() {
    return Page.of("Audit")
        .lead(
            "Recounts the books from the records themselves and compares them with the running"
                + " totals, in one snapshot of the database.")
        .with(
            Part.panel(
                    "run",
                    "Recount everything",
                    new Part.Form(FormView.of("recount", "/audit", "Run the audit")))
                .note("With many millions of records it takes a while. Nothing is changed."));
  }

  private Answer recount(Exchange exchange) {
    Audit.Report report = audit.run();
    List<Part> parts = new ArrayList<>();
    parts.add(
        report.clean()
            ? new Part.Message(
                Tone.GOOD,
                "All books balance. The recount took " + Figures.duration(report.took()) + ".",
                null)
            : new Part.Message(
                Tone.BAD,
                Words.count(report.findings().size(), "disagreement")
                    + " found. Do not mend the database by hand: keep it as it is and tell the"
                    + " maintainers.",
                null));
    if (!report.clean()) {
      parts.add(Part.panel("findings", "What does not agree", findings(report)));
    }
    parts.add(Part.panel("checks", "What was looked at", checks(report)));
    return shell.show(exchange, auditPage().with(parts));
  }

  private static TableView findings(Audit.Report report) {
    List<TableView.Row> rows = new ArrayList<>();
    report
        .findings()
        .forEach(finding ->
            rows.add(
                TableView.Row.of(
                    Integer.toString(rows.size()),
                    Cell.text(finding.check()),
                    Cell.code(finding.subject()),
                    Cell.text(finding.message()))));
    return TableView.of(
        "finding-list",
        "Disagreements",
        List.of(
            Column.title("Check"),
            Column.text("Subject"),
            Column.of("What does not agree", Column.Kind.WIDE)),
        rows,
        Empty.of(Icon.CHECK, "Everything agrees", ""));
  }

  private static TableView checks(Audit.Report report) {
    return TableView.of(
        "check-list",
        "Checks",
        List.of(Column.title("Check"), Column.number("Looked at"), Column.number("Disagreements")),
        report.checks().stream()
            .map(check ->
                TableView.Row.of(
                    check.name(),
                    Cell.text(Words.capitalised(check.name())),
                    Cell.count(check.subjects()),
                    Cell.count(
                        report.findings().stream()
                            .filter(finding -> finding.check().equals(check.name()))
                            .count())))
            .toList(),
        Empty.of(Icon.AUDIT, "No check", ""));
  }

  private Answer activity(Exchange exchange) {
    Form query = exchange.query();
    String cursor = Addresses.cursor(exchange);
    if (cursor != null && !cursor.chars().allMatch(Character::isDigit)) {
      throw ProblemException.invalid("cursor", "the cursor is none of this list; start again");
    }
    dev.entrepot.model.Page<ActivityLog.Activity> found =
        activities.list(
            query.text("subject").orElse(null),
            query.text("actor").orElse(null),
            cursor,
            exchange.pageSize());
    TableView table =
        TableView.of(
                ACTIVITIES,
                "Activities, newest first",
                List.of(
                    Column.text("When"),
                    Column.text("Who"),
                    Column.title("What"),
                    Column.text("To what"),
                    Column.of("Details", Column.Kind.WIDE)),
                found.items().stream().map(LedgerPages::row).toList(),
                Empty.of(
                    Icon.CLOCK,
                    "No activity",
                    "What people and programs do is kept here; nothing fits at the moment."))
            .paged(
                Addresses.paging(exchange, found.items().size(), "entry", "entries", found.next()));
    return shell.show(
        exchange,
        Page.of("Activity")
            .lead("What people and programs did, and to what. Entries are only ever added.")
            .with(filters(query), new Part.Table(table)));
  }

  private static Part filters(Form query) {
    return new Part.Filters(
        "/activity",
        ACTIVITIES,
        List.of(
            Field.of(Field.Kind.SEARCH, "subject", "To what")
                .placeholder("vendor/ or upload/0198…")
                .value(query.text("subject").orElse("")),
            Field.of(Field.Kind.SEARCH, "actor", "Who")
                .placeholder("user:anna@example.com")
                .value(query.text("actor").orElse(""))));
  }

  private static TableView.Row row(ActivityLog.Activity activity) {
    return TableView.Row.of(
        Long.toString(activity.id()),
        Cell.time(activity.at()),
        Cell.text(Words.actor(activity.actor())),
        Cell.text(Details.deed(activity.action())),
        Subjects.cell(activity.subject()),
        Cell.text(Details.text(activity.details())));
  }
}
