package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
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
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.runs.Outstanding;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A client: how it does, and all that can be done with it.
final class ClientPage {
  private static final String PATH = "/sync/clients/{id}";
  private static final int MOST_RUNS = 500;
  private static final int SHOWN_RUNS = 10;

  private final Shell shell;
  private final Flows flows;
  private final FlowConfig config;
  private final Clock clock;

  ClientPage(Shell shell, Flows flows, Clock clock) {
    this.shell = shell;
    this.flows = flows;
    this.config = flows.config();
    this.clock = clock;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    Access run = Access.needs(Permission.RUN_FLOWS);
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    return List.of(
        Route.get(PATH, "pages.client", read, this::show),
        Route.post(PATH + "/check", "pages.client.check", run, this::check).taking(Body.form()),
        Route.post(PATH + "/enable", "pages.client.enable", manage, this::enable)
            .taking(Body.form()),
        Route.post(PATH + "/remove", "pages.client.remove", manage, this::remove)
            .taking(Body.form()),
        Route.post(PATH + "/secrets/{system}", "pages.client.secret", manage, this::secret)
            .taking(Body.form()));
  }

  private Answer show(Exchange exchange) {
    Client client = config.clients().require(exchange.variable("id"));
    return shell.show(exchange, page(exchange, client, List.of()));
  }

  private Page page(Exchange exchange, Client client, List<Part> answers) {
    Principal principal = exchange.principal();
    String id = client.config().id();
    Instant now = clock.instant();
    List<Run> runs = flows.runs().list(id, List.of(), null, MOST_RUNS).items();
    Page page =
        FlowTabs.CLIENTS
            .below(client.config().name())
            .lead(
                id
                    + " · "
                    + client.config().source().kind()
                    + " to "
                    + client.config().destination().kind())
            .badge(
                client.config().enabled()
                    ? Badge.of(Tone.GOOD, "Enabled")
                    : Badge.of(Tone.QUIET, "Disabled"));
    for (Action action : actions(principal, client)) {
      page = page.action(action);
    }
    ClientParts parts = new ClientParts(config, client, now);
    List<Part> all = new ArrayList<>(answers);
    all.addAll(parts.problems());
    Outstanding outstanding = flows.outstanding().of(id);
    runs.stream()
        .findFirst()
        .filter(last -> last.state() == RunState.FAILED)
        .ifPresent(last -> all.add(ClientParts.failed(last)));
    OutstandingPage.message(outstanding, client.config().destination().kind()).ifPresent(all::add);
    all.add(new Part.Tiles("How it does", parts.tiles(runs, outstanding)));
    if (principal.may(Permission.RUN_FLOWS)) {
      all.add(start(client));
    }
    all.add(
        Part.panel(
                "recent",
                "Runs",
                RunTable.of(
                    "recent-runs",
                    runs.subList(0, Math.min(SHOWN_RUNS, runs.size())),
                    RunTable.Whose.ONE_CLIENT,
                    now))
            .actions(List.of(Action.link("All runs", "/sync/runs?client=" + id))));
    List<Run> late =
        runs.stream()
            .filter(run -> run.askedAt().isAfter(now.minus(Duration.ofDays(ClientCharts.DAYS))))
            .toList();
    if (!late.isEmpty()) {
      all.addAll(new ClientCharts(late, now).parts());
    }
    all.add(
        Part.columns(
            Part.panel("config", "Configuration", new Part.Facts(parts.facts())),
            Part.panel("secrets", "Credentials", parts.secrets(principal))
                .actions(keys(principal, id))));
    all.add(Part.panel("revisions", "Revisions", parts.revisions()));
    return page.with(all);
  }

  private static List<Action> keys(Principal principal, String client) {
    return principal.may(Permission.MANAGE_FLOWS)
        ? List.of(
            Action.link("Change a key", "/sync/clients/" + client + "/edit#group-1").icon(Icon.KEY))
        : List.of();
  }

  private static List<Action> actions(Principal principal, Client client) {
    List<Action> actions = new ArrayList<>();
    String path = "/sync/clients/" + client.config().id();
    FlowTabs.alerts(principal, client.config().id()).ifPresent(actions::add);
    if (principal.may(Permission.RUN_FLOWS)) {
      actions.add(Action.post("Check connections", path + "/check").icon(Icon.QUALITY));
    }
    if (principal.may(Permission.MANAGE_FLOWS)) {
      actions.add(Action.link("Edit", path + "/edit").icon(Icon.EDIT));
      String wish = client.config().enabled() ? "Disable" : "Enable";
      actions.add(Action.post(wish, path + "/enable?to=" + !client.config().enabled()));
      actions.add(
          Action.post("Remove", path + "/remove?revision=" + client.revision())
              .danger(
                  "Remove client %s with its credentials and schedule? Its runs remain."
                      .formatted(client.config().id())));
    }
    return actions;
  }

  private static Part start(Client client) {
    return Part.panel(
        "start",
        "Start a run",
        new Part.Form(
            FormView.of(
                "start-run",
                "/sync/clients/" + client.config().id() + "/runs",
                "Start",
                Field.select(
                        "mode",
                        "What it does",
                        List.of(
                            new Option("plan", "Plan: reads and compares, writes nothing"),
                            new Option(
                                "incremental", "Incremental: what changed since the last success"),
                            new Option("initial", "Initial: everything, compared and written")))
                    .mandatory()
                    .help("What the destination holds already costs no call."))));
  }

  private Answer check(Exchange exchange) throws InterruptedException {
    Client client = config.clients().require(exchange.variable("id"));
    List<Part> answers;
    try {
      answers = Tries.parts(config.reach().check(client.config().id()));
    } catch (IllegalArgumentException e) {
      answers =
          List.of(new Part.Message(Tone.BAD, Words.sentence(String.valueOf(e.getMessage())), null));
    }
    return shell.show(exchange, page(exchange, client, answers));
  }

  private Answer enable(Exchange exchange) {
    String id = exchange.variable("id");
    boolean wanted = exchange.query().text("to").map(Boolean::valueOf).orElse(true);
    var _ = config.clients().enable(exchange.principal().actor(), id, wanted);
    return shell.done(
        "/sync/clients/" + id,
        wanted
            ? "Its runs begin by themselves, as its schedule says."
            : "Its runs begin no more by themselves.");
  }

  private Answer remove(Exchange exchange) {
    String id = exchange.variable("id");
    long revision =
        exchange
            .query()
            .text("revision")
            .filter(one -> one.matches("[0-9]{1,18}"))
            .map(Long::parseLong)
            .orElse(0L);
    Attempt<Boolean> attempt =
        Refusal.attempt(() -> {
          config.clients().remove(exchange.principal().actor(), id, revision);
          return true;
        });
    return switch (attempt) {
      case Attempt.Done<Boolean> _ ->
          shell.done(FlowTabs.CLIENTS.path(), "Client " + id + " was removed.");
      case Attempt.Refused<Boolean>(Refusal refusal) ->
          shell.told("/sync/clients/" + id, new Flash(Tone.BAD, refusal.message()));
    };
  }

  private Answer secret(Exchange exchange) {
    String id = exchange.variable("id");
    Form form = exchange.form();
    String path = "/sync/clients/" + id;
    try {
      var _ =
          config
              .secrets()
              .set(
                  exchange.principal().actor(),
                  id,
                  exchange.variable("system"),
                  new ClientDesk(config)
                      .typed(
                          config.clients().require(id),
                          exchange.variable("system"),
                          Read.text(form, "value-" + exchange.variable("system")).strip()));
      return shell.done(path, "The credentials were set.");
    } catch (FlowConfigException e) {
      return shell.told(path, new Flash(Tone.BAD, Words.sentence(String.valueOf(e.getMessage()))));
    }
  }
}
