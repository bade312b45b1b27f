package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.api.Items;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.SharedAccounts;
import dev.entrepot.flow.runs.Change;
import dev.entrepot.flow.runs.Forecast;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.runs.Runs;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs of clients: asked for, steered, looked at.
public final class FlowRunsApi {
  private static final Access READ = Access.needs(Permission.READ_FLOWS);
  private static final int MOST_CODES = 10;
  private static final Access RUN = Access.needs(Permission.RUN_FLOWS);

  private record NoWish() {}

  private record Wanted(String client, @Nullable RunMode mode) {}

  /// How many records a plan would have created, and so on.
  private record PlannedCounts(long create, long update, long delete, long unchanged) {
    static PlannedCounts of(Run run, Map<Change, Long> changes) {
      return new PlannedCounts(
          changes.getOrDefault(Change.CREATE, 0L),
          changes.getOrDefault(Change.UPDATE, 0L),
          changes.getOrDefault(Change.DELETE, 0L),
          run.books().unchanged());
    }
  }

  private record ForecastAnswer(
      List<Forecast.StepCalls> steps,
      long calls,
      Duration least,
      PlannedCounts changes,
      List<RunRecords.Rejection> rejections,
      List<String> warnings) {}

  @FunctionalInterface
  private interface Steering {
    Run of(UUID run, Actor actor);
  }

  private final Runs runs;
  private final RunRecords records;
  private final SharedAccounts accounts;
  private final Clock clock;

  public FlowRunsApi(Flows flows, Clock clock) {
    this.runs = flows.runs();
    this.records = flows.records();
    this.accounts = flows.config().accounts();
    this.clock = clock;
  }

  public List<Route> routes() {
    String all = ApiPath.of("/flows/runs");
    String one = all + "/{id}";
    return List.of(
        Route.get(all, "listRuns", READ, this::list),
        Route.post(all, "startRun", RUN, this::start).replayed(),
        Route.get(one, "getRun", READ, this::find),
        Route.get(one + "/result", "getRunResult", READ, this::result),
        Route.get(one + "/forecast", "getRunForecast", READ, this::forecast),
        Route.post(one + "/pause", "pauseRun", RUN, exchange -> steer(exchange, runs::pause)),
        Route.post(one + "/resume", "resumeRun", RUN, exchange -> steer(exchange, runs::resume)),
        Route.post(one + "/cancel", "cancelRun", RUN, exchange -> steer(exchange, runs::cancel)),
        Route.post(one + "/apply", "applyRun", RUN, exchange -> steer(exchange, runs::apply)));
  }

  private Answer list(Exchange exchange) {
    List<RunState> states = exchange.choice("state", RunState.class).stream().toList();
    String cursor = exchange.query().text("cursor").orElse(null);
    Page<Run> page;
    try {
      page =
          runs.list(
              exchange.query().text("client").orElse(null), states, cursor, exchange.pageSize());
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(
          "cursor", "cursor is \"%s\"; give the next of the page before".formatted(cursor));
    }
    return Answer.json(new Items<>(page.items().stream().map(this::answer).toList(), page.next()));
  }

  private Answer start(Exchange exchange) {
    Wanted wanted = exchange.json(Wanted.class);
    RunMode mode = wanted.mode() == null ? RunMode.INCREMENTAL : wanted.mode();
    try {
      Run run = runs.queue(wanted.client(), mode, "request", exchange.principal().actor());
      return Answer.created(ApiPath.of("/flows/runs/" + run.id()), answer(run));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("client", String.valueOf(e.getMessage()));
    }
  }

  private Answer find(Exchange exchange) {
    return Answer.json(answer(required(exchange)));
  }

  private Answer result(Exchange exchange) {
    return Answer.bytes(
        200,
        "application/json",
        runs.result(required(exchange).id()).json().getBytes(StandardCharsets.UTF_8));
  }

  private Answer forecast(Exchange exchange) {
    Run run = required(exchange);
    try {
      Forecast forecast = runs.forecast(run);
      return Answer.json(
          new ForecastAnswer(
              forecast.steps(),
              forecast.calls(),
              forecast.least(),
              PlannedCounts.of(run, records.changes(run.id())),
              records.rejections(run.id(), MOST_CODES),
              accounts.warning(run.tenant()).stream().toList()));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(null, String.valueOf(e.getMessage()));
    }
  }

  private Answer steer(Exchange exchange, Steering steering) {
    NoWish _ = exchange.json(NoWish.class);
    return Answer.json(answer(steering.of(exchange.uuid("id"), exchange.principal().actor())));
  }

  private Run required(Exchange exchange) {
    return required(runs, exchange.uuid("id"));
  }

  static Run required(Runs runs, UUID id) {
    return runs.find(id)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no run %s; list the runs to see their ids".formatted(id)));
  }

  private RunAnswer answer(Run run) {
    return RunAnswer.of(run, clock.instant());
  }
}
