package dev.entrepot.console.pages.vendors;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.mappings.MappingTable;
import dev.entrepot.console.pages.rules.RuleTable;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.UploadTable;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tile;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A vendor: what is set for it, and how its files fare.
final class VendorPage {
  private static final Duration LOOK_BACK = Duration.ofDays(30);
  private static final int RECENT = 5;

  private final Onboarding onboarding;
  private final Clock clock;

  VendorPage(Onboarding onboarding, Clock clock) {
    this.onboarding = onboarding;
    this.clock = clock;
  }

  Page show(Principal principal, Vendor vendor) {
    Page page =
        Page.of(vendor.name())
            .lead(vendor.code())
            .badge(VendorWords.badge(vendor.status()))
            .under("Vendors", "/vendors");
    boolean writes = principal.may(Permission.WRITE_VENDORS);
    if (writes) {
      page =
          page.action(
              Action.link("Edit", "/vendors/" + vendor.code() + "/edit").primary().icon(Icon.EDIT));
    }
    if (principal.may(Permission.WRITE_UPLOADS)) {
      page =
          page.action(
              Action.link("Upload for it", Addresses.of("/uploads/new", "vendor", vendor.code()))
                  .icon(Icon.UPLOAD));
    }
    List<Part> parts = new ArrayList<>();
    Instant now = clock.instant();
    Uploads.Figures figures = onboarding.uploads().figures(vendor.code(), now.minus(LOOK_BACK));
    parts.add(new Part.Tiles("Last 30 days", tiles(vendor, figures)));
    if (!figures.topProblems().isEmpty()) {
      parts.add(
          Part.panel(
                  "errors",
                  "Errors",
                  new Part.Chart(VendorCharts.errors(figures, now, (int) LOOK_BACK.toDays())))
              .note("Each row counts once, under the first of its errors."));
    }
    parts.add(
        Part.columns(
            Part.panel("facts", "Settings", new Part.Facts(facts(vendor))),
            Part.panel("limits", "Limits", new Part.Facts(limits(vendor.limits())))));
    parts.add(uploads(principal, vendor));
    if (principal.may(Permission.READ_RULES)) {
      parts.add(
          Part.panel(
              "rules", "Rules for its rows", RuleTable.of(onboarding.rules().list(vendor.code()))));
    }
    parts.add(
        Part.panel(
            "mappings",
            "Mappings of its columns",
            MappingTable.of(onboarding.mappings().list(vendor.code(), null))));
    if (writes) {
      parts.add(Part.columns(status(vendor), secret(vendor)));
    }
    return page.with(parts);
  }

  private static List<Tile> tiles(Vendor vendor, Uploads.Figures figures) {
    long uploads = 0;
    long accepted = 0;
    long rejected = 0;
    for (Uploads.VendorFigures one : figures.vendors()) {
      uploads += one.uploads();
      accepted += one.accepted();
      rejected += one.rejected();
    }
    return List.of(
        Tile.of("Uploads", Figures.count(uploads)).note("last 30 days"),
        Tile.of("Accepted", Figures.share(accepted, accepted + rejected))
            .note(Words.count(accepted, "row")),
        Tile.of("Rejected", Figures.count(rejected)).note("rows"),
        Tile.of("Waiting for approval", Figures.count(figures.waitingForApproval())).note("rows"),
        Tile.of("Products", Figures.count(figures.products()))
            .note("in the catalogue")
            .href(Addresses.of("/products", "vendor", vendor.code())));
  }

  private static List<Fact> facts(Vendor vendor) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Mail for reports", Cell.text(vendor.email())));
    facts.add(new Fact("Currency", Cell.text(vendor.currency().getCurrencyCode())));
    facts.add(
        new Fact(
            "Known key",
            Cell.text(
                switch (vendor.knownKey()) {
                  case REJECT -> "is a duplicate and rejected";
                  case UPDATE -> "is updated";
                })));
    facts.add(
        new Fact(
            "Accepted rows",
            Cell.text(
                switch (vendor.approval()) {
                  case AUTOMATIC -> "go straight to the catalogue";
                  case REQUIRED -> "wait for an operator's approval";
                })));
    facts.add(new Fact("Launch", Cell.time(vendor.launchAt())));
    BigDecimal share = vendor.priceMoveShare();
    facts.add(
        new Fact(
            "Warn when a price moves by",
            Cell.text(
                share == null
                    ? null
                    : share.movePointRight(2).stripTrailingZeros().toPlainString() + " %")));
    facts.add(new Fact("Phone region", Cell.text(vendor.phoneRegion())));
    facts.add(
        new Fact(
            "Webhook",
            Cell.text(vendor.webhookUrl() == null ? null : vendor.webhookUrl().toString())));
    facts.add(new Fact("Since", Cell.time(vendor.createdAt())));
    return facts;
  }

  private static List<Fact> limits(UploadLimits limits) {
    return List.of(
        new Fact("Largest file", new Cell.Figure(Figures.bytes(limits.fileBytes()))),
        new Fact("Rows of a file", Cell.count(limits.fileRows())),
        new Fact("Uploads in 24 hours", Cell.count(limits.uploadsPerDay())),
        new Fact("Rows in 24 hours", Cell.count(limits.rowsPerDay())));
  }

  private Part uploads(Principal principal, Vendor vendor) {
    return Part.panel(
            "recent",
            "Recent uploads",
            UploadTable.of(
                "uploads",
                "Recent uploads of " + vendor.name(),
                onboarding.uploads().list(Uploads.Query.of(vendor.code()), null, RECENT).items(),
                UploadTable.Vendors.HIDDEN,
                new Empty(
                    Icon.UPLOAD,
                    "No file yet",
                    "Nothing has come in from " + vendor.name() + ".",
                    principal.may(Permission.WRITE_UPLOADS)
                        ? Action.link(
                            "Upload for it", Addresses.of("/uploads/new", "vendor", vendor.code()))
                        : null)))
        .actions(
            List.of(Action.link("All of them", Addresses.of("/uploads", "vendor", vendor.code()))));
  }

  private static Part status(Vendor vendor) {
    List<Part> forms = new ArrayList<>();
    if (vendor.status() == VendorStatus.ACTIVE) {
      forms.add(
          new Part.Form(
              change(vendor, VendorStatus.SUSPENDED, "Suspend")
                  .danger(
                      "Suspend "
                          + vendor.name()
                          + "? Its uploads are refused until it is active.")));
      forms.add(
          new Part.Form(
              change(vendor, VendorStatus.INACTIVE, "Make inactive")
                  .danger("Make " + vendor.name() + " inactive? Its uploads are refused.")));
    } else {
      forms.add(new Part.Form(change(vendor, VendorStatus.ACTIVE, "Make active")));
    }
    return new Part.Panel(
        "status", "Status", "Only an active vendor may upload.", List.of(), forms, false);
  }

  private static FormView change(Vendor vendor, VendorStatus status, String label) {
    return FormView.of("status-" + status.name(), "/vendors/" + vendor.code() + "/status", label)
        .hidden("status", status.name());
  }

  private static Part secret(Vendor vendor) {
    FormView form =
        FormView.of(
            "rotate",
            "/vendors/" + vendor.code() + "/secret",
            vendor.webhookSecretSet() ? "Make a new secret" : "Make a secret");
    return Part.panel(
        "secret",
        "Webhook secret",
        new Part.Text(
            vendor.webhookSecretSet()
                ? "Webhooks are signed. A new secret replaces the old one at once."
                : "No secret yet: webhooks are only posted once there is one to sign them."),
        new Part.Form(
            vendor.webhookSecretSet()
                ? form.danger("Make a new secret? The old one stops working at once.")
                : form.plain()));
  }
}
