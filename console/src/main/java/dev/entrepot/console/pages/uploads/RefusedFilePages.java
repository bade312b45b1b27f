package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.RefusedFiles;
import dev.entrepot.onboarding.uploads.RefusedFiles.RefusedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The files of the watched folder that did not become uploads.
public final class RefusedFilePages {
  private static final String PATH = "/uploads/refused";
  private static final String TABLE = "refused-files";

  private final Shell shell;
  private final RefusedFiles files;

  public RefusedFilePages(Shell shell, RefusedFiles files) {
    this.shell = shell;
    this.files = files;
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_REFUSED_FILES);
    Access write = Access.needs(Permission.WRITE_REFUSED_FILES);
    return List.of(
        Route.get(PATH, "pages.refusedFiles", read, this::list),
        Route.post(PATH + "/{id}/dismiss", "pages.refusedFile.dismiss", write, this::dismiss)
            .taking(Body.form()));
  }

  /// What is said of them where uploads are listed; empty when there are none, or when they are not
  /// the reader's business.
  public static Optional<Part> message(Principal principal, RefusedFiles files) {
    if (!principal.may(Permission.READ_REFUSED_FILES)) {
      return Optional.empty();
    }
    long open = files.open();
    return open == 0
        ? Optional.empty()
        : Optional.of(
            new Part.Message(
                Tone.WARN,
                Words.count(
                        open, "file of the watched folder was", "files of the watched folder were")
                    + " refused as a whole.",
                Action.link("See why", PATH)));
  }

  private Answer list(Exchange exchange) {
    boolean writes = exchange.principal().may(Permission.WRITE_REFUSED_FILES);
    dev.entrepot.model.Page<RefusedFile> found =
        files.list(RefusedFiles.Selection.OPEN, Addresses.cursor(exchange), exchange.pageSize());
    List<Column> columns = new ArrayList<>();
    columns.add(Column.title("File"));
    columns.add(Column.text("Folder"));
    columns.add(Column.of("Why, and what to do", Column.Kind.WIDE));
    columns.add(Column.text("Refused"));
    if (writes) {
      columns.add(Column.text("Seen to"));
    }
    TableView table =
        TableView.of(
                TABLE,
                "Refused files, newest first",
                columns,
                found.items().stream().map(file -> row(file, writes)).toList(),
                Empty.of(
                    Icon.CHECK,
                    "No refused file",
                    "Every file of the watched folder became an upload, or was seen to."))
            .paged(Addresses.paging(exchange, found.items().size(), "file", found.next()));
    return shell.show(
        exchange,
        Page.of("Refused files")
            .under("Uploads", "/uploads")
            .lead(
                "Files of the watched folder that did not become uploads. Clear the reason away, then"
                    + " move the file back into its vendor's folder; one that lies there still is"
                    + " taken by itself.")
            .with(new Part.Table(table)));
  }

  private static TableView.Row row(RefusedFile file, boolean writes) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.text(file.fileName()));
    cells.add(Cell.code(file.vendor()));
    cells.add(new Cell.Pair(Words.sentence(file.reason()), "Kept as " + file.keptAt()));
    cells.add(Cell.ago(file.refusedAt()));
    if (writes) {
      cells.add(
          new Cell.Actions(List.of(Action.post("Dismiss", PATH + "/" + file.id() + "/dismiss"))));
    }
    return new TableView.Row(file.id().toString(), cells, null);
  }

  private Answer dismiss(Exchange exchange) {
    UUID id = exchange.uuid("id");
    Attempt<RefusedFile> attempt =
        Refusal.attempt(() -> files.dismiss(exchange.principal().actor(), id));
    return switch (attempt) {
      case Attempt.Done<RefusedFile>(RefusedFile file) ->
          shell.done(PATH, file.fileName() + " is off the list; the file stays where it lies.");
      case Attempt.Refused<RefusedFile>(Refusal refusal) ->
          shell.told(PATH, new Flash(Tone.BAD, refusal.message()));
    };
  }
}
