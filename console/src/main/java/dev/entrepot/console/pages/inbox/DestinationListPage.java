package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
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
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.DestinationFigures;
import dev.entrepot.inbox.delivery.Destinations;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All destinations, and the making of new ones.
final class DestinationListPage {
  private static final String PATH = "/inbox/destinations";

  private final Shell shell;
  private final Inbox inbox;

  DestinationListPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_CONNECTIONS);
    return List.of(
        Route.get(PATH, "pages.destinations", Access.needs(Permission.READ_INBOX), this::list),
        Route.get("/inbox/new-destination", "pages.destinations.new", manage, this::blank),
        Route.post(PATH, "pages.destinations.create", manage, this::create).taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    Map<String, DestinationFigures> figures = inbox.deliveries().figures();
    TableView table =
        TableView.of(
            "destinations",
            "Destinations by name",
            List.of(
                Column.title("Destination"),
                Column.text("Tenant"),
                Column.text("State"),
                Column.number("Delivered"),
                Column.number("Pending"),
                Column.number("Given up"),
                Column.text("Oldest waits since")),
            inbox.destinations().all().stream()
                .map(one -> row(one, figures.get(one.name())))
                .toList(),
            Empty.of(
                Icon.FLOWS,
                "No destination yet",
                "A destination is another system that gets events as webhooks."));
    Page page =
        InboxTabs.DESTINATIONS
            .page("Other systems that get events as signed webhooks.")
            .with(new Part.Table(table));
    return shell.show(
        exchange,
        exchange.principal().may(Permission.MANAGE_CONNECTIONS)
            ? page.action(
                Action.link("New destination", "/inbox/new-destination").primary().icon(Icon.PLUS))
            : page);
  }

  private static TableView.Row row(Destination one, @Nullable DestinationFigures figures) {
    return TableView.Row.of(
        one.name(),
        Cell.link(one.title(), PATH + "/" + one.name(), one.url().toString()),
        Cell.text(one.tenant()),
        new Cell.State(DeliveryTables.state(one.state())),
        Cell.count(figures == null ? 0 : figures.delivered()),
        Cell.count(figures == null ? 0 : figures.pending()),
        Cell.count(figures == null ? 0 : figures.dead()),
        Cell.ago(figures == null ? null : figures.oldest()));
  }

  private Answer blank(Exchange exchange) {
    return shell.show(exchange, page(FormState.blank()));
  }

  private static Page page(FormState state) {
    return Page.of("New destination")
        .lead("It gets every event from now on that it asks for.")
        .under("Inbox", "/inbox")
        .under("Destinations", PATH)
        .with(
            Part.panel(
                "new", "Destination", new Part.Form(state.fill(DestinationForms.blank(PATH)))));
  }

  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    Attempt<Destinations.WithSecret> attempt =
        Refusal.attempt(() ->
            inbox
                .destinations()
                .create(
                    exchange.principal().actor(),
                    DestinationForms.draft(form.text("name").orElse(""), form),
                    form.text("secret").orElse(null)));
    return switch (attempt) {
      case Attempt.Done<Destinations.WithSecret>(Destinations.WithSecret made) ->
          told(shell, exchange, made, "The destination was made.");
      case Attempt.Refused<Destinations.WithSecret>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(FormState.of(form, refusal)));
    };
  }

  /// A secret that was made is shown by this very answer and never again.
  static Answer told(
      Shell shell, Exchange exchange, Destinations.WithSecret made, String otherwise) {
    Destination destination = made.destination();
    String path = PATH + "/" + destination.name();
    String secret = made.secret();
    if (secret == null) {
      return shell.done(path, otherwise);
    }
    return shell.show(
        exchange,
        Page.of("New secret")
            .lead("Copy it now, for the receiver: it is not shown again.")
            .under("Destinations", PATH)
            .under(destination.title(), path)
            .with(
                new Part.Secret("Secret that signs webhooks to " + destination.title(), secret),
                new Part.Actions(List.of(Action.link("I have copied it", path).primary()))));
  }
}
