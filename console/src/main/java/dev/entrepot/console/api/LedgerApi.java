package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.Trace;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.uploads.RowReference;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The books: a record's story, the recount, who did what.
public final class LedgerApi {
  private static final Access READ = Access.needs(Permission.READ_LEDGER);

  private record StepAnswer(
      Instant at,
      String what,
      String subject,
      @Nullable UUID batch,
      @Nullable Long record,
      @Nullable String fileName,
      @Nullable Long row,
      String detail,
      @Nullable String client,
      @Nullable String tenant) {

    static StepAnswer of(TraceSource.Step step, @Nullable RowPlace place) {
      return new StepAnswer(
          step.at(),
          step.what(),
          step.subject(),
          step.batch(),
          step.record(),
          place == null ? null : place.fileName(),
          place == null ? null : place.row(),
          step.detail(),
          step.client(),
          step.tenant());
    }
  }

  private record Story(String key, List<StepAnswer> steps) {}

  private record AuditRequest() {}

  private record AuditAnswer(
      Instant at,
      Duration took,
      boolean clean,
      List<Audit.Checked> checks,
      List<AuditCheck.Finding> findings) {}

  private record ActivityAnswer(
      long id,
      Instant at,
      String actor,
      String action,
      String subject,
      @JsonRawValue String details) {}

  private final Trace trace;
  private final Uploads uploads;
  private final Audit audit;
  private final ActivityLog activities;

  public LedgerApi(Trace trace, Uploads uploads, Audit audit, ActivityLog activities) {
    this.trace = trace;
    this.uploads = uploads;
    this.audit = audit;
    this.activities = activities;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/trace/{key}"), "traceKey", READ, this::trace),
        Route.post(ApiPath.of("/audit"), "runAudit", Access.needs(Permission.AUDIT), this::audit),
        Route.get(ApiPath.of("/activities"), "listActivities", READ, this::activities));
  }

  private Answer trace(Exchange exchange) {
    String key = exchange.variable("key");
    String client = exchange.query().text("client").orElse(null);
    List<TraceSource.Step> steps =
        trace.of(key, exchange.query().text("tenant").orElse(null)).stream()
            .filter(step -> client == null || client.equals(step.client()))
            .toList();
    Map<RowReference, RowPlace> places = TracePlaces.of(steps, uploads);
    return Answer.json(
        new Story(
            key,
            steps.stream()
                .map(step -> StepAnswer.of(step, TracePlaces.of(step, places)))
                .toList()));
  }

  private Answer audit(Exchange exchange) {
    exchange.json(AuditRequest.class);
    Audit.Report report = audit.run();
    return Answer.json(
        new AuditAnswer(
            report.at(), report.took(), report.clean(), report.checks(), report.findings()));
  }

  private Answer activities(Exchange exchange) {
    String cursor = exchange.query().text("cursor").orElse(null);
    Page<ActivityLog.Activity> page =
        activities.list(
            exchange.query().text("subject").orElse(null),
            exchange.query().text("actor").orElse(null),
            cursor,
            exchange.pageSize());
    return Answer.json(
        Items.of(
            page.map(activity ->
                new ActivityAnswer(
                    activity.id(),
                    activity.at(),
                    activity.actor(),
                    activity.action(),
                    activity.subject(),
                    activity.details()))));
  }
}
