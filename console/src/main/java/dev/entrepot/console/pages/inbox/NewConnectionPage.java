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
import dev.entrepot.console.server.Route;
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
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.FedSourceFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A connection is made in two steps: the kind of sender is chosen, then its form is filled in.
final class NewConnectionPage {
  private static final String PATH = "/inbox/new-connection";
  private static final String LIST = "/inbox/connections";
  private static final String KIND = "kind";

  private final Shell shell;
  private final Connections connections;

  NewConnectionPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.connections = inbox.connections();
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_CONNECTIONS);
    return List.of(
        Route.get(PATH, "pages.connections.new", manage, this::blank),
        Route.post(LIST, "pages.connections.create", manage, this::create).taking(Body.form()));
  }

  private Answer blank(Exchange exchange) {
    Optional<String> wanted = exchange.query().text(KIND);
    if (wanted.isEmpty()) {
      return shell.show(exchange, choice());
    }
    EventSourceFactory kind = connections.kinds().get(wanted.get());
    return kind == null
        ? shell.show(exchange, 404, unknown(wanted.get()))
        : shell.show(exchange, page(kind, FormState.of(ConnectionForms.blankValues(kind))));
  }

  private Page choice() {
    TableView table =
        TableView.of(
            "kinds",
            "Kinds of senders by name",
            List.of(
                Column.title("Sender"),
                Column.text("Events"),
                Column.of("Secret", Column.Kind.WIDE),
                Column.text("Must be set")),
            connections.kinds().values().stream()
                .sorted(Comparator.comparing(EventSourceFactory::title))
                .map(NewConnectionPage::row)
                .toList(),
            Empty.of(Icon.FLOWS, "No kind of sender", "This build has no connectors."));
    return Page.of("New connection")
        .lead("Choose who sends; what has to be known about it is asked next.")
        .under("Inbox", "/inbox")
        .under("Connections", LIST)
        .with(new Part.Table(table));
  }

  private static TableView.Row row(EventSourceFactory kind) {
    List<String> needed =
        kind.settings().stream()
            .filter(setting -> setting.fallback() == null)
            .map(SettingField::name)
            .map(Words::of)
            .toList();
    return TableView.Row.of(
        kind.kind(),
        Cell.link(kind.title(), Addresses.of(PATH, KIND, kind.kind())),
        Cell.text(kind instanceof FedSourceFactory ? "Fetched" : "Posted"),
        Cell.text(secret(kind)),
        Cell.text(String.join(", ", needed)));
  }

  private static String secret(EventSourceFactory kind) {
    if (kind instanceof FedSourceFactory) {
      return "None: where they wait vouches for them.";
    }
    return kind.signed() ? Words.sentence(kind.secretHint()) : "None: it does not sign.";
  }

  private Page unknown(String kind) {
    return choice()
        .with(
            new Part.Message(
                Tone.BAD, "There is no sender of kind “" + kind + "”; choose one above.", null));
  }

  private static Page page(EventSourceFactory kind, FormState state) {
    return Page.of("New connection: " + kind.title())
        .lead(
            kind instanceof FedSourceFactory
                ? "Its events are fetched, so it has no address of its own."
                : "The sender posts to /hooks/ and its name.")
        .under("Inbox", "/inbox")
        .under("Connections", LIST)
        .under("New connection", PATH)
        .with(new Part.Form(state.fill(ConnectionForms.blank(kind, LIST))));
  }

  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    Attempt<InboxConnection> attempt =
        Refusal.attempt(() ->
            connections.create(
                exchange.principal().actor(),
                ConnectionForms.draft(connections, Read.text(form, "name"), form),
                form.text("secret").orElse(null)));
    return switch (attempt) {
      case Attempt.Done<InboxConnection>(InboxConnection made) ->
          shell.done(LIST + "/" + made.name(), "The connection was made.");
      case Attempt.Refused<InboxConnection>(Refusal refusal) -> refused(exchange, refusal);
    };
  }

  private Answer refused(Exchange exchange, Refusal refusal) {
    String wanted = exchange.form().text(KIND).orElse("");
    EventSourceFactory kind = connections.kinds().get(wanted);
    return shell.show(
        exchange,
        refusal.status(),
        kind == null ? unknown(wanted) : page(kind, FormState.of(exchange.form(), refusal)));
  }
}
