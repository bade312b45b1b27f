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
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tab;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Forecast;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/// One run while it goes on and afterwards; a plan until it is carried out.
final class RunPage {
  private static final String PATH = "/sync/runs/{id}";

  private final Shell shell;
  private final Flows flows;
  private final Clock clock;

  RunPage(Shell shell, Flows flows, Clock clock) {
    this.shell = shell;
    this.flows = flows;
    this.clock = clock;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    Access run = Access.needs(Permission.RUN_FLOWS);
    return List.of(
        Route.get(PATH, "pages.run", read, this::show),
        Route.get(PATH + "/result.json", "pages.run.result", read, this::result),
        Route.post("/sync/clients/{id}/runs", "pages.run.start", run, this::start)
            .taking(Body.form()),
        Route.post(PATH + "/pause", "pages.run.pause", run, this::pause).taking(Body.form()),
        Route.post(PATH + "/resume", "pages.run.resume", run, this::resume).taking(Body.form()),
        Route.post(PATH + "/cancel", "pages.run.cancel", run, this::cancel).taking(Body.form()),
        Route.post(PATH + "/apply", "pages.run.apply", run, this::apply).taking(Body.form()),
        Route.post(PATH + "/again", "pages.run.again", run, this::again).taking(Body.form()));
  }

  static String path(UUID run) {
    return "/sync/runs/" + run;
  }

  /// @throws ProblemException NOT_FOUND
  static Run require(Flows flows, Exchange exchange) {
    UUID id = exchange.uuid("id");
    return flows
        .runs()
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound("there is no run " + id + "; look at the list of runs"));
  }

  /// The page of a run with one of its views as the current one; its head is the same on all of
  /// them, so that one view can renew it for another.
  Page page(Principal principal, Run run, String view) {
    String path = path(run.id());
    List<Tab> tabs =
        List.of(
            Tab.of(
                run.mode() == RunMode.PLAN && !run.applied() ? "Plan" : "Run",
                path,
                view.isEmpty()),
            new Tab("Records", path + "/records", view.equals("records"), run.books().received()),
            Tab.of("Exchanges", path + "/exchanges", view.equals("exchanges")));
    Page page =
        FlowTabs.RUNS.below(FlowWords.title(run)).badge(FlowWords.state(run)).lead(lead(run));
    for (Action action : actions(principal, run)) {
      page = page.action(action);
    }
    return page.with(new Part.Tabs("Views of the run", tabs));
  }

  private Answer show(Exchange exchange) {
    Run run = require(flows, exchange);
    return shell.show(
        exchange, page(exchange.principal(), run, "").with(new RunParts(flows, run, clock).all()));
  }

  private static String lead(Run run) {
    String by = Words.actor(run.askedBy());
    String reads =
        run.since() == null ? "reads everything" : "reads what changed since the last success";
    return "%s to %s · %s · asked for by %s (%s)"
        .formatted(run.source(), run.destination(), reads, by, run.trigger());
  }

  private List<Action> actions(Principal principal, Run run) {
    List<Action> actions = new ArrayList<>();
    String path = path(run.id());
    FlowTabs.alerts(principal, run.tenant()).ifPresent(actions::add);
    if (principal.may(Permission.RUN_FLOWS)) {
      if (run.state() == RunState.PLANNED && run.overtakenBy() == null && writes(run)) {
        actions.add(apply(run, path));
      }
      if (lost(run)) {
        actions.add(Action.post("Plan again", path + "/again").primary().icon(Icon.RETRY));
      }
      if (run.state() == RunState.QUEUED
          || (run.state() == RunState.RUNNING && run.wish() == null)) {
        actions.add(Action.post("Pause", path + "/pause"));
      }
      if (run.state() == RunState.PAUSED || run.wish() == Run.Wish.PAUSE) {
        actions.add(Action.post("Resume", path + "/resume").primary());
      }
      if (!run.state().ended() && run.wish() != Run.Wish.CANCEL) {
        actions.add(cancel(run, path));
      }
    }
    if (run.state().ended()) {
      actions.add(Action.link("Result (JSON)", path + "/result.json").icon(Icon.DOWNLOAD));
    }
    return actions;
  }

  /// Whether there is anything that a plan would write.
  private static boolean writes(Run plan) {
    return plan.books().pending() > 0;
  }

  /// Whether it is a plan that cannot be carried out any more.
  private static boolean lost(Run run) {
    boolean refused = "PLAN_OUTDATED".equals(run.code()) || "ACCOUNT_CHANGED".equals(run.code());
    return run.overtakenBy() != null || (run.mode() == RunMode.PLAN && refused);
  }

  private Action apply(Run run, String path) {
    Forecast forecast = flows.runs().forecast(run);
    long records = run.books().pending();
    Action apply = Action.post("Apply the plan", path + "/apply").primary();
    String question =
        "Write %s to %s with %s?"
            .formatted(
                Words.count(records, "record"),
                run.destination(),
                Words.count(forecast.calls(), "call"));
    return new Action(
        apply.label(), apply.href(), apply.method(), apply.weight(), Icon.CHECK, question);
  }

  private static Action cancel(Run run, String path) {
    return run.state() == RunState.PLANNED
        ? Action.post("Discard", path + "/cancel")
            .danger("Discard the plan? Nothing was written, and nothing will be.")
            .keep("Keep the plan")
        : Action.post("Cancel the run", path + "/cancel")
            .danger("Cancel the run? What is not written yet comes again with the next one.")
            .keep("Keep it running");
  }

  private Answer result(Exchange exchange) {
    Run run = require(flows, exchange);
    byte[] json = flows.runs().result(run.id()).json().getBytes(StandardCharsets.UTF_8);
    return Answer.bytes(200, "application/json", json)
        .download(run.tenant() + "-" + run.id() + ".json");
  }

  private Answer start(Exchange exchange) {
    return start(
        exchange, exchange.variable("id"), Read.choice(exchange.form(), "mode", RunMode.class));
  }

  private Answer again(Exchange exchange) {
    return start(exchange, require(flows, exchange).tenant(), RunMode.PLAN);
  }

  private Answer start(Exchange exchange, String client, RunMode mode) {
    String path = "/sync/clients/" + client;
    try {
      Run run = flows.runs().queue(client, mode, "console", exchange.principal().actor());
      return Answer.seeOther(path(run.id()));
    } catch (IllegalArgumentException e) {
      return shell.told(path, new Flash(Tone.BAD, Words.sentence(String.valueOf(e.getMessage()))));
    }
  }

  private Answer pause(Exchange exchange) {
    return ask(exchange, flows.runs()::pause, "It pauses after the calls that are on their way.");
  }

  private Answer resume(Exchange exchange) {
    return ask(exchange, flows.runs()::resume, "It goes on.");
  }

  private Answer cancel(Exchange exchange) {
    return ask(exchange, flows.runs()::cancel, "It ends; what was not written is left.");
  }

  private Answer apply(Exchange exchange) {
    return ask(exchange, flows.runs()::apply, "The plan is carried out.");
  }

  private Answer ask(Exchange exchange, BiFunction<UUID, Actor, Run> wish, String done) {
    UUID id = exchange.uuid("id");
    Attempt<Run> attempt = Refusal.attempt(() -> wish.apply(id, exchange.principal().actor()));
    return switch (attempt) {
      case Attempt.Done<Run> _ -> shell.done(path(id), done);
      case Attempt.Refused<Run>(Refusal refusal) ->
          shell.told(path(id), new Flash(Tone.BAD, refusal.message()));
    };
  }
}
