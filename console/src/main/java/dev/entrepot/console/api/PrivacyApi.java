package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.chores.ChoreLog;
import dev.entrepot.inbox.chores.ChoreRun;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.privacy.PrivacyCase;
import dev.entrepot.inbox.privacy.PrivacyOffice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Requests under privacy law and what became of them; what is done now and then.
public final class PrivacyApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access DOWNLOAD = Access.needs(Permission.READ_PRIVATE);

  private record CaseAnswer(
      UUID id,
      String tenant,
      String connection,
      String account,
      PrivacyCase.Kind kind,
      String event,
      @Nullable String customer,
      List<String> orders,
      @Nullable String request,
      Instant receivedAt,
      Instant dueAt,
      Map<String, Long> counts,
      boolean document,
      @Nullable String problem,
      @Nullable String doneBy,
      @Nullable Instant doneAt) {
    static CaseAnswer of(PrivacyCase one) {
      return new CaseAnswer(
          one.id(),
          one.tenant(),
          one.connection(),
          one.account(),
          one.kind(),
          Positions.text(one.position()),
          one.customer(),
          one.orders(),
          one.request(),
          one.receivedAt(),
          one.dueAt(),
          new TreeMap<>(one.counts()),
          one.hasDocument(),
          one.problem(),
          one.doneBy(),
          one.doneAt());
    }
  }

  private record ChoreAnswer(
      String name,
      String node,
      Instant startedAt,
      long tookMillis,
      long done,
      @Nullable String problem,
      long total) {
    static ChoreAnswer of(ChoreRun run) {
      return new ChoreAnswer(
          run.name(),
          run.node(),
          run.startedAt(),
          run.took().toMillis(),
          run.done(),
          run.problem(),
          run.total());
    }
  }

  private final PrivacyOffice office;
  private final ChoreLog chores;

  public PrivacyApi(Inbox inbox) {
    this.office = inbox.privacy();
    this.chores = inbox.chores();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/inbox/privacy");
    return List.of(
        Route.get(all, "listPrivacyRequests", READ, this::list),
        Route.get(all + "/{id}", "getPrivacyRequest", READ, this::find),
        Route.get(all + "/{id}/document", "getPrivacyDocument", DOWNLOAD, this::document),
        Route.get(ApiPath.of("/inbox/chores"), "listChores", READ, this::chores));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.of(
            office
                .list(
                    InboxFilters.tenant(exchange),
                    InboxFilters.text(exchange, "cursor"),
                    exchange.pageSize())
                .map(CaseAnswer::of)));
  }

  private Answer find(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return Answer.json(
        office
            .find(InboxFilters.tenant(exchange), id)
            .map(CaseAnswer::of)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no privacy request " + id + "; look at the list")));
  }

  private Answer document(Exchange exchange) {
    UUID id = exchange.uuid("id");
    PrivacyOffice.Document document =
        office.document(exchange.principal().actor(), InboxFilters.tenant(exchange), id);
    return Answer.stream("application/json", document::writeTo)
        .download("customer-data-" + id + ".json");
  }

  private Answer chores(Exchange exchange) {
    return Answer.json(Items.all(chores.last().stream().map(ChoreAnswer::of).toList()));
  }
}
