package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Accepted rows that wait for an operator.
public final class ApprovalsApi {
  private static final Access READ = Access.needs(Permission.READ_UPLOADS);
  private static final Access DECIDE = Access.needs(Permission.APPROVE);

  /// Well below what proxies wait for an answer.
  static final Duration AT_MOST = Duration.ofSeconds(20);

  /// @param rows which rows; null: all that wait
  /// @param evenOlder also those that are older than what the catalogue holds
  private record Approval(@Nullable List<Long> rows, @Nullable Boolean evenOlder) {
    Uploads.OlderRows older() {
      return Boolean.TRUE.equals(evenOlder) ? Uploads.OlderRows.APPLY : Uploads.OlderRows.WAIT;
    }
  }

  private record Refusal(@Nullable List<Long> rows, String reason) {}

  private final Uploads uploads;

  public ApprovalsApi(Uploads uploads) {
    this.uploads = uploads;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/approvals"), "listApprovals", DECIDE, this::waiting),
        Route.get(ApiPath.of("/uploads/{id}/pending"), "listPendingRows", READ, this::pending),
        Route.post(ApiPath.of("/uploads/{id}/approve"), "approveRows", DECIDE, this::approve),
        Route.post(ApiPath.of("/uploads/{id}/decline"), "declineRows", DECIDE, this::decline));
  }

  private Answer waiting(Exchange exchange) {
    return Answer.json(
        Items.of(
            uploads.awaitingApproval(
                exchange.query().text("cursor").orElse(null), exchange.pageSize())));
  }

  private Answer pending(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    return Answer.json(
        Items.of(
            uploads.pending(
                upload.id(), exchange.query().text("cursor").orElse(null), exchange.pageSize())));
  }

  private Answer approve(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    Approval approval = exchange.json(Approval.class);
    return Answer.json(
        uploads.approve(
            exchange.principal().actor(), upload.id(), approval.rows(), approval.older(), AT_MOST));
  }

  private Answer decline(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    Refusal refusal = exchange.json(Refusal.class);
    return Answer.json(
        uploads.decline(
            exchange.principal().actor(), upload.id(), refusal.rows(), refusal.reason(), AT_MOST));
  }
}
