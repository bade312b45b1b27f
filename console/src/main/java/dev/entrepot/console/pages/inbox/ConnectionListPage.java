package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
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

/// All connections.
final class ConnectionListPage {
  private static final String PATH = "/inbox/connections";

  private final Shell shell;
  private final Connections connections;

  ConnectionListPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.connections = inbox.connections();
  }

  List<Route> routes() {
    return List.of(
        Route.get(PATH, "pages.connections", Access.needs(Permission.READ_INBOX), this::list));
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
    List<Cell> cells =
        List.of(
            Cell.link(
                connection.title(),
                PATH + "/" + connection.name(),
                open.fed() ? connection.name() : "/hooks/" + connection.name()),
            Cell.text(ConnectionForms.kind(connections, connection.kind())),
            Cell.text(connection.tenant()),
            new Cell.State(InboxWords.state(connection.state())),
            Cell.text(open.problem().map(Words::sentence).orElse(null)));
    return new TableView.Row(
        connection.name(), cells, open.problem().isPresent() ? Tone.WARN : null);
  }
}
