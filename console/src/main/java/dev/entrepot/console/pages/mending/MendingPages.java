package dev.entrepot.console.pages.mending;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.UploadScope;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.MendedRow;
import dev.entrepot.onboarding.uploads.Uploads.RejectedRow;
import dev.entrepot.onboarding.uploads.Uploads.RowState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rejected rows: looked at, mended, sent again, dismissed.
public final class MendingPages {
  private static final String PATH = "/uploads/{id}";
  private static final long LARGEST_EDIT = 8 << 20;
  private static final int BATCH = 1_000;

  /// Mended rows as the grid sends them.
  private record Edits(List<Edit> rows) {}

  private record Edit(long row, Map<String, String> values) {}

  /// What is wrong with an edited row.
  private record Verdict(List<CellFault> problems, List<String> general) {}

  private record CellFault(String column, String message) {}

  private final Shell shell;
  private final Uploads uploads;
  private final RowPage rowPage;
  private final RowsPage rowsPage;

  public MendingPages(Shell shell, Uploads uploads) {
    this.shell = shell;
    this.uploads = uploads;
    this.rowPage = new RowPage(shell, uploads);
    this.rowsPage = new RowsPage(shell, uploads);
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_UPLOADS);
    Access write = Access.needs(Permission.WRITE_UPLOADS);
    return List.of(
        Route.get(PATH + "/rows", "pages.rows", read, rowsPage::show),
        Route.post(PATH + "/rows", "pages.rows.resubmit", write, this::resubmit)
            .taking(Body.json(LARGEST_EDIT)),
        Route.post(PATH + "/check", "pages.rows.check", write, this::check),
        Route.post(PATH + "/dismiss", "pages.rows.dismiss", write, this::dismiss)
            .taking(Body.form()),
        Route.get(PATH + "/rows/{row}", "pages.row", read, rowPage::show),
        Route.post(PATH + "/rows/{row}", "pages.row.mend", write, rowPage::mend)
            .taking(Body.form()));
  }

  private Answer resubmit(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    List<MendedRow> rows = new ArrayList<>();
    long characters = 0;
    for (Edit edit : exchange.json(Edits.class).rows()) {
      MendedRow row = mended(upload, edit);
      characters += row.cells().stream().mapToLong(String::length).sum();
      if (characters > LARGEST_EDIT) {
        throw ProblemException.invalid(
            "rows",
            "the rows come to more than "
                + LARGEST_EDIT
                + " characters together; send fewer of them at a time");
      }
      rows.add(row);
    }
    Uploads.Receipt receipt = uploads.resubmit(exchange.principal().actor(), upload.id(), rows);
    return Answer.json(202, Map.of("id", receipt.upload().id().toString()));
  }

  private Answer check(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Edit edit = exchange.json(Edit.class);
    RejectedRow row = require(upload, edit.row());
    RowCells cells = new RowCells(upload.header());
    RowCells.Faults faults = cells.faults(row, uploads.check(upload.id(), mended(upload, edit)));
    List<CellFault> found = new ArrayList<>();
    faults
        .byCell()
        .forEach((name, messages) -> found.add(new CellFault(name, String.join(" ", messages))));
    List<String> general = new ArrayList<>(faults.general());
    RowsPage.raw(row).ifPresent(general::add);
    return Answer.json(new Verdict(found, general));
  }

  private MendedRow mended(Upload upload, Edit edit) {
    RowCells cells = new RowCells(upload.header());
    return new MendedRow(edit.row(), cells.mended(require(upload, edit.row()), edit.values()));
  }

  private RejectedRow require(Upload upload, long number) {
    return uploads
        .rejectedRow(upload.id(), number)
        .orElseThrow(() ->
            ProblemException.notFound(
                "row " + number + " of this upload was not rejected; load the page again"));
  }

  private Answer dismiss(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Form form = exchange.form();
    Attempt<Long> attempt = Refusal.attempt(() -> dismissed(exchange, upload, form));
    return switch (attempt) {
      case Attempt.Done<Long>(Long rows) ->
          shell.done(
              "/uploads/" + upload.id() + "/rows",
              Words.count(rows, "row was", "rows were") + " dismissed.");
      case Attempt.Refused<Long>(Refusal refusal) ->
          rowsPage.show(exchange, refusal.status(), FormState.of(form, refusal));
    };
  }

  private long dismissed(Exchange exchange, Upload upload, Form form) {
    String reason = Read.text(form, "reason");
    List<Long> named = RowNumbers.parse(form.text("rows").orElse(""));
    if (!named.isEmpty()) {
      return uploads.dismiss(
          exchange.principal().actor(), upload.id(), numbers(upload, named), reason);
    }
    String type = Read.optional(form, "type");
    long dismissed = 0;
    List<Long> open = open(upload, type);
    while (!open.isEmpty()) {
      long step = uploads.dismiss(exchange.principal().actor(), upload.id(), open, reason);
      if (step == 0) {
        throw new OnboardingException(
            OnboardingException.Code.CONFLICT, "the rows were changed meanwhile; look again");
      }
      dismissed += step;
      open = open(upload, type);
    }
    return dismissed;
  }

  /// The numbers of the open rows that stand on these lines.
  private List<Long> numbers(Upload upload, List<Long> lines) {
    Set<Long> wanted = new HashSet<>(lines);
    List<Long> numbers = new ArrayList<>();
    String cursor = null;
    do {
      Page<RejectedRow> page = uploads.rejected(upload.id(), null, RowState.OPEN, cursor, BATCH);
      for (RejectedRow row : page.items()) {
        if (wanted.contains(row.line())) {
          numbers.add(row.number());
        }
      }
      cursor = page.next();
    } while (cursor != null && numbers.size() < wanted.size());
    return numbers;
  }

  private List<Long> open(Upload upload, @Nullable String type) {
    return uploads.rejected(upload.id(), type, RowState.OPEN, null, BATCH).items().stream()
        .map(RejectedRow::number)
        .toList();
  }
}
