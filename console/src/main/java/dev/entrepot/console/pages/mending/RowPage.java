package dev.entrepot.console.pages.mending;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.UploadScope;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.MendedRow;
import dev.entrepot.onboarding.uploads.Uploads.RejectedRow;
import dev.entrepot.onboarding.uploads.Uploads.RowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One rejected row, mended with a plain form.
final class RowPage {
  private static final String CHECK = "check";
  private static final String DISMISS = "dismiss";
  private static final int LONG_TEXT = 80;

  private final Shell shell;
  private final Uploads uploads;

  RowPage(Shell shell, Uploads uploads) {
    this.shell = shell;
    this.uploads = uploads;
  }

  Answer show(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    RejectedRow row = require(exchange, upload);
    RowCells cells = new RowCells(upload.header());
    return shell.show(
        exchange,
        page(exchange, upload, row, cells.values(row), cells.faults(row, row.problems())));
  }

  Answer mend(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    RejectedRow row = require(exchange, upload);
    Form form = exchange.form();
    return switch (form.text("deed").orElse("")) {
      case DISMISS -> dismiss(exchange, upload, row, form);
      case CHECK -> check(exchange, upload, row, form);
      default -> send(exchange, upload, row, form);
    };
  }

  private Answer check(Exchange exchange, Upload upload, RejectedRow row, Form form) {
    RowCells cells = new RowCells(upload.header());
    Map<String, String> typed = typed(cells, form);
    RowCells.Faults faults =
        cells.faults(row, uploads.check(upload.id(), mended(cells, row, typed)));
    boolean right = faults.byCell().isEmpty() && faults.general().isEmpty();
    Page page = page(exchange, upload, row, typed, faults);
    return shell.show(
        exchange,
        right
            ? page.with(
                new Part.Message(
                    Tone.GOOD, "The row would be accepted now. Send it again to have it.", null))
            : page);
  }

  private Answer send(Exchange exchange, Upload upload, RejectedRow row, Form form) {
    RowCells cells = new RowCells(upload.header());
    Map<String, String> typed = typed(cells, form);
    Attempt<Uploads.Receipt> attempt =
        Refusal.attempt(() ->
            uploads.resubmit(
                exchange.principal().actor(), upload.id(), List.of(mended(cells, row, typed))));
    return switch (attempt) {
      case Attempt.Done<Uploads.Receipt>(Uploads.Receipt receipt) ->
          shell.done("/uploads/" + receipt.upload().id(), "The row was sent again.");
      case Attempt.Refused<Uploads.Receipt>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(
                  exchange,
                  upload,
                  row,
                  typed,
                  new RowCells.Faults(Map.of(), List.of(refusal.message()))));
    };
  }

  private Answer dismiss(Exchange exchange, Upload upload, RejectedRow row, Form form) {
    Attempt<Long> attempt =
        Refusal.attempt(() ->
            uploads.dismiss(
                exchange.principal().actor(),
                upload.id(),
                List.of(row.number()),
                Read.text(form, "reason")));
    return switch (attempt) {
      case Attempt.Done<Long> _ ->
          shell.done("/uploads/" + upload.id() + "/rows", "Row " + row.line() + " was dismissed.");
      case Attempt.Refused<Long>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(
                  exchange,
                  upload,
                  row,
                  new RowCells(upload.header()).values(row),
                  new RowCells.Faults(Map.of(), List.of(refusal.message()))));
    };
  }

  private RejectedRow require(Exchange exchange, Upload upload) {
    long number = exchange.number("row");
    return uploads
        .rejectedRow(upload.id(), number)
        .orElseThrow(() ->
            ProblemException.notFound(
                "row " + number + " of " + upload.fileName() + " was not rejected"));
  }

  private static Map<String, String> typed(RowCells cells, Form form) {
    Map<String, String> typed = new HashMap<>();
    for (String name : cells.names()) {
      // Browsers send line breaks as two characters; files have one.
      form.value(name).ifPresent(text -> typed.put(name, text.replace("\r\n", "\n")));
    }
    return typed;
  }

  private static MendedRow mended(RowCells cells, RejectedRow row, Map<String, String> typed) {
    return new MendedRow(row.number(), cells.mended(row, typed));
  }

  private static Page page(
      Exchange exchange,
      Upload upload,
      RejectedRow row,
      Map<String, String> values,
      RowCells.Faults faults) {
    boolean mends =
        exchange.principal().may(Permission.WRITE_UPLOADS)
            && row.state() == RowState.OPEN
            && !upload.header().isEmpty();
    List<Part> parts = new ArrayList<>();
    for (String general : faults.general()) {
      parts.add(new Part.Message(Tone.BAD, general, null));
    }
    if (!row.readable() && !row.cells().isEmpty()) {
      parts.add(
          Part.panel(
              "raw",
              "The row as it stands in the file",
              new Part.Lines(
                  "The row", dev.entrepot.console.view.Line.of(row.cells().getFirst()))));
    }
    parts.add(
        mends
            ? Part.panel("cells", "Cells", new Part.Form(cells(upload, row, values, faults)))
            : Part.panel("cells", "Cells", new Part.Facts(facts(upload, values, faults))));
    if (mends) {
      parts.add(Part.panel("dismiss", "Not worth mending?", new Part.Form(dismissal(upload, row))));
    }
    Cell.State state = (Cell.State) RowTable.badge(row.state());
    return Page.of("Row " + row.line())
        .lead(Words.of(row.errorType()) + " · " + upload.fileName())
        .badge(new Badge(state.badge().tone(), state.badge().label(), state.badge().icon()))
        .under("Uploads", "/uploads")
        .under(upload.fileName(), "/uploads/" + upload.id())
        .under("Rejected rows", "/uploads/" + upload.id() + "/rows")
        .with(parts);
  }

  private static FormView cells(
      Upload upload, RejectedRow row, Map<String, String> values, RowCells.Faults faults) {
    RowCells cells = new RowCells(upload.header());
    List<String> names = cells.names();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String value = values.getOrDefault(name, "");
      boolean tall = value.length() > LONG_TEXT || value.contains("\n");
      Field field = Field.of(tall ? Field.Kind.TEXTAREA : Field.Kind.TEXT, name, cells.label(i));
      List<String> wrong = faults.byCell().get(name);
      fields.add(field.value(value).error(wrong == null ? null : String.join(" ", wrong)));
    }
    return FormView.of(
            "mend",
            "/uploads/" + upload.id() + "/rows/" + row.number(),
            "Send the row again",
            fields.toArray(Field[]::new))
        .also(CHECK, "Check first");
  }

  private static List<Fact> facts(
      Upload upload, Map<String, String> values, RowCells.Faults faults) {
    RowCells cells = new RowCells(upload.header());
    List<String> names = cells.names();
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String value = values.getOrDefault(names.get(i), "");
      List<String> wrong = faults.byCell().get(names.get(i));
      facts.add(
          new Fact(
              cells.label(i),
              wrong == null
                  ? Cell.text(value)
                  : new Cell.Pair(value.isEmpty() ? "–" : value, String.join(" ", wrong))));
    }
    return facts;
  }

  private static FormView dismissal(Upload upload, RejectedRow row) {
    return FormState.blank()
        .fill(
            FormView.of(
                    "dismiss-row",
                    "/uploads/" + upload.id() + "/rows/" + row.number(),
                    "Dismiss this row",
                    Field.text("reason", "Reason").mandatory())
                .hidden("deed", DISMISS)
                .danger("Dismiss this row? It stays on record with your reason."));
  }
}
