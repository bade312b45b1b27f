package dev.entrepot.console.pages.vendors;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.onboarding.vendors.Vendors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The vendors.
public final class VendorPages {
  private static final String PATH = "/vendors";
  private static final String TABLE = "vendors";

  private final Shell shell;
  private final Vendors vendors;
  private final VendorPage page;

  public VendorPages(Shell shell, Onboarding onboarding, Clock clock) {
    this.shell = shell;
    this.vendors = onboarding.vendors();
    this.page = new VendorPage(onboarding, clock);
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_VENDORS);
    Access write = Access.needs(Permission.WRITE_VENDORS);
    return List.of(
        Route.get(PATH, "pages.vendors", read, this::list),
        Route.get(PATH + "/new", "pages.vendors.new", write, this::blank),
        Route.post(PATH, "pages.vendors.create", write, this::create).taking(Body.form()),
        Route.get(PATH + "/{code}", "pages.vendor", read, this::show),
        Route.get(PATH + "/{code}/edit", "pages.vendor.edit", write, this::edit),
        Route.post(PATH + "/{code}", "pages.vendor.save", write, this::save).taking(Body.form()),
        Route.post(PATH + "/{code}/status", "pages.vendor.status", write, this::status)
            .taking(Body.form()),
        Route.post(PATH + "/{code}/secret", "pages.vendor.secret", write, this::secret)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    Principal principal = exchange.principal();
    if (principal.vendor() != null) {
      return Answer.seeOther(PATH + "/" + principal.vendor());
    }
    Form query = exchange.query();
    VendorStatus status =
        query.text("status").flatMap(text -> Read.constant(text, VendorStatus.class)).orElse(null);
    dev.entrepot.model.Page<Vendor> found =
        vendors.list(
            status, query.text("q").orElse(null), Addresses.cursor(exchange), exchange.pageSize());
    boolean writes = principal.may(Permission.WRITE_VENDORS);
    TableView table =
        TableView.of(
                TABLE,
                "Vendors by code",
                List.of(
                    Column.title("Vendor"),
                    Column.text("Code"),
                    Column.text("Status"),
                    Column.text("Currency"),
                    Column.text("Known key"),
                    Column.text("Approval"),
                    Column.text("Changed")),
                found.items().stream().map(VendorPages::row).toList(),
                empty(query.names().isEmpty(), writes))
            .paged(Addresses.paging(exchange, found.items().size(), "vendor", found.next()));
    Page page =
        Page.of("Vendors")
            .lead("Whoever hands in product files.")
            .with(filters(query), new Part.Table(table));
    return shell.show(exchange, writes ? page.action(adding()) : page);
  }

  private static Action adding() {
    return Action.link("Add a vendor", PATH + "/new").primary().icon(Icon.PLUS);
  }

  private static Empty empty(boolean all, boolean writes) {
    return all
        ? new Empty(
            Icon.VENDORS,
            "No vendor yet",
            "A vendor hands in product files. Add the first one to take in a file.",
            writes ? adding() : null)
        : new Empty(
            Icon.SEARCH,
            "No vendor fits",
            "Change what you search for, or look at all of them.",
            Action.link("All vendors", PATH));
  }

  private static Part filters(Form query) {
    List<Option> statuses = new ArrayList<>();
    statuses.add(new Option("", "Any status"));
    for (VendorStatus status : VendorStatus.values()) {
      statuses.add(new Option(status.name(), VendorWords.name(status)));
    }
    return new Part.Filters(
        PATH,
        TABLE,
        List.of(
            Field.of(Field.Kind.SEARCH, "q", "Search")
                .placeholder("Name or code")
                .value(query.text("q").orElse("")),
            Field.select("status", "Status", statuses)
                .mandatory()
                .value(query.text("status").orElse(""))));
  }

  private static TableView.Row row(Vendor vendor) {
    return TableView.Row.of(
        vendor.code(),
        Cell.link(vendor.name(), PATH + "/" + vendor.code()),
        Cell.code(vendor.code()),
        new Cell.State(VendorWords.badge(vendor.status())),
        Cell.text(vendor.currency().getCurrencyCode()),
        Cell.text(
            switch (vendor.knownKey()) {
              case REJECT -> "Rejected";
              case UPDATE -> "Updated";
            }),
        Cell.text(
            switch (vendor.approval()) {
              case AUTOMATIC -> "Automatic";
              case REQUIRED -> "By an operator";
            }),
        Cell.ago(vendor.updatedAt()));
  }

  private Answer show(Exchange exchange) {
    return shell.show(exchange, page.show(exchange.principal(), require(exchange)));
  }

  private Vendor require(Exchange exchange) {
    String code = exchange.variable("code");
    return vendors
        .find(code)
        .filter(vendor -> exchange.principal().sees(vendor.code()))
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no vendor " + code + "; look at the list of vendors"));
  }

  private Answer blank(Exchange exchange) {
    VendorDraft draft = VendorDraft.of("", "");
    return shell.show(exchange, newPage(FormState.of(VendorForm.values(draft))));
  }

  private static Page newPage(FormState state) {
    return Page.of("Add a vendor")
        .under("Vendors", PATH)
        .with(Part.panel("new", "Vendor", new Part.Form(state.fill(VendorForm.of(PATH, true)))));
  }

  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    Attempt<Vendor> attempt =
        Refusal.attempt(() ->
            vendors.create(
                exchange.principal().actor(),
                VendorForm.read(form, Read.text(form, "code").toUpperCase(Locale.ROOT))));
    return switch (attempt) {
      case Attempt.Done<Vendor>(Vendor vendor) ->
          shell.done(PATH + "/" + vendor.code(), "The vendor " + vendor.name() + " was created.");
      case Attempt.Refused<Vendor>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), newPage(FormState.of(form, refusal)));
    };
  }

  private Answer edit(Exchange exchange) {
    Vendor vendor = require(exchange);
    return shell.show(
        exchange,
        editPage(vendor, vendor.version(), FormState.of(VendorForm.values(vendor.draft()))));
  }

  private static Page editPage(Vendor vendor, int version, FormState state) {
    String root = PATH + "/" + vendor.code();
    return Page.of("Edit " + vendor.name())
        .under("Vendors", PATH)
        .under(vendor.name(), root)
        .with(
            Part.panel(
                "edit",
                "Vendor " + vendor.code(),
                new Part.Form(
                    state.fill(
                        VendorForm.of(root, false).hidden("version", Integer.toString(version))))));
  }

  private Answer save(Exchange exchange) {
    Vendor before = require(exchange);
    Form form = exchange.form();
    Attempt<Vendor> attempt =
        Refusal.attempt(() ->
            vendors.update(
                exchange.principal().actor(),
                VendorForm.read(form, before.code()),
                Read.version(form)));
    return switch (attempt) {
      case Attempt.Done<Vendor>(Vendor vendor) ->
          shell.done(PATH + "/" + vendor.code(), vendor.name() + " was saved.");
      case Attempt.Refused<Vendor>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              editPage(before, before.version(), FormState.of(form, refusal)));
    };
  }

  private Answer status(Exchange exchange) {
    Vendor before = require(exchange);
    String root = PATH + "/" + before.code();
    Attempt<Vendor> attempt =
        Refusal.attempt(() -> {
          VendorStatus status = Read.choice(exchange.form(), "status", VendorStatus.class);
          return vendors.update(
              exchange.principal().actor(), with(before.draft(), status), before.version());
        });
    return switch (attempt) {
      case Attempt.Done<Vendor>(Vendor vendor) ->
          shell.done(
              root,
              vendor.name()
                  + " is "
                  + VendorWords.name(vendor.status()).toLowerCase(Locale.ROOT)
                  + " now.");
      case Attempt.Refused<Vendor>(Refusal refusal) ->
          shell.told(root, new Flash(Tone.BAD, refusal.message()));
    };
  }

  private static VendorDraft with(VendorDraft draft, VendorStatus status) {
    return new VendorDraft(
        draft.code(),
        draft.name(),
        status,
        draft.email(),
        draft.currency(),
        draft.knownKey(),
        draft.approval(),
        draft.launchAt(),
        draft.priceMoveShare(),
        draft.limits(),
        draft.phoneRegion(),
        draft.webhookUrl());
  }

  /// The new secret is shown by this very answer and never again.
  private Answer secret(Exchange exchange) {
    Vendor vendor = require(exchange);
    String secret = vendors.rotateWebhookSecret(exchange.principal().actor(), vendor.code());
    String root = PATH + "/" + vendor.code();
    return shell.show(
        exchange,
        Page.of("New webhook secret")
            .lead("Copy it now: it is not shown again. The old one is of no use any more.")
            .under("Vendors", PATH)
            .under(vendor.name(), root)
            .with(
                new Part.Secret("Secret that signs webhooks to " + vendor.name(), secret),
                new Part.Actions(List.of(Action.link("I have copied it", root).primary()))));
  }
}
