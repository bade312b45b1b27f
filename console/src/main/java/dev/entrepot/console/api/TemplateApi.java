package dev.entrepot.console.api;

import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.reports.Template;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// Empty product files to fill in.
public final class TemplateApi {
  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/template.csv"), "getTemplateCsv", Access.authenticated(), this::csv),
        Route.get(
            ApiPath.of("/template.xlsx"), "getTemplateXlsx", Access.authenticated(), this::xlsx));
  }

  private Answer csv(Exchange exchange) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Template.standard().writeCsv(out);
    return Answer.bytes(200, Downloads.CSV, out.toByteArray()).download("products-template.csv");
  }

  private Answer xlsx(Exchange exchange) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Template.standard().writeXlsx(out);
    return Answer.bytes(200, Downloads.XLSX, out.toByteArray()).download("products-template.xlsx");
  }
}
