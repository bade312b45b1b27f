package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.privacy.PrivacyCase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/// Requests under privacy law: until when, what was erased or told.
final class PrivacyPages {
  private static final String PATH = "/inbox/privacy";
  private static final String TABLE = "requests";
  private static final Duration SOON = Duration.ofDays(3);

  private final Shell shell;
  private final Inbox inbox;
  private final Clock clock;

  PrivacyPages(Shell shell, Inbox inbox, Clock clock) {
    this.shell = shell;
    this.inbox = inbox;
    this.clock = clock;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_INBOX);
    return List.of(
        Route.get(PATH, "pages.privacy", read, this::list),
        Route.get(PATH + "/{id}", "pages.privacy.request", read, this::show));
  }

  private Answer list(Exchange exchange) {
    String tenant = exchange.query().text(Tenants.FIELD).orElse("");
    dev.entrepot.model.Page<PrivacyCase> found =
        inbox
            .privacy()
            .list(
                tenant.isEmpty() ? null : tenant, Addresses.cursor(exchange), exchange.pageSize());
    TableView table =
        TableView.of(
                TABLE,
                "Privacy requests, newest first",
                List.of(
                    Column.title("Request"),
                    Column.text("Tenant"),
                    Column.text("State"),
                    Column.of("Account", Column.Kind.WIDE),
                    Column.text("Received"),
                    Column.text("To be done by"),
                    Column.text("Done")),
                found.items().stream().map(this::row).toList(),
                Empty.of(
                    Icon.QUALITY,
                    "No privacy request",
                    "Shops pass their customers' requests on; none came so far."))
            .paged(Addresses.paging(exchange, found.items().size(), "request", found.next()));
    return shell.show(
        exchange,
        InboxTabs.PRIVACY
            .page("Customers' data told or erased, as the law wants it, within 30 days.")
            .with(new Part.Filters(PATH, TABLE, Tenants.orAll(inbox, tenant)).submit("Show"))
            .with(new Part.Table(table)));
  }

  private TableView.Row row(PrivacyCase one) {
    return TableView.Row.of(
        one.id().toString(),
        Cell.link(title(one), Tenants.path(PATH + "/" + one.id(), one.tenant()), customer(one)),
        Cell.text(one.tenant()),
        new Cell.State(state(one)),
        Cell.code(one.account()),
        Cell.ago(one.receivedAt()),
        Cell.time(one.dueAt()),
        Cell.time(one.doneAt()));
  }

  private static String title(PrivacyCase one) {
    return switch (one.kind()) {
      case CUSTOMER_DATA -> "Tell a customer what is known";
      case CUSTOMER_REDACT -> "Erase a customer";
      case ACCOUNT_REDACT -> "Erase an account";
    };
  }

  private static String customer(PrivacyCase one) {
    return one.customer() == null ? "everything of it" : "customer " + one.customer();
  }

  private Badge state(PrivacyCase one) {
    if (one.doneAt() != null) {
      return Badge.of(Tone.GOOD, "Done");
    }
    Instant now = clock.instant();
    if (now.isAfter(one.dueAt())) {
      return Badge.of(Tone.BAD, "Overdue");
    }
    if (one.problem() != null) {
      return Badge.of(Tone.BAD, "Failed, tried again");
    }
    return now.plus(SOON).isAfter(one.dueAt())
        ? Badge.of(Tone.WARN, "Due soon")
        : Badge.of(Tone.BUSY, "Under way");
  }

  private Answer show(Exchange exchange) {
    UUID id = exchange.uuid("id");
    PrivacyCase one =
        inbox
            .privacy()
            .find(Tenants.of(inbox, exchange), id)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no privacy request " + id + "; look at the list"));
    Page page =
        Page.of(title(one))
            .lead(customer(one) + " of " + one.account())
            .badge(state(one))
            .under("Inbox", "/inbox")
            .under("Privacy", Tenants.path(PATH, one.tenant()));
    if (one.hasDocument() && exchange.principal().may(Permission.READ_PRIVATE)) {
      page =
          page.action(
              Action.link(
                      "Download what is told",
                      Tenants.path("/api/v1/inbox/privacy/" + one.id() + "/document", one.tenant()))
                  .primary()
                  .icon(Icon.DOWNLOAD));
    }
    if (one.problem() != null) {
      page =
          page.with(
              new Part.Message(Tone.BAD, "It failed, and is tried again: " + one.problem(), null));
    }
    return shell.show(
        exchange,
        page.with(
            Part.columns(
                Part.panel("facts", "Request", new Part.Facts(facts(one))),
                Part.panel("counts", counts(one), table(one)))));
  }

  private static String counts(PrivacyCase one) {
    return one.kind() == PrivacyCase.Kind.CUSTOMER_DATA ? "What is told" : "What was erased";
  }

  private static TableView table(PrivacyCase one) {
    return TableView.of(
        "parts",
        "How much, by part",
        List.of(Column.title("Part"), Column.number("How many")),
        new TreeMap<>(one.counts())
            .entrySet().stream()
                .map(part ->
                    TableView.Row.of(
                        part.getKey(),
                        Cell.text(Words.of(part.getKey())),
                        Cell.count(part.getValue())))
                .toList(),
        Empty.of(Icon.CLOCK, "Not begun", "It is carried out within a minute, as a rule."));
  }

  private static List<Fact> facts(PrivacyCase one) {
    List<Fact> facts = new ArrayList<>();
    String position = Positions.text(one.position());
    facts.add(new Fact("Event", Cell.link(position, "/inbox/events/" + position)));
    facts.add(
        new Fact(
            "Connection", Cell.link(one.connection(), "/inbox/connections/" + one.connection())));
    facts.add(new Fact("Account", Cell.code(one.account())));
    if (one.customer() != null) {
      facts.add(new Fact("Customer", Cell.code(one.customer())));
    }
    if (!one.orders().isEmpty()) {
      facts.add(new Fact("Orders named", Cell.text(Figures.count(one.orders().size()))));
    }
    if (one.request() != null) {
      facts.add(new Fact("Sender's number", Cell.code(one.request())));
    }
    facts.add(new Fact("Received", Cell.time(one.receivedAt())));
    facts.add(new Fact("To be done by", Cell.time(one.dueAt())));
    facts.add(new Fact("Done", Cell.time(one.doneAt())));
    return facts;
  }
}
