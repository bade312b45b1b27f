package dev.entrepot.console.pages.mending;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.UploadFiles;
import dev.entrepot.console.pages.uploads.UploadScope;
import dev.entrepot.console.pages.uploads.UploadTabs;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.GridView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Paging;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.uploads.RowReference;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.RejectedRow;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import dev.entrepot.onboarding.uploads.Uploads.RowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rejected rows of an upload: a grid to mend the open ones, a table of the others.
final class RowsPage {
  private static final int LONGEST_RAW = 160;

  private final Shell shell;
  private final Uploads uploads;

  RowsPage(Shell shell, Uploads uploads) {
    this.shell = shell;
    this.uploads = uploads;
  }

  Answer show(Exchange exchange) {
    return show(exchange, 200, FormState.blank());
  }

  /// @param dismissal what was typed to dismiss rows, and why it was refused
  Answer show(Exchange exchange, int status, FormState dismissal) {
    Upload upload = UploadScope.require(exchange, uploads);
    Principal principal = exchange.principal();
    String asked = dismissal.value("type");
    String type = asked.isEmpty() ? exchange.query().text("type").orElse(null) : asked;
    RowState state =
        exchange
            .query()
            .text("state")
            .flatMap(text -> Read.constant(text, RowState.class))
            .orElse(RowState.OPEN);
    Page<RejectedRow> found =
        uploads.rejected(upload.id(), type, state, Addresses.cursor(exchange), exchange.pageSize());
    Paging paging =
        Addresses.paging(
            exchange,
            "/uploads/" + upload.id() + "/rows",
            found.items().size(),
            "row",
            found.next());
    boolean mends = mends(principal, upload, state);
    List<Part> parts = new ArrayList<>();
    parts.add(filters(upload, type, state));
    if (mends && !found.items().isEmpty()) {
      parts.add(new Part.Grid(grid(upload, found.items(), paging)));
      parts.add(dismissal(upload, type, dismissal));
    } else {
      if (dismissal.refusal() != null) {
        parts.add(new Part.Message(Tone.BAD, dismissal.refusal().message(), null));
      }
      parts.add(
          new Part.Table(
              RowTable.of(upload, found.items(), none(upload, type, state)).paged(paging)));
    }
    dev.entrepot.console.pages.shell.Page page =
        UploadTabs.page(principal, upload, UploadTabs.Tabs.ROWS)
            .lead(lead(mends, upload) + numbering(upload, found.items()));
    for (Action file : UploadFiles.errors(upload)) {
      page = page.action(file);
    }
    return shell.show(exchange, status, page.with(parts));
  }

  private static boolean mends(Principal principal, Upload upload, RowState state) {
    return principal.may(Permission.WRITE_UPLOADS)
        && state == RowState.OPEN
        && upload.state().finished()
        && !upload.header().isEmpty();
  }

  /// Mended rows are called as they are in the file that people know.
  private String numbering(Upload upload, List<RejectedRow> rows) {
    if (!upload.mends() || rows.isEmpty()) {
      return "";
    }
    String files =
        uploads
            .places(rows.stream().map(row -> new RowReference(upload.id(), row.number())).toList())
            .values()
            .stream()
            .map(RowPlace::fileName)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return " They are numbered as in " + files + ".";
  }

  private static String lead(boolean mends, Upload upload) {
    if (upload.openErrors() == 0) {
      return "No row is open any more.";
    }
    return mends
        ? "Change the marked cells and send the rows again. All other rows are already taken care of."
        : "Rows that could not be accepted, each with its reasons.";
  }

  private static Part filters(Upload upload, @Nullable String type, RowState state) {
    List<Option> types = new ArrayList<>();
    types.add(new Option("", "Any error"));
    for (Upload.ProblemCount problem : upload.topProblems()) {
      types.add(
          new Option(
              problem.code(),
              Words.of(problem.code()) + " (" + Words.count(problem.rows(), "row") + ")"));
    }
    return new Part.Filters(
        "/uploads/" + upload.id() + "/rows",
        "main",
        List.of(
            Field.select("type", "Error", types).mandatory().value(type == null ? "" : type),
            Field.select(
                    "state",
                    "State",
                    List.of(
                        new Option("OPEN", "Open"),
                        new Option("RETRIED", "Sent again"),
                        new Option("MENDED", "Mended"),
                        new Option("DISMISSED", "Dismissed")))
                .mandatory()
                .value(state.name())));
  }

  private static GridView grid(Upload upload, List<RejectedRow> rows, Paging paging) {
    String root = "/uploads/" + upload.id();
    RowCells cells = new RowCells(upload.header());
    Set<Integer> numeric = RowCells.numeric(rows);
    List<GridView.Head> heads = new ArrayList<>();
    List<String> names = cells.names();
    for (int i = 0; i < names.size(); i++) {
      heads.add(new GridView.Head(names.get(i), cells.label(i), numeric.contains(i)));
    }
    return new GridView(
        upload.id().toString(),
        "Rejected rows of " + upload.fileName(),
        root + "/rows",
        "/uploads/{id}",
        root + "/check",
        root + "/rows/{row}",
        heads,
        rows.stream().map(row -> row(cells, row)).toList(),
        paging);
  }

  private static GridView.Row row(RowCells cells, RejectedRow row) {
    RowCells.Faults faults = cells.faults(row, row.problems());
    List<String> general = new ArrayList<>(faults.general());
    raw(row).ifPresent(general::add);
    return new GridView.Row(row.number(), row.line(), cells.values(row), faults.byCell(), general);
  }

  /// The text of a row that could not be read, to be seen while its cells are filled in.
  static Optional<String> raw(RejectedRow row) {
    if (row.readable() || row.cells().isEmpty()) {
      return Optional.empty();
    }
    String raw = row.cells().getFirst();
    return Optional.of(
        "It stands so in the file: "
            + (raw.length() > LONGEST_RAW ? raw.substring(0, LONGEST_RAW) + "…" : raw));
  }

  private static Part dismissal(Upload upload, @Nullable String type, FormState state) {
    String open =
        type == null
            ? Words.count(upload.openErrors(), "open row is", "open rows are")
            : "every open row with this error (" + Words.of(type) + ") is";
    FormView form =
        state
            .fill(
                FormView.of(
                    "dismiss-rows",
                    "/uploads/" + upload.id() + "/dismiss",
                    "Dismiss rows",
                    Field.text("rows", "Rows")
                        .placeholder("12, 15-20")
                        .help("Numbers and ranges. Left empty, " + open + " meant."),
                    Field.text("reason", "Reason")
                        .mandatory()
                        .help("It is kept with the activity, for whoever asks later.")))
            .danger("Dismiss these rows? They stay on record, and nobody is asked to mend them.");
    return Part.panel(
            "dismiss",
            "Not worth mending?",
            new Part.Form(type == null ? form : form.hidden("type", type)))
        .note("Dismissed rows stay on record with the reason.");
  }

  private static Empty none(Upload upload, @Nullable String type, RowState state) {
    String rows = "/uploads/" + upload.id() + "/rows";
    if (type != null) {
      return new Empty(
          Icon.CHECK,
          "No such row",
          "None of this error is " + RowTable.state(state) + ".",
          Action.link("All rejected rows", rows));
    }
    return state == RowState.OPEN
        ? new Empty(
            Icon.CHECK,
            "Nothing to mend",
            "No rejected row of this file is open.",
            Action.link("Back to the verdict", "/uploads/" + upload.id()))
        : Empty.of(Icon.FILE, "No such row", "None is " + RowTable.state(state) + ".");
  }
}
