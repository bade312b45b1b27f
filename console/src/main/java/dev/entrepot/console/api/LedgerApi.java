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
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The books: a record's story, the recount, who did what.
public final class LedgerApi {
  private static final Access READ = Access.needs(Permission.READ_LEDGER);

  private record Story(String key, List<TraceSource.Step> steps) {}

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
  private final Audit audit;
  private final ActivityLog activities;

  public LedgerApi(Trace trace, Audit audit, ActivityLog activities) {
    this.trace = trace;
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
    return Answer.json(
        new Story(
            key,
            trace.of(key).stream()
                .filter(step -> client == null || client.equals(step.client()))
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
