package dev.entrepot.console.pages.home;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.uploads.UploadTable;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The operator's first page: how onboarding and the sync go, and what waits for somebody.
final class Overview {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /// @param messages what somebody should see to
  /// @param sync how the sync does
  Page page(
      Principal principal,
      Uploads.Figures figures,
      List<Upload> recent,
      List<Part> messages,
      List<Part> sync,
      Instant now) {
    List<Part> parts = new ArrayList<>(messages);
    parts.add(new Part.Tiles("Now and in the last 30 days", tiles(principal, figures)));
    if (!figures.days().isEmpty()) {
      parts.add(charts(figures, now));
    }
    Part.Panel uploads =
        Part.panel(
                "recent",
                "Recent uploads",
                UploadTable.of(
                    "uploads",
                    "The latest uploads",
                    recent,
                    UploadTable.Vendors.SHOWN,
                    new Empty(
                        Icon.UPLOAD,
                        "No file has come in yet",
                        "Set up a vendor and a category, then take in the first file.",
                        Action.link("Vendors", "/vendors"))))
            .actions(List.of(Action.link("All uploads", "/uploads")));
    parts.add(uploads);
    parts.addAll(sync);
    Page page = Page.of("Overview").lead(TODAY.format(now) + ", UTC").with(parts);
    return principal.may(Permission.WRITE_UPLOADS)
        ? page.action(Action.link("Upload a file", "/uploads/new").primary().icon(Icon.UPLOAD))
        : page;
  }

  private static List<Tile> tiles(Principal principal, Uploads.Figures figures) {
    long accepted = 0;
    long rejected = 0;
    for (Uploads.Day day : figures.days()) {
      accepted += day.accepted();
      rejected += day.rejected();
    }
    Tile waiting =
        Tile.of("Waiting for approval", Figures.count(figures.waitingForApproval())).note("rows");
    if (principal.may(Permission.APPROVE)) {
      waiting = waiting.href("/approvals");
    }
    Tile running =
        Tile.of("Running", Figures.count(figures.running())).note("uploads").href("/uploads");
    return List.of(
        figures.running() > 0 ? running.tone(Tone.BUSY) : running,
        figures.waitingForApproval() > 0 ? waiting.tone(Tone.WAIT) : waiting,
        Tile.of("Rejected", Figures.count(rejected))
            .note("rows, last 30 days")
            .href("/uploads?state=PARTIAL"),
        Tile.of("Rows to mend", Figures.count(figures.openErrors()))
            .note("open, of any age")
            .href("/uploads?mendable=OPEN"),
        Tile.of("Accepted", Figures.share(accepted, accepted + rejected))
            .note(
                Figures.count(accepted)
                    + " rows, last 30 days"
                    + (figures.waitingForApproval() == 0 ? "" : ", with those that wait")),
        Tile.of("Products", Figures.count(figures.products()))
            .note("in the catalogue")
            .href("/products"));
  }

  private static Part charts(Uploads.Figures figures, Instant now) {
    List<Part> panels = new ArrayList<>();
    panels.add(
        Part.panel("rows", "Rows", new Part.Chart(OverviewCharts.rows(figures.days(), now))));
    panels.add(
        Part.panel(
            "acceptance", "Acceptance", new Part.Chart(OverviewCharts.acceptance(figures.days()))));
    if (!figures.topProblems().isEmpty()) {
      panels.add(
          Part.panel(
                  "errors",
                  "Top errors",
                  new Part.Chart(OverviewCharts.errors(figures.topProblems())))
              .note("Each row counts once, under the first of its errors."));
    }
    panels.add(Part.panel("vendors", "Vendors", vendors(figures.vendors())));
    return new Part.Columns(panels);
  }

  private static TableView vendors(List<Uploads.VendorFigures> figures) {
    return TableView.of(
        "vendor-figures",
        "Rows and acceptance by vendor, last 30 days",
        List.of(
            Column.title("Vendor"),
            Column.number("Uploads"),
            Column.number("Rows"),
            Column.number("Rejected"),
            Column.number("Accepted")),
        figures.stream()
            .map(one ->
                TableView.Row.of(
                    one.vendor(),
                    Cell.link(one.vendor(), "/vendors/" + one.vendor()),
                    Cell.count(one.uploads()),
                    Cell.count(one.received()),
                    Cell.count(one.rejected()),
                    new Cell.Figure(
                        Figures.share(one.accepted(), one.accepted() + one.rejected()))))
            .toList(),
        Empty.of(Icon.VENDORS, "No vendor sent anything", "Nothing came in the last 30 days."));
  }
}
