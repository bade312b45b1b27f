package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.notices.NoticePages;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.FormState;
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
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.alerts.Alert;
import dev.entrepot.inbox.alerts.AlertRecipients;
import dev.entrepot.inbox.alerts.Alerts;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.onboarding.notices.Notices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody wanted to be told of, and whether somebody has seen to it.
final class AlertPages {
  static final String PATH = "/inbox/alerts";
  private static final String TABLE = "alerts";
  private static final int MOST_RUNS = 20;
  private static final Pattern RUN = Pattern.compile("run ([0-9a-f-]{36})");
  private static final Pattern ID_IN_TEXT =
      Pattern.compile(" [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Shell shell;
  private final Inbox inbox;
  private final Alerts alerts;
  private final Notices notices;

  AlertPages(Shell shell, Inbox inbox, Notices notices) {
    this.notices = notices;
    this.shell = shell;
    this.inbox = inbox;
    this.alerts = inbox.alerts();
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_INBOX);
    return List.of(
        Route.get(PATH, "pages.alerts", read, this::list),
        Route.get(PATH + "/{id}", "pages.alert", read, this::show),
        Route.post(
                PATH + "/{id}/acknowledge",
                "pages.alert.acknowledge",
                Access.needs(Permission.WRITE_INBOX),
                this::acknowledge)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    Form query = exchange.query();
    String tenant = query.text(Tenants.FIELD).orElse("");
    String state = query.text("state").orElse("open");
    Boolean open =
        switch (state) {
          case "open" -> Boolean.TRUE;
          case "acknowledged" -> Boolean.FALSE;
          default -> null;
        };
    dev.entrepot.model.Page<Alert> found =
        alerts.list(
            tenant.isEmpty() ? null : tenant,
            open,
            Addresses.cursor(exchange),
            exchange.pageSize());
    TableView table =
        TableView.of(
                TABLE,
                "Alerts, newest first",
                List.of(
                    Column.title("Alert"),
                    Column.text("Tenant"),
                    Column.of("What happened", Column.Kind.WIDE),
                    Column.text("State"),
                    Column.number("Times"),
                    Column.text("Latest")),
                found.items().stream().map(AlertPages::row).toList(),
                Empty.of(Icon.CHECK, "No alert", "Nothing that is watched has happened."))
            .paged(Addresses.paging(exchange, found.items().size(), "alert", found.next()));
    return shell.show(
        exchange,
        InboxTabs.ALERTS
            .page(
                "Runs of the sync that failed, took long or had many rejected records; and events that"
                    + " the rules watch for.")
            .action(
                Action.link("Rules and recipients", Tenants.path(AlertRulePages.PATH, tenant))
                    .icon(Icon.RULES))
            .with(
                new Part.Filters(
                        PATH,
                        TABLE,
                        Tenants.orAll(
                            inbox,
                            tenant,
                            Field.select(
                                    "state",
                                    "State",
                                    List.of(
                                        new Option("open", "Open"),
                                        new Option("acknowledged", "Seen to"),
                                        new Option("any", "Any")))
                                .mandatory()
                                .value(state)))
                    .submit("Show"))
            .with(Watched.part(inbox, tenant, exchange.principal().may(Permission.WRITE_INBOX)))
            .with(new Part.Table(table)));
  }

  private static TableView.Row row(Alert alert) {
    return TableView.Row.of(
        alert.id().toString(),
        Cell.link(Words.of(alert.kind()), Tenants.path(PATH + "/" + alert.id(), alert.tenant())),
        Cell.text(alert.tenant()),
        Cell.text(
            alert.ofEvent() ? alert.message() : ID_IN_TEXT.matcher(alert.message()).replaceAll("")),
        new Cell.State(state(alert)),
        Cell.count(alert.times()),
        Cell.ago(alert.latestAt()));
  }

  private static Badge state(Alert alert) {
    return alert.acknowledgedAt() == null
        ? Badge.of(Tone.WARN, "Open")
        : Badge.of(Tone.GOOD, "Seen to");
  }

  /// Links in mails do not say whose it is: then it is looked for among all.
  private Alert required(Exchange exchange) {
    UUID id = exchange.uuid("id");
    List<String> tenants =
        exchange.query().text(Tenants.FIELD).map(List::of).orElseGet(() -> Tenants.all(inbox));
    return tenants.stream()
        .flatMap(tenant -> alerts.find(tenant, id).stream())
        .findFirst()
        .orElseThrow(
            () -> ProblemException.notFound("there is no alert " + id + "; look at the list"));
  }

  private Answer show(Exchange exchange) {
    return shell.show(exchange, page(exchange, FormState.blank()));
  }

  private Page page(Exchange exchange, FormState state) {
    Alert alert = required(exchange);
    Page page =
        Page.of(Words.of(alert.kind()))
            .lead(Words.sentence(alert.message()))
            .badge(state(alert))
            .under("Inbox", "/inbox")
            .under("Alerts", Tenants.path(PATH, alert.tenant()))
            .with(
                Part.columns(
                    Part.panel(
                        "facts", "Alert", new Part.Facts(facts(alert, exchange.principal()))),
                    Part.panel("told", "Who was told", told(alert))))
            .with(runs(alert, exchange.principal()));
    boolean acts =
        alert.acknowledgedAt() == null && exchange.principal().may(Permission.WRITE_INBOX);
    return acts
        ? page.with(
            Part.panel(
                "acknowledge",
                "See to it",
                new Part.Form(
                    state.fill(
                        FormView.of(
                            "acknowledge-alert",
                            Tenants.path(PATH + "/" + alert.id() + "/acknowledge", alert.tenant()),
                            "It is seen to",
                            Field.text("note", "Note").help("For those who ask later."))))))
        : page;
  }

  /// The runs of an alert that was raised of several.
  private List<Part> runs(Alert alert, Principal principal) {
    if (alert.times() < 2 || alert.ofEvent()) {
      return List.of();
    }
    List<TableView.Row> rows =
        alerts.subjects(alert.id(), MOST_RUNS).stream()
            .map(subject ->
                TableView.Row.of(
                    subject.replaceAll("[^A-Za-z0-9-]", "-"), subject(subject, principal)))
            .toList();
    return List.of(
        Part.panel(
            "runs",
            "Raised of",
            TableView.of(
                "run-list",
                "What it was raised of, the latest first",
                List.of(Column.title("Run")),
                rows,
                Empty.of(Icon.CHECK, "Nothing", ""))));
  }

  private static Cell subject(String subject, Principal principal) {
    Matcher run = RUN.matcher(subject);
    return run.matches() && principal.may(Permission.READ_FLOWS)
        ? Cell.link(subject, "/sync/runs/" + run.group(1))
        : Cell.code(subject);
  }

  private static List<Fact> facts(Alert alert, Principal principal) {
    List<Fact> facts = new ArrayList<>();
    if (alert.ofEvent()) {
      String position = Positions.text(alert.position());
      facts.add(new Fact("Event", Cell.link(position, "/inbox/events/" + position)));
    }
    if (alert.ofEvent()) {
      facts.add(
          new Fact(
              "Connection",
              Cell.link(alert.connection(), "/inbox/connections/" + alert.connection())));
      facts.add(new Fact("Account", Cell.code(alert.account())));
      facts.add(new Fact("About", Cell.code(alert.subject())));
    } else {
      facts.add(
          new Fact(
              "Client",
              principal.may(Permission.READ_FLOWS)
                  ? Cell.link(alert.tenant(), "/sync/clients/" + Addresses.encode(alert.tenant()))
                  : Cell.code(alert.tenant())));
      facts.add(new Fact("About", subject(alert.subject(), principal)));
      facts.add(new Fact("Times", Cell.count(alert.times())));
    }
    if (alert.customer() != null) {
      facts.add(new Fact("Customer", Cell.code(alert.customer())));
    }
    if (alert.amount() != null) {
      facts.add(new Fact("Amount", Cell.text(alert.amount().toString())));
    }
    if (alert.reason() != null) {
      facts.add(new Fact("Sender's reason", Cell.text(alert.reason())));
    }
    facts.add(
        new Fact(alert.times() > 1 ? "First happened" : "Happened", Cell.time(alert.happenedAt())));
    if (alert.times() > 1) {
      facts.add(new Fact("Latest", Cell.time(alert.latestAt())));
    }
    facts.add(new Fact("Raised", Cell.time(alert.raisedAt())));
    if (alert.acknowledgedBy() != null) {
      facts.add(new Fact("Seen to by", Cell.text(Words.actor(alert.acknowledgedBy()))));
      facts.add(new Fact("At", Cell.time(alert.acknowledgedAt())));
    }
    if (alert.note() != null) {
      facts.add(new Fact("Note", Cell.text(alert.note())));
    }
    return facts;
  }

  private TableView told(Alert alert) {
    List<AlertRecipients.Told> told = inbox.alertRecipients().told(alert.tenant(), alert.id());
    return TableView.of(
        "told-list",
        "Who was told",
        List.of(
            Column.title("Address"),
            Column.text("By"),
            Column.text("State"),
            Column.of("Why", Column.Kind.WIDE)),
        told.stream().map(this::told).toList(),
        Empty.of(Icon.MAIL, "Nobody", "There was no recipient; it is only shown here."));
  }

  /// Notices that are over are kept for a while only.
  private TableView.Row told(AlertRecipients.Told one) {
    Optional<Notices.Notice> notice = notices.find(one.notice());
    return TableView.Row.of(
        one.notice().toString(),
        notice.isEmpty()
            ? Cell.text(one.address())
            : Cell.link(one.address(), "/notices/" + one.notice()),
        Cell.text(Words.of(one.channel())),
        notice
            .<Cell>map(found -> new Cell.State(NoticePages.badge(found)))
            .orElse(Cell.text("Not kept any more")),
        Cell.text(notice.map(Notices.Notice::lastError).orElse(null)));
  }

  private Answer acknowledge(Exchange exchange) {
    Form form = exchange.form();
    Alert alert = required(exchange);
    String path = Tenants.path(PATH + "/" + alert.id(), alert.tenant());
    Attempt<Alert> attempt =
        Refusal.attempt(() ->
            alerts.acknowledge(
                exchange.principal().actor(),
                alert.tenant(),
                alert.id(),
                Read.optional(form, "note")));
    return switch (attempt) {
      case Attempt.Done<Alert> _ -> shell.done(path, "It is seen to.");
      case Attempt.Refused<Alert>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(exchange, FormState.of(form, refusal)));
    };
  }
}
