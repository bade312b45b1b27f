package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.notices.Notices;
import java.util.List;
import java.util.UUID;

/// Mail and webhooks.
public final class NoticesApi {
  private static final Access READ = Access.needs(Permission.READ_NOTICES);
  private static final Access WRITE = Access.needs(Permission.WRITE_NOTICES);

  private final Notices notices;

  public NoticesApi(Notices notices) {
    this.notices = notices;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/notices"), "listNotices", READ, this::list),
        Route.get(ApiPath.of("/notices/{id}"), "getNotice", READ, this::get),
        Route.post(ApiPath.of("/notices/{id}/retry"), "retryNotice", WRITE, this::retry)
            .taking(Body.none()));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.of(
            notices.list(
                exchange.query().text("vendor").orElse(null),
                exchange.query().uuid("upload").orElse(null),
                exchange.query().text("cursor").orElse(null),
                exchange.pageSize())));
  }

  private Answer get(Exchange exchange) {
    return Answer.json(find(exchange));
  }

  private Answer retry(Exchange exchange) {
    notices.retry(find(exchange).id());
    return Answer.json(find(exchange));
  }

  private Notices.Notice find(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return notices
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound("there is no notice " + id + "; list them to see their ids"));
  }
}
