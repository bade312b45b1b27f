package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.uploads.RefusedFiles;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The list of uploads and the pages of one.
public final class UploadPages {
  private static final String PATH = "/uploads";
  private static final String TABLE = "uploads";

  private final Duration slice;
  private final Shell shell;
  private final Uploads uploads;
  private final RefusedFiles refusedFiles;
  private final Receiving receiving;

  /// @param slice so long one request declines rows of a cancelled upload
  public UploadPages(Shell shell, Onboarding onboarding, Duration slice) {
    this.slice = slice;
    this.shell = shell;
    this.uploads = onboarding.uploads();
    this.refusedFiles = onboarding.refusedFiles();
    this.receiving = new Receiving(shell, uploads, new UploadForms(onboarding.vendors()));
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_UPLOADS);
    Access write = Access.needs(Permission.WRITE_UPLOADS);
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get(PATH, "pages.uploads", read, this::list));
    routes.add(Route.get(PATH + "/new", "pages.uploads.new", write, receiving::form));
    routes.add(
        Route.post(PATH, "pages.uploads.receive", write, receiving::receive).taking(Body.stream()));
    routes.add(Route.get(PATH + "/{id}", "pages.upload", read, this::verdict));
    routes.add(
        Route.post(PATH + "/{id}/rerun", "pages.upload.rerun", write, this::rerun)
            .taking(Body.form()));
    routes.add(
        Route.post(PATH + "/{id}/cancel", "pages.upload.cancel", write, this::cancel)
            .taking(Body.form()));
    routes.add(Route.get(PATH + "/{id}/warnings", "pages.upload.warnings", read, this::warnings));
    return routes;
  }

  private Answer list(Exchange exchange) {
    Principal principal = exchange.principal();
    Form query = exchange.query();
    String vendor =
        principal.vendor() == null ? query.text("vendor").orElse(null) : principal.vendor();
    Upload.State state =
        query.text("state").flatMap(text -> Read.constant(text, Upload.State.class)).orElse(null);
    String text = query.text("q").orElse(null);
    Uploads.Mendable mendable =
        query
            .text("mendable")
            .flatMap(given -> Read.constant(given, Uploads.Mendable.class))
            .orElse(Uploads.Mendable.ANY);
    Uploads.Query wanted = new Uploads.Query(vendor, state, text, mendable);
    dev.entrepot.model.Page<Upload> found =
        uploads.list(wanted, Addresses.cursor(exchange), exchange.pageSize());
    boolean all = query.names().isEmpty();
    TableView table =
        UploadTable.of(
                TABLE,
                "Uploads, newest first",
                found.items(),
                principal.vendor() == null ? UploadTable.Vendors.SHOWN : UploadTable.Vendors.HIDDEN,
                all ? none(principal) : nothing())
            .paged(Addresses.paging(exchange, found.items().size(), "upload", found.next()));
    Page page =
        Page.of("Uploads")
            .lead(
                principal.vendor() == null
                    ? "Every file that came in, by whichever way."
                    : "Every file of yours that came in, by whichever way.")
            .with(RefusedFilePages.message(principal, refusedFiles).stream().toList())
            .with(filters(principal, wanted), new Part.Table(table));
    return shell.show(exchange, principal.may(Permission.WRITE_UPLOADS) ? upload(page) : page);
  }

  private static Page upload(Page page) {
    return page.action(Action.link("Upload a file", PATH + "/new").primary().icon(Icon.UPLOAD));
  }

  private static Part filters(Principal principal, Uploads.Query query) {
    List<Option> states = new ArrayList<>();
    states.add(new Option("", "Any state"));
    for (Upload.State one : Upload.State.values()) {
      states.add(new Option(one.name(), UploadWords.name(one)));
    }
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.of(Field.Kind.SEARCH, "q", "Search")
            .placeholder("File name, or the beginning of an upload's id")
            .value(query.text() == null ? "" : query.text()));
    fields.add(
        Field.select("state", "State", states)
            .mandatory()
            .value(query.state() == null ? "" : query.state().name()));
    fields.add(
        Field.select(
                "mendable",
                "Rejected rows",
                List.of(new Option("", "Any"), new Option("OPEN", "Still to mend")))
            .mandatory()
            .value(query.mendable() == Uploads.Mendable.OPEN ? "OPEN" : ""));
    if (principal.vendor() == null) {
      fields.add(
          Field.of(Field.Kind.SEARCH, "vendor", "Vendor")
              .placeholder("Code")
              .value(query.vendor() == null ? "" : query.vendor()));
    }
    return new Part.Filters(PATH, TABLE, fields);
  }

  private static Empty none(Principal principal) {
    return new Empty(
        Icon.UPLOAD,
        "No file has come in yet",
        "Files arrive here from the portal, the API, the watched folder and the command line.",
        principal.may(Permission.WRITE_UPLOADS)
            ? Action.link("Upload a file", PATH + "/new").primary().icon(Icon.UPLOAD)
            : null);
  }

  private static Empty nothing() {
    return new Empty(
        Icon.SEARCH,
        "No upload fits",
        "Change what you search for, or look at all of them.",
        Action.link("All uploads", PATH));
  }

  private Answer verdict(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    return shell.show(
        exchange,
        new VerdictPage(exchange.principal(), upload).page(uploads.successors(upload.id())));
  }

  private Answer rerun(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Attempt<Uploads.Receipt> attempt =
        Refusal.attempt(() -> uploads.rerun(exchange.principal().actor(), upload.id(), null));
    return switch (attempt) {
      case Attempt.Done<Uploads.Receipt>(Uploads.Receipt receipt) ->
          shell.done(PATH + "/" + receipt.upload().id(), "The file is being read once more.");
      case Attempt.Refused<Uploads.Receipt>(Refusal refusal) ->
          shell.told(PATH + "/" + upload.id(), new Flash(Tone.BAD, refusal.message()));
    };
  }

  private Answer cancel(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Attempt<Upload> attempt =
        Refusal.attempt(() -> uploads.cancel(exchange.principal().actor(), upload.id(), slice));
    return switch (attempt) {
      case Attempt.Done<Upload>(Upload cancelled) ->
          cancelled.books().pending() > 0
              ? shell.show(exchange, goingOn(exchange, cancelled))
              : shell.done(PATH + "/" + upload.id(), "The upload is cancelled.");
      case Attempt.Refused<Upload>(Refusal refusal) ->
          shell.told(PATH + "/" + upload.id(), new Flash(Tone.BAD, refusal.message()));
    };
  }

  /// Of very many rows that wait for approval, some are declined in each request.
  private static Page goingOn(Exchange exchange, Upload upload) {
    return UploadTabs.page(exchange.principal(), upload, UploadTabs.Tabs.VERDICT)
        .lead("The upload is cancelled; rows of it that wait for approval are declined.")
        .with(
            new Part.Message(
                Tone.INFO,
                Words.count(upload.books().pending(), "row is left", "rows are left")
                    + ". It goes on by itself while this page is open; what is declined stands.",
                null))
        .with(
            new Part.GoingOn(
                FormView.of("going-on", PATH + "/" + upload.id() + "/cancel", "Go on")));
  }

  private Answer warnings(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    dev.entrepot.model.Page<Uploads.Warning> found =
        uploads.warnings(upload.id(), Addresses.cursor(exchange), exchange.pageSize());
    List<TableView.Row> rows = new ArrayList<>();
    for (Uploads.Warning warning : found.items()) {
      rows.add(
          TableView.Row.of(
              warning.number() + "-" + rows.size(),
              Cell.count(warning.line()),
              Cell.text(dev.entrepot.console.pages.shell.Words.of(warning.code())),
              Cell.code(warning.field()),
              Cell.text(warning.message())));
    }
    TableView table =
        TableView.of(
                "warnings",
                "Remarks",
                List.of(
                    Column.number("Row"),
                    Column.title("Remark"),
                    Column.text("Field"),
                    Column.of("Message", Column.Kind.WIDE)),
                rows,
                Empty.of(Icon.CHECK, "No remarks", "Nothing in this file is worth a second look."))
            .paged(Addresses.paging(exchange, rows.size(), "remark", found.next()));
    return shell.show(
        exchange,
        UploadTabs.page(exchange.principal(), upload, UploadTabs.Tabs.WARNINGS)
            .lead("Worth a second look: rows accepted with a remark, and rows left out on purpose.")
            .with(new Part.Table(table)));
  }
}
