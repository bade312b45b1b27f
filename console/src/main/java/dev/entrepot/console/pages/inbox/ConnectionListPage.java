package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
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
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.OpenConnection;
import java.util.List;

/// All connections, and the making of new ones.
final class ConnectionListPage {
  private static final String PATH = "/inbox/connections";

  private final Shell shell;
  private final Connections connections;

  ConnectionListPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.connections = inbox.connections();
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_CONNECTIONS);
    return List.of(
        Route.get(PATH, "pages.connections", Access.needs(Permission.READ_INBOX), this::list),
        Route.get("/inbox/new-connection", "pages.connections.new", manage, this::blank),
        Route.post(PATH, "pages.connections.create", manage, this::create).taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    TableView table =
        TableView.of(
            "connections",
            "Connections by name",
            List.of(
                Column.title("Connection"),
                Column.text("Sender"),
                Column.text("Tenant"),
                Column.text("State"),
                Column.number("Secrets"),
                Column.of("Problem", Column.Kind.WIDE)),
            connections.all().stream().map(this::row).toList(),
            Empty.of(
                Icon.FLOWS,
                "No connection yet",
                "A connection is the address a shop or another system sends its events to."));
    Page page =
        InboxTabs.CONNECTIONS
            .page("Who may send events, and how they prove that they are theirs.")
            .with(new Part.Table(table));
    return shell.show(
        exchange,
        exchange.principal().may(Permission.MANAGE_CONNECTIONS)
            ? page.action(
                Action.link("New connection", "/inbox/new-connection").primary().icon(Icon.PLUS))
            : page);
  }

  private TableView.Row row(OpenConnection open) {
    InboxConnection connection = open.connection();
    return TableView.Row.of(
        connection.name(),
        Cell.link(
            connection.title(), PATH + "/" + connection.name(), "/hooks/" + connection.name()),
        Cell.text(ConnectionForms.kind(connections, connection.kind())),
        Cell.text(connection.tenant()),
        new Cell.State(InboxWords.state(connection.state())),
        Cell.count(connection.secrets().size()),
        open.problem().map(problem -> Cell.badge(Tone.WARN, problem)).orElse(Cell.text(null)));
  }

  private Answer blank(Exchange exchange) {
    return shell.show(exchange, page(FormState.blank()));
  }

  private Page page(FormState state) {
    return Page.of("New connection")
        .lead("Its address is /hooks/ and its name.")
        .under("Inbox", "/inbox")
        .under("Connections", PATH)
        .with(
            Part.panel(
                "new",
                "Connection",
                new Part.Form(state.fill(ConnectionForms.blank(connections, PATH)))));
  }

  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    Attempt<InboxConnection> attempt =
        Refusal.attempt(() ->
            connections.create(
                exchange.principal().actor(),
                ConnectionForms.draft(Read.text(form, "name"), form),
                form.text("secret").orElse(null)));
    return switch (attempt) {
      case Attempt.Done<InboxConnection>(InboxConnection made) ->
          shell.done(PATH + "/" + made.name(), "The connection was made.");
      case Attempt.Refused<InboxConnection>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(FormState.of(form, refusal)));
    };
  }
}
