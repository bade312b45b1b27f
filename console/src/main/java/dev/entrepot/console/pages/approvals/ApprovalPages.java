package dev.entrepot.console.pages.approvals;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.UploadScope;
import dev.entrepot.console.pages.uploads.UploadTabs;
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
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.Decision;
import dev.entrepot.onboarding.uploads.Uploads.OlderRows;
import dev.entrepot.onboarding.uploads.Uploads.PendingRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What waits for an operator: uploads, their rows, and the decision.
public final class ApprovalPages {
  private static final String PATH = "/approvals";
  private static final String REASON = "reason";
  private static final int MOST_CHANGES = 2;
  private static final int MOST_SHOWN = 30;

  private final Shell shell;
  private final Uploads uploads;
  private final Duration slice;

  /// @param slice so long one request decides on rows; then the page shows how far it is, and goes
  ///   on
  public ApprovalPages(Shell shell, Uploads uploads, Duration slice) {
    this.shell = shell;
    this.uploads = uploads;
    this.slice = slice;
  }

  public List<Route> routes() {
    Access approve = Access.needs(Permission.APPROVE);
    return List.of(
        Route.get(PATH, "pages.approvals", approve, this::list),
        Route.get(PATH + "/{id}", "pages.approval", approve, this::show),
        Route.post(PATH + "/{id}", "pages.approval.decide", approve, this::decide)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    dev.entrepot.model.Page<Upload> found =
        uploads.awaitingApproval(Addresses.cursor(exchange), exchange.pageSize());
    TableView table =
        TableView.of(
                "approvals",
                "Uploads with rows that wait, oldest first",
                List.of(
                    Column.title("File"),
                    Column.text("Vendor"),
                    Column.number("Rows waiting"),
                    Column.text("Books"),
                    Column.text("Received")),
                found.items().stream().map(ApprovalPages::row).toList(),
                new Empty(
                    Icon.CHECK,
                    "Nothing waits",
                    "Rows of vendors whose uploads need approval come here before they reach the"
                        + " catalogue.",
                    Action.link("Vendors", "/vendors")))
            .paged(Addresses.paging(exchange, found.items().size(), "upload", found.next()));
    return shell.show(
        exchange,
        Page.of("Approvals")
            .lead("Accepted rows that reach the catalogue only when you say so, oldest first.")
            .with(new Part.Table(table)));
  }

  private static TableView.Row row(Upload upload) {
    return TableView.Row.of(
        upload.id().toString(),
        Cell.link(upload.fileName(), PATH + "/" + upload.id()),
        Cell.link(upload.vendor(), "/vendors/" + upload.vendor()),
        Cell.count(upload.books().pending()),
        new Cell.Bar(upload.books()),
        Cell.ago(upload.receivedAt()));
  }

  private Answer show(Exchange exchange) {
    return shell.show(
        exchange,
        page(exchange, UploadScope.require(exchange, uploads), FormState.blank(), Set.of()));
  }

  /// @param state what was typed, and why it was refused
  /// @param chosen the rows that were chosen then
  private Page page(Exchange exchange, Upload upload, FormState state, Set<Long> chosen) {
    dev.entrepot.model.Page<PendingRow> found =
        uploads.pending(upload.id(), Addresses.cursor(exchange), exchange.pageSize());
    TableView table =
        TableView.of(
                "waiting",
                "Rows that wait",
                List.of(
                    Column.of("Choose", Column.Kind.CHOICE),
                    Column.number("Row"),
                    Column.title("Product"),
                    Column.text("In the catalogue"),
                    Column.text("SKU"),
                    Column.text("Category"),
                    Column.number("Price"),
                    Column.number("Stock"),
                    Column.text("Brand")),
                found.items().stream()
                    .map(row -> pending(row, chosen.contains(row.number())))
                    .toList(),
                new Empty(
                    Icon.CHECK,
                    "No row waits any more",
                    "Every accepted row of this file is decided on.",
                    Action.link("All that waits", PATH)))
            .paged(Addresses.paging(exchange, found.items().size(), "row", found.next()));
    Page page =
        UploadTabs.page(exchange.principal(), upload, UploadTabs.Tabs.WAITING)
            .lead(
                Words.count(upload.books().pending(), "row waits", "rows wait")
                    + " for your decision.");
    Refusal refusal = state.refusal();
    if (refusal != null && (!refusal.at(REASON) || found.items().isEmpty())) {
      page = page.with(new Part.Message(Tone.BAD, refusal.message(), null));
    }
    return page.with(
        found.items().isEmpty()
            ? new Part.Table(table)
            : choices(upload, table, Addresses.cursor(exchange), state));
  }

  /// @param cursor of the rows that are shown, to be shown again should the decision be refused
  private static Part choices(
      Upload upload, TableView table, @Nullable String cursor, FormState state) {
    String rows = Words.count(upload.books().pending(), "waiting row");
    return new Part.Choices(
        Addresses.of(PATH + "/" + upload.id(), "cursor", cursor),
        table,
        List.of(
            state.fill(
                Field.text(REASON, "Reason, when you decline")
                    .placeholder("the supplier reads it")),
            Field.of(Field.Kind.CHECKBOX, Tally.EVEN_OLDER, "Approve even older rows")
                .help("Rows whose products a later upload brought meanwhile wait otherwise.")),
        List.of(
            new Part.Deed("approve", "Approve chosen", Action.Weight.PRIMARY, true, null),
            new Part.Deed("decline", "Decline chosen", Action.Weight.DANGER, true, null),
            new Part.Deed(
                "approve-all",
                "Approve all",
                Action.Weight.PLAIN,
                false,
                "Approve all " + rows + "? They go to the catalogue."),
            new Part.Deed(
                "decline-all",
                "Decline all",
                Action.Weight.DANGER,
                false,
                "Decline all " + rows + "? The supplier is told the reason.")));
  }

  private static TableView.Row pending(PendingRow row, boolean chosen) {
    Map<String, String> values = row.values();
    return TableView.Row.of(
        Long.toString(row.number()),
        new Cell.Choice("row", Long.toString(row.number()), "Row " + row.line(), chosen),
        Cell.count(row.line()),
        Cell.text(values.get("product_name")),
        catalogue(row),
        Cell.code(values.get("sku")),
        Cell.text(values.get("category")),
        new Cell.Figure(price(row)),
        new Cell.Figure(values.getOrDefault("stock_quantity", "–")),
        Cell.text(values.get("brand")));
  }

  private static String price(PendingRow row) {
    String price = row.values().get("price");
    return price == null ? "–" : price + " " + row.currency();
  }

  /// Whether it is new, or what it changes, and whether the catalogue holds something newer.
  private static Cell catalogue(PendingRow row) {
    UUID newer = row.newer();
    Cell change =
        row.taken()
            ? Cell.text("its SKU is another vendor's")
            : row.product() == null
                ? Cell.text("new")
                : row.changes().isEmpty()
                    ? Cell.text("as it is")
                    : new Cell.Pair(
                        "changes "
                            + row.changes().stream()
                                .map(FieldChange::field)
                                .collect(Collectors.joining(", ")),
                        row.changes().stream()
                            .limit(MOST_CHANGES)
                            .map(one -> shown(one.from()) + " → " + shown(one.to()))
                            .collect(Collectors.joining(", ")));
    return newer == null
        ? change
        : new Cell.Stack(
            change, Cell.link("this row is older: see the later upload", "/uploads/" + newer));
  }

  private static String shown(@Nullable String value) {
    return value == null
        ? "nothing"
        : value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
  }

  private Answer decide(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Form form = exchange.form();
    Attempt<Tally> attempt =
        Refusal.attempt(() -> Tally.of(form).plus(decision(exchange, upload, form)));
    return switch (attempt) {
      case Attempt.Done<Tally>(Tally tally) ->
          tally.left() > 0 && ofAll(form)
              ? shell.show(exchange, goingOn(exchange, upload, form, tally))
              : decided(upload, tally);
      case Attempt.Refused<Tally>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, upload, FormState.of(form, refusal), chosen(form)));
    };
  }

  /// The rows that were chosen, as far as they can be read.
  private static Set<Long> chosen(Form form) {
    return form.values("row").stream()
        .filter(row -> row.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .collect(Collectors.toSet());
  }

  private static boolean ofAll(Form form) {
    return form.text("deed").orElse("").endsWith("-all");
  }

  private static Page goingOn(Exchange exchange, Upload upload, Form form, Tally tally) {
    Page page =
        UploadTabs.page(exchange.principal(), upload, UploadTabs.Tabs.WAITING)
            .lead(Words.count(tally.left(), "row waits", "rows wait") + " still.");
    String deed = form.text("deed").orElseThrow();
    String reason = form.text(REASON).orElse("");
    for (Part part :
        tally.goingOn(PATH + "/" + upload.id(), deed, reason, older(form) == OlderRows.APPLY)) {
      page = page.with(part);
    }
    return page;
  }

  private static OlderRows older(Form form) {
    return form.text(Tally.EVEN_OLDER).isPresent() ? OlderRows.APPLY : OlderRows.WAIT;
  }

  private Decision decision(Exchange exchange, Upload upload, Form form) {
    Actor actor = exchange.principal().actor();
    String reason = form.text(REASON).orElse("");
    List<Long> chosen = Read.wholes(form, "row");
    String deed = form.text("deed").orElse("");
    boolean all = ofAll(form);
    if (!all && chosen.isEmpty()) {
      throw Refusal.invalid("row", "no row was chosen; choose some, or decide on all of them");
    }
    List<Long> rows = all ? null : chosen;
    return switch (deed) {
      case "approve", "approve-all" ->
          uploads.approve(actor, upload.id(), rows, older(form), slice);
      case "decline", "decline-all" -> uploads.decline(actor, upload.id(), rows, reason, slice);
      default -> throw Refusal.invalid("deed", "say whether to approve or to decline");
    };
  }

  private Answer decided(Upload upload, Tally tally) {
    boolean left = uploads.find(upload.id()).map(now -> now.books().pending() > 0).orElse(false);
    return shell.told(left ? PATH + "/" + upload.id() : PATH, tally.flash());
  }
}
