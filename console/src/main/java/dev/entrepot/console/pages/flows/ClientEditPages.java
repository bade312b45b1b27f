package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.ClientEditor;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Fragment;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.config.FlowConfigException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Clients are made and changed here, tried before they are saved.
final class ClientEditPages {
  static final String NEW = "/sync/new-client";
  private static final String CLIENTS = "/sync/clients";

  private final Shell shell;
  private final FlowConfig config;
  private final ClientDesk desk;
  private final Clock clock;

  ClientEditPages(Shell shell, Flows flows, Clock clock) {
    this.shell = shell;
    this.config = flows.config();
    this.desk = new ClientDesk(config);
    this.clock = clock;
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    return List.of(
        Route.get(NEW, "pages.clients.new", manage, this::blank),
        Route.post(CLIENTS, "pages.clients.create", manage, this::create).taking(Body.form()),
        Route.post("/sync/next-times", "pages.clients.times", manage, this::times)
            .taking(Body.form()),
        Route.post("/sync/check-client", "pages.clients.check", manage, this::check)
            .taking(Body.form()),
        Route.get(CLIENTS + "/{id}/edit", "pages.client.edit", manage, this::edit),
        Route.post(CLIENTS + "/{id}/edit", "pages.client.save", manage, this::save)
            .taking(Body.form()));
  }

  private Answer blank(Exchange exchange) {
    if (exchange.query().text("product").isEmpty()) {
      return shell.show(exchange, choice());
    }
    ClientKind kind = kind(exchange.query(), "product");
    return editor(
        exchange,
        200,
        ClientSheet.of(kind, null, ClientForms.blankValues(kind, desk.usualMapping(kind))));
  }

  private ClientKind kind(Form form, String product) {
    return ClientKind.require(
        config.systems(),
        form.text("source")
            .orElseGet(() -> ClientKind.all(config.systems()).getFirst().from().kind()),
        form.text(product).orElse(""));
  }

  private Page choice() {
    TableView table =
        TableView.of(
            "kinds",
            "What a client can be connected to",
            List.of(
                Column.title("Product"),
                Column.text("Reads from"),
                Column.of("Written in", Column.Kind.WIDE)),
            ClientKind.all(config.systems()).stream().map(ClientEditPages::row).toList(),
            Empty.of(Icon.FLOWS, "No product", "This build has no connectors."));
    return FlowTabs.CLIENTS
        .below("New client")
        .lead("Choose the product that the client uses; its addresses and credentials come next.")
        .with(new Part.Table(table));
  }

  private static TableView.Row row(ClientKind kind) {
    List<String> steps =
        kind.product().steps(kind.to().complete(Map.of())).stream()
            .map(step -> step.title())
            .toList();
    return TableView.Row.of(
        kind.source().kind() + "-" + kind.product().kind(),
        Cell.link(
            kind.product().title(),
            Addresses.of(NEW, "source", kind.source().kind(), "product", kind.product().kind())),
        Cell.text(kind.source().title()),
        Cell.text(String.join(", then ", steps)));
  }

  private Answer create(Exchange exchange) throws InterruptedException {
    Form form = exchange.form();
    ClientKind kind = kind(form, "product_type");
    String id = form.text("client_id").orElse("");
    try {
      desk.requireMakeable(kind, id, form);
      Optional<Answer> refused = unreached(exchange, kind, null);
      if (refused.isPresent()) {
        return refused.get();
      }
      Client made = desk.create(exchange.principal().actor(), kind, id, form);
      return shell.done(
          exchange,
          CLIENTS + "/" + made.config().id(),
          told(
              form, "The client was made.", "Make a plan first: it shows what a run would write."));
    } catch (FlowConfigException e) {
      return editor(exchange, 422, ClientSheet.refused(kind, null, form, e, "client_id"));
    }
  }

  /// What is told of a client that was kept: of one that was kept anyway, that it is not well.
  ///
  /// @param next what to do with one that is well; may be empty
  private static Flash told(Form form, String done, String next) {
    return anyway(form)
        ? new Flash(
            Tone.WARN,
            done
                + " A connection did not work: runs fail until it does. Check connections says why.")
        : new Flash(Tone.GOOD, (done + " " + next).strip());
  }

  private static boolean anyway(Form form) {
    return form.text("deed").orElse("").equals(ClientSheet.ANYWAY);
  }

  /// The form again when a side does not let us in, unless that was known and is to be so.
  private Optional<Answer> unreached(Exchange exchange, ClientKind kind, @Nullable Client present)
      throws InterruptedException {
    Form form = exchange.form();
    if (anyway(form)) {
      return Optional.empty();
    }
    List<Tries.Tried> tries = desk.check(kind, present, form);
    if (tries.stream().allMatch(Tries.Tried::well)) {
      return Optional.empty();
    }
    return Optional.of(editor(exchange, 422, ClientSheet.unreached(kind, present, form, tries)));
  }

  private Answer edit(Exchange exchange) {
    Client client = config.clients().require(exchange.variable("id"));
    ClientKind kind = ClientKind.of(config.systems(), client.config());
    return editor(
        exchange, 200, ClientSheet.of(kind, client, ClientForms.values(kind, client.config())));
  }

  private Answer save(Exchange exchange) throws InterruptedException {
    Client client = config.clients().require(exchange.variable("id"));
    ClientKind kind = ClientKind.of(config.systems(), client.config());
    Form form = exchange.form();
    try {
      desk.requireSavable(kind, client, form);
      Optional<Answer> refused =
          desk.reconnects(kind, client, form)
              ? unreached(exchange, kind, client)
              : Optional.empty();
      if (refused.isPresent()) {
        return refused.get();
      }
      Client saved =
          desk.update(
              exchange.principal().actor(), kind, client, Read.whole(form, "revision"), form);
      return shell.done(
          exchange, CLIENTS + "/" + saved.config().id(), told(form, "The client was saved.", ""));
    } catch (FlowConfigException e) {
      return editor(
          exchange,
          e.code() == FlowConfigException.Code.CONFLICT ? 409 : 422,
          ClientSheet.refused(kind, client, form, e, ""));
    }
  }

  private Answer times(Exchange exchange) {
    return shell.fragment(new Fragment(next(ClientSheet.values(exchange.form())), ""));
  }

  private List<Part> next(Map<String, String> values) {
    return NextTimes.of(
        values.getOrDefault("sync_schedule", ""),
        values.getOrDefault("timezone", ""),
        clock.instant());
  }

  private Answer check(Exchange exchange) throws InterruptedException {
    Form form = exchange.form();
    ClientKind kind = kind(form, "product_type");
    Client present = form.text("client").map(id -> config.clients().require(id)).orElse(null);
    List<Part> answers = ClientSheet.answers(desk.check(kind, present, form));
    if (exchange.header("HX-Request").isPresent()) {
      return shell.fragment(new Fragment(answers, ""));
    }
    return editor(
        exchange, 200, ClientSheet.of(kind, present, ClientSheet.values(form)).checked(answers));
  }

  private Answer editor(Exchange exchange, int status, ClientSheet sheet) {
    List<Option> mappings = desk.mappings(sheet.kind());
    Client client = sheet.client();
    Page page;
    FormView form;
    if (client == null) {
      page =
          FlowTabs.CLIENTS
              .below("New client: " + sheet.kind().title())
              .lead(
                  "Five things to fill in. Both systems are tried, with one call each, before the"
                      + " client is made; nothing is written there before you start a run.");
      form = ClientForms.blank(sheet.kind(), CLIENTS, mappings);
    } else {
      String path = CLIENTS + "/" + client.config().id();
      page =
          FlowTabs.CLIENTS
              .below("Edit " + client.config().name())
              .under(client.config().name(), path)
              .lead(
                  "When an address, a setting or a key changes, both systems are tried before it is"
                      + " saved.");
      form =
          ClientForms.change(
                  sheet.kind(),
                  path + "/edit",
                  mappings,
                  sheet.revision(),
                  path,
                  desk.masked(sheet.kind(), client.config().id()))
              .hidden("client", client.config().id());
    }
    return shell.show(
        exchange,
        status,
        new ClientEditor(
            shell.frame(exchange, page.title(), page.crumbs()),
            page.heading(),
            List.of(),
            sheet.fill(form, desk.usualMapping(sheet.kind())),
            "/sync/next-times",
            next(sheet.values()),
            "/sync/check-client",
            sheet.checked()));
  }
}
