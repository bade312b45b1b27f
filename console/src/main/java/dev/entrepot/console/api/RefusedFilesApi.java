package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.uploads.RefusedFiles;
import java.util.List;

/// Files of the watched folder that did not become uploads.
public final class RefusedFilesApi {
  private static final Access READ = Access.needs(Permission.READ_REFUSED_FILES);
  private static final Access WRITE = Access.needs(Permission.WRITE_REFUSED_FILES);

  private final RefusedFiles files;

  public RefusedFilesApi(RefusedFiles files) {
    this.files = files;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/refused-files"), "listRefusedFiles", READ, this::list),
        Route.post(
                ApiPath.of("/refused-files/{id}/dismiss"),
                "dismissRefusedFile",
                WRITE,
                this::dismiss)
            .taking(Body.none()));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.of(
            files.list(
                exchange
                    .choice("state", RefusedFiles.Selection.class)
                    .orElse(RefusedFiles.Selection.OPEN),
                exchange.query().text("cursor").orElse(null),
                exchange.pageSize())));
  }

  private Answer dismiss(Exchange exchange) {
    return Answer.json(files.dismiss(exchange.principal().actor(), exchange.uuid("id")));
  }
}
