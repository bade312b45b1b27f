package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
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
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.BulkDone;
import dev.entrepot.inbox.lanes.BulkPlan;
import dev.entrepot.inbox.lanes.CauseGroup;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.lanes.LetterAct;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.inbox.log.Positions;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// Dead letters by cause, and what is done to many of them: planned first, then carried out.
final class ErrorPages {
  private static final String PATH = "/inbox/errors";
  private static final String TABLE = "letters";
  private static final String RETRY = "retry";

  private final Shell shell;
  private final Inbox inbox;
  private final DeadLetterDesk desk;

  ErrorPages(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
    this.desk = inbox.desk();
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_INBOX);
    Access write = Access.needs(Permission.WRITE_INBOX);
    return List.of(
        Route.get(PATH, "pages.errors", read, this::causes),
        Route.get(PATH + "/{cause}", "pages.errors.cause", read, this::letters),
        Route.post(PATH + "/{cause}/plan", "pages.errors.plan", write, this::plan)
            .taking(Body.form()),
        Route.post("/inbox/plans/{id}/apply", "pages.errors.apply", write, this::apply)
            .taking(Body.form()));
  }

  private Answer causes(Exchange exchange) {
    LetterQuery query = LetterQuery.of(exchange.query(), DeadEvent.State.OPEN);
    List<CauseGroup> found = desk.causes(query.filter(null));
    SortedSet<String> codes = new TreeSet<>();
    found.forEach(group -> codes.add(group.code()));
    if (query.code() != null) {
      codes.add(query.code());
    }
    TableView table =
        TableView.of(
            "causes",
            "Dead letters by cause, most first",
            List.of(
                Column.title("What went wrong"),
                Column.text("Tenant"),
                Column.text("Handler"),
                Column.text("Topic"),
                Column.number("Events"),
                Column.number("Keys"),
                Column.text("First"),
                Column.text("Last")),
            found.stream()
                .filter(group -> query.code() == null || query.code().equals(group.code()))
                .map(group -> row(group, query))
                .toList(),
            none(query));
    return shell.show(
        exchange,
        InboxTabs.ERRORS
            .page("Events that were given up, grouped by what went wrong.")
            .with(query.filters(inbox, PATH, "causes", codes), new Part.Table(table)));
  }

  private static Empty none(LetterQuery query) {
    if (!query.plain()) {
      return Empty.of(Icon.SEARCH, "None fits", "Keys and topics are compared exactly.");
    }
    return query.wanted() == DeadEvent.State.OPEN
        ? Empty.of(Icon.CHECK, "No errors", "Every event that came could be handed on.")
        : Empty.of(Icon.CHECK, "None", "No dead letter is in this state.");
  }

  private static TableView.Row row(CauseGroup group, LetterQuery query) {
    return TableView.Row.of(
        group.cause(),
        Cell.link(
            Words.of(group.code()),
            query.address(PATH + "/" + group.cause()),
            Words.sentence(group.reason())),
        Cell.text(String.join(", ", group.tenants())),
        Cell.text(Words.of(group.handler())),
        Cell.code(group.topic()),
        Cell.count(group.letters()),
        Cell.count(group.keys()),
        Cell.ago(group.oldest()),
        Cell.ago(group.newest()));
  }

  private Answer letters(Exchange exchange) {
    return shell.show(exchange, page(exchange, exchange.variable("cause"), FormState.blank()));
  }

  private Page page(Exchange exchange, String cause, FormState state) {
    DeadEventFilter filter = new DeadEventFilter(null, null, null, cause, null);
    CauseGroup group =
        desk.causes(filter).stream()
            .findFirst()
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no such cause (any more); look at the list of errors"));
    LetterQuery query = LetterQuery.of(exchange.query(), null);
    dev.entrepot.model.Page<DeadEvent> found =
        desk.list(query.filter(cause), Addresses.cursor(exchange), exchange.pageSize());
    TableView table =
        letterTable(found.items())
            .paged(Addresses.paging(exchange, found.items().size(), "event", found.next()));
    Page page =
        Page.of(Words.of(group.code()))
            .lead(Words.sentence(group.reason()))
            .under("Inbox", "/inbox")
            .under("Errors", PATH);
    boolean open = !desk.list(DeadEventFilter.ofCause(cause), null, 1).items().isEmpty();
    if (open && exchange.principal().may(Permission.WRITE_INBOX)) {
      page =
          page.with(
              Part.columns(
                  Part.panel(
                          "retry-all",
                          "Try all of them again",
                          new Part.Form(
                              FormView.of("retry", PATH + "/" + cause + "/plan", "Plan the retry")
                                  .hidden("act", RETRY)))
                      .note("You see to how many it would be done before anything is done."),
                  Part.panel(
                      "skip-all",
                      "Leave all of them out",
                      new Part.Form(
                          state.fill(
                              FormView.of(
                                      "skip",
                                      PATH + "/" + cause + "/plan",
                                      "Plan the skipping",
                                      Field.text("reason", "Reason")
                                          .mandatory()
                                          .help("For those who ask later."))
                                  .hidden("act", "skip"))))));
    }
    return page.with(
        query.filters(inbox, PATH + "/" + cause, TABLE, Collections.emptySortedSet()),
        new Part.Table(table));
  }

  static TableView letterTable(List<DeadEvent> letters) {
    return TableView.of(
        TABLE,
        "Dead letters, newest first",
        List.of(
            Column.title("Dead letter"),
            Column.text("Event"),
            Column.text("Key"),
            Column.text("Tenant"),
            Column.text("Connection"),
            Column.text("State"),
            Column.number("Attempts"),
            Column.text("Given up")),
        letters.stream().map(ErrorPages::row).toList(),
        Empty.of(Icon.CHECK, "No dead letter", "None is left."));
  }

  private static TableView.Row row(DeadEvent letter) {
    HandedAs as = letter.handedAs();
    return TableView.Row.of(
        Long.toString(letter.id()),
        new Cell.Link(
            "No. " + letter.id(),
            "/inbox/dead-letters/" + letter.id(),
            letter.edited() ? "body mended" : null),
        new Cell.Pair(as == null ? letter.topic() : as.topic(), Positions.text(letter.position())),
        Cell.key(as == null ? letter.key() : as.key()),
        Cell.text(letter.tenant()),
        Cell.text(letter.connection()),
        new Cell.State(InboxWords.state(letter.state())),
        Cell.count(letter.attempts()),
        Cell.ago(letter.diedAt()));
  }

  private Answer plan(Exchange exchange) {
    String cause = exchange.variable("cause");
    Form form = exchange.form();
    Attempt<BulkPlan> attempt =
        Refusal.attempt(() ->
            desk.plan(exchange.principal().actor(), act(form), DeadEventFilter.ofCause(cause)));
    return switch (attempt) {
      case Attempt.Done<BulkPlan>(BulkPlan plan) -> shell.show(exchange, planPage(plan, cause));
      case Attempt.Refused<BulkPlan>(Refusal refusal) ->
          shell.show(
              exchange, refusal.status(), page(exchange, cause, FormState.of(form, refusal)));
    };
  }

  private static LetterAct act(Form form) {
    return form.text("act").orElse("").equals(RETRY)
        ? new LetterAct.Retry()
        : new LetterAct.Skip(Read.text(form, "reason"));
  }

  private static Page planPage(BulkPlan plan, String cause) {
    String events = Words.count(plan.letters(), "event");
    String does =
        switch (plan.act()) {
          case LetterAct.Retry _ -> "Try " + events + " again";
          case LetterAct.Skip _ -> "Leave " + events + " out";
        };
    FormView apply =
        FormView.of("apply", "/inbox/plans/" + plan.id() + "/apply", does)
            .cancel(PATH + "/" + cause);
    return Page.of(does + "?")
        .lead("Nothing was done yet. Should other events join them meanwhile, nothing will be.")
        .under("Inbox", "/inbox")
        .under("Errors", PATH)
        .with(
            new Part.Form(apply),
            Part.panel("sample", "The first of them", letterTable(plan.sample())));
  }

  private Answer apply(Exchange exchange) {
    UUID plan = exchange.uuid("id");
    Attempt<BulkDone> attempt =
        Refusal.attempt(() -> desk.apply(exchange.principal().actor(), plan));
    return switch (attempt) {
      case Attempt.Done<BulkDone>(BulkDone done) ->
          shell.told(PATH, BulkReport.awaited(desk, done));
      case Attempt.Refused<BulkDone>(Refusal refusal) ->
          shell.told(PATH, new Flash(Tone.BAD, refusal.message()));
    };
  }
}
