package dev.entrepot.console.api.flow;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.api.Items;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Change;
import dev.entrepot.flow.runs.RunExchange;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.flow.runs.Runs;
import dev.entrepot.model.Outcome;
import dev.entrepot.model.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What became of a run's records, and what was said with other systems meanwhile.
public final class RunRecordsApi {
  private static final Access READ = Access.needs(Permission.READ_FLOWS);

  /// @param diffs by step and field, what the destination holds and what it is to hold
  private record RecordAnswer(
      long record,
      @Nullable String key,
      Outcome outcome,
      @Nullable Change change,
      @JsonRawValue @Nullable String source,
      @JsonRawValue @Nullable String item,
      @JsonRawValue @Nullable String diffs,
      @Nullable String reason) {
    static RecordAnswer of(RunRecord record) {
      return new RecordAnswer(
          record.record(),
          record.key(),
          record.outcome(),
          record.change(),
          record.source(),
          record.item(),
          record.diffs(),
          record.reason());
    }
  }

  private record ExchangeAnswer(
      long id,
      RunObserver.Side side,
      @Nullable Integer call,
      Instant at,
      String purpose,
      String method,
      String uri,
      int status,
      Duration took,
      @JsonRawValue String requestHeaders,
      String requestBody,
      @JsonRawValue String answerHeaders,
      String answerBody,
      int items,
      int rejected,
      @Nullable String problem) {
    static ExchangeAnswer of(RunExchange exchange) {
      return new ExchangeAnswer(
          exchange.id(),
          exchange.side(),
          exchange.call(),
          exchange.at(),
          exchange.purpose(),
          exchange.method(),
          exchange.uri(),
          exchange.status(),
          exchange.took(),
          exchange.requestHeaders(),
          exchange.requestBody(),
          exchange.answerHeaders(),
          exchange.answerBody(),
          exchange.items(),
          exchange.rejected(),
          exchange.problem());
    }
  }

  private final Runs runs;
  private final RunRecords records;

  public RunRecordsApi(Flows flows) {
    this.runs = flows.runs();
    this.records = flows.records();
  }

  public List<Route> routes() {
    String run = ApiPath.of("/flows/runs/{id}");
    return List.of(
        Route.get(run + "/records", "listRunRecords", READ, this::list),
        Route.get(run + "/records/{number}", "getRunRecord", READ, this::find),
        Route.get(run + "/exchanges", "listRunExchanges", READ, this::exchanges));
  }

  private Answer list(Exchange exchange) {
    UUID run = FlowRunsApi.required(runs, exchange.uuid("id")).id();
    RunRecords.Filter filter =
        new RunRecords.Filter(
            exchange.choice("outcome", Outcome.class).orElse(null),
            exchange.choice("change", Change.class).orElse(null),
            exchange.query().text("key").orElse(null),
            number(exchange, "call").map(Math::toIntExact).orElse(null));
    requireKept(run);
    return page(
        exchange,
        cursor -> records.list(run, filter, cursor, exchange.pageSize()),
        RecordAnswer::of);
  }

  private Answer find(Exchange exchange) {
    UUID run = FlowRunsApi.required(runs, exchange.uuid("id")).id();
    long number = exchange.number("number");
    requireKept(run);
    return Answer.json(
        records
            .find(run, number)
            .map(RecordAnswer::of)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "run %s has no record %d; list its records to see them"
                        .formatted(run, number))));
  }

  private void requireKept(UUID run) {
    Optional<Instant> forgotten = records.forgotten(run);
    if (forgotten.isPresent()) {
      throw ProblemException.notFound(
          "what run %s did with each record is not kept any more, since %s, by the setting run-retention; its books, its result and its dead letters are"
              .formatted(run, forgotten.get()));
    }
  }

  private Answer exchanges(Exchange exchange) {
    UUID run = FlowRunsApi.required(runs, exchange.uuid("id")).id();
    RunRecords.ExchangeFilter filter =
        new RunRecords.ExchangeFilter(
            exchange.query().text("failures").map(RunRecordsApi::truth).orElse(false),
            number(exchange, "record").orElse(null),
            exchange.query().text("key").orElse(null));
    return page(
        exchange,
        cursor -> records.exchanges(run, filter, cursor, exchange.pageSize()),
        ExchangeAnswer::of);
  }

  private static Optional<Long> number(Exchange exchange, String name) {
    Optional<String> text = exchange.query().text(name);
    if (text.filter(one -> !one.matches("[0-9]{1,9}")).isPresent()) {
      throw ProblemException.invalid(
          name, "%s is \"%s\"; it must be a number".formatted(name, text.get()));
    }
    return text.map(Long::valueOf);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ProblemException.invalid(
              "failures", "failures is \"%s\"; it must be true or false".formatted(text));
    };
  }

  private static <T> Answer page(
      Exchange exchange, Function<@Nullable String, Page<T>> reading, Function<T, Object> answer) {
    String cursor = exchange.query().text("cursor").orElse(null);
    try {
      Page<T> page = reading.apply(cursor);
      List<Object> items = page.items().stream().map(answer).toList();
      return Answer.json(new Items<>(items, page.next()));
    } catch (NumberFormatException e) {
      throw ProblemException.invalid(
          "cursor", "cursor is \"%s\"; give the next of the page before".formatted(cursor));
    }
  }
}
